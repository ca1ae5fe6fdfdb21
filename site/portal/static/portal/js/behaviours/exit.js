/* Quick exit: blank at once, then leave through our own address, which ends the session.
   Going straight to another site would leave this page in the back/forward cache. The step replaces this page in the
   history. If the server cannot be reached, the page is blank all the same. Private pages in other tabs of this phone are
   told, and close as well (watch.js). */
import blank from "./blank.js";
import others from "./others.js";

export default function exit(link) {
  const way = link.getAttribute("href");
  let escapes = [];
  let shifts = [];

  const leave = (event) => {
    if (event) event.preventDefault();
    blank();
    others()?.postMessage("left");
    location.replace(way);
  };

  const often = (times, count, within, now) => {
    times.push(now);
    while (times.length && now - times[0] > within) times.shift();
    return times.length >= count;
  };

  link.addEventListener("click", leave);
  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (event.key === "Escape") {
      if (often(escapes, 2, 1000, event.timeStamp)) leave(event);
    } else if (event.key === "Shift") {
      if (often(shifts, 3, 1500, event.timeStamp)) leave(event);
    } else {
      escapes = [];
      shifts = [];
    }
  }, true);
}
