/* A private page left alone: covered when it is not looked at, closed when nobody is there.
   Only typing, taps and keys are presence. What arrives by itself, polling and sockets are not.
   The server counts as well and has the last word; this only makes the screen follow. Before a page that was out of
   sight is shown again it is asked whose it is now: another page of this phone may have signed out, or somebody else in.
   A page that was emptied by the way out does nothing more: a step of its own would undo the leaving. */
import blank from "./blank.js";
import others from "./others.js";

const WARN = 65; // a minute, and the five seconds between two looks
const TELL = 30;
const COVER = 60;
const ANSWERS = 2000;

export default function watch(settings) {
  const { idleSeconds, idleAction, activityUrl, lockUrl, endUrl, token } = settings.dataset;
  const limit = Number(idleSeconds);
  const warning = document.querySelector(".idle");
  const cover = document.querySelector(".cover--whole");
  const pages = others();
  let last = Date.now();
  let told = last;
  let hidden = 0;
  let ended = false;

  const post = (state, more) => {
    if (!activityUrl) return Promise.resolve();
    const body = new URLSearchParams({ state });
    return fetch(activityUrl, { method: "POST", body, keepalive: true, headers: { "X-CSRFToken": token, ...more } });
  };

  const tell = (state) => {
    told = Date.now();
    return post(state);
  };

  const refused = (answer) => answer && (answer.status === 401 || answer.status === 403);
  const waited = () => new Promise((done) => setTimeout(done, ANSWERS));
  const over = () => ended || !settings.isConnected;

  const here = () => {
    if (ended) return;
    last = Date.now();
    warning.hidden = true;
    pages?.postMessage(last);
  };

  const end = async () => {
    if (over()) return;
    ended = true;
    blank();
    await Promise.race([tell("gone").catch(() => {}), waited()]);
    // Not by loading this page again: one that answers a form would ask whether to send it once more.
    location.replace(idleAction === "lock" ? lockUrl : endUrl);
  };

  const uncover = () => {
    cover.hidden = true;
    document.documentElement.classList.remove("covered");
  };

  const coverUp = () => {
    cover.hidden = false;
    document.documentElement.classList.add("covered");
  };

  // Looking is not being there. An answer that comes late still closes the page.
  const isMine = async () => {
    const asked = post("look", { "X-Kring-Passive": "1" }).then((answer) => refused(answer) && end(), () => {});
    await Promise.race([asked, waited()]);
    return !over();
  };

  const look = () => {
    if (over()) return;
    const now = Date.now();
    const idle = (now - last) / 1000;
    if (idle >= limit) {
      end();
      return;
    }
    if (last > told && now - told >= TELL * 1000) {
      tell("here").then((answer) => refused(answer) && end(), () => {});
    }
    const warns = idle >= limit - WARN;
    if (warns && warning.hidden) {
      warning.hidden = false;
      warning.querySelector("button").focus({ preventScroll: true });
    } else if (!warns) {
      warning.hidden = true;
    }
  };

  for (const kind of ["pointerdown", "keydown", "input"]) {
    addEventListener(kind, (event) => {
      if (event.isTrusted && cover.hidden && !warning.contains(event.target)) here();
    }, { passive: true, capture: true });
  }
  // On the whole tap, not on its start: else the rest of the tap would land on what lies below.
  warning.querySelector("button").addEventListener("click", here);
  // A page in a second window may never be out of sight: who signs out here takes it along.
  addEventListener("submit", (event) => "leaves" in event.target.dataset && pages?.postMessage("left"));
  pages?.addEventListener("message", (event) => {
    if (event.data === "left") {
      if (over()) return;
      ended = true;
      blank();
      location.replace(endUrl);
      return;
    }
    last = Math.max(last, event.data);
    warning.hidden = true;
  });
  cover.querySelector("button").addEventListener("click", async () => {
    look();
    if (over() || !(await isMine())) return;
    uncover();
    here();
  });
  document.addEventListener("visibilitychange", async () => {
    if (document.hidden) {
      hidden = Date.now();
      coverUp();
      return;
    }
    look();
    if (over()) return;
    if (Date.now() - hidden >= COVER * 1000) cover.querySelector("button").focus({ preventScroll: true });
    else if ((await isMine()) && !document.hidden) uncover();
  });
  setInterval(look, 5000);
}
