/* A private page left alone: covered when it is not looked at, closed when nobody is there.
   Only typing, taps and keys are presence. What arrives by itself, polling and sockets are not.
   The server counts as well and has the last word; this only makes the screen follow. */
import blank from "./blank.js";

const WARN = 65; // a minute, and the five seconds between two looks
const TELL = 30;
const COVER = 60;

export default function watch(settings) {
  const { idleSeconds, idleAction, activityUrl, endUrl, token } = settings.dataset;
  const limit = Number(idleSeconds);
  const warning = document.querySelector(".idle");
  const cover = document.querySelector(".cover--whole");
  const others = "BroadcastChannel" in window ? new BroadcastChannel("here") : null;
  let last = Date.now();
  let told = last;
  let hidden = 0;
  let ended = false;

  const tell = (state) => {
    told = Date.now();
    if (!activityUrl) return Promise.resolve();
    const body = new URLSearchParams({ state });
    return fetch(activityUrl, { method: "POST", body, keepalive: true, headers: { "X-CSRFToken": token } });
  };

  const here = () => {
    if (ended) return;
    last = Date.now();
    warning.hidden = true;
    others?.postMessage(last);
  };

  const end = async () => {
    if (ended) return;
    ended = true;
    blank();
    await Promise.race([tell("gone").catch(() => {}), new Promise((done) => setTimeout(done, 2000))]);
    if (idleAction === "lock") location.reload();
    else location.replace(endUrl);
  };

  const uncover = () => {
    cover.hidden = true;
    document.documentElement.classList.remove("covered");
  };

  const coverUp = () => {
    cover.hidden = false;
    document.documentElement.classList.add("covered");
  };

  const look = () => {
    if (ended) return;
    const now = Date.now();
    const idle = (now - last) / 1000;
    if (idle >= limit) {
      end();
      return;
    }
    if (last > told && now - told >= TELL * 1000) {
      tell("here").then((answer) => answer && (answer.status === 401 || answer.status === 403) && end(), () => {});
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
  others?.addEventListener("message", (event) => {
    last = Math.max(last, event.data);
    warning.hidden = true;
  });
  cover.querySelector("button").addEventListener("click", () => {
    look();
    if (ended) return;
    uncover();
    here();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      hidden = Date.now();
      coverUp();
      return;
    }
    look();
    if (!ended && Date.now() - hidden < COVER * 1000) uncover();
    else cover.querySelector("button").focus({ preventScroll: true });
  });
  setInterval(look, 5000);
}
