/* Words of hers on a page that knows nobody: her session was over or locked when she sent them, or what she wrote to
   does not exist. They go with the way out in another tab, and when nobody touched the page for as long as any private
   page may be left alone.
   A page that was emptied by the way out does nothing more: a step of its own would undo the leaving. */
import blank from "./blank.js";
import others from "./others.js";

export default function alone(part) {
  const limit = Number(part.dataset.idleSeconds) * 1000;
  let last = Date.now();

  const end = () => {
    if (!part.isConnected) return;
    blank();
    location.replace(part.dataset.endUrl);
  };
  const look = () => Date.now() - last >= limit && end();

  for (const kind of ["pointerdown", "keydown", "input"]) {
    addEventListener(kind, () => { last = Date.now(); }, { passive: true, capture: true });
  }
  others()?.addEventListener("message", (event) => event.data === "left" && end());
  document.addEventListener("visibilitychange", look);
  setInterval(look, 5000);
}
