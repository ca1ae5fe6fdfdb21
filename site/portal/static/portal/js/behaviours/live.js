/* A conversation that stays up to date. The socket only hands over what the server rendered; what was missed is asked
   for by the last sequence seen. What is mine alone is never sent round: told that it changed, the page asks for it.
   No socket for a while: it asks by itself. Access gone: the page goes, too; a list that is not what the page is about
   (it names no place to go) only falls silent. */
import blank from "./blank.js";

const PATIENCE = 15000;
const POLL = 25000;
const LONGEST = 30000;

export default function live(list) {
  const { topic, liveUrl, pollUrl, goneUrl } = list.dataset;
  const strip = document.getElementById("own");
  const passive = { headers: { "X-Kring-Passive": "1" } }; // looking for news is not being there
  const lost = list.parentElement.querySelector(":scope > .talk__lost");
  const isLost = (is) => {
    if (lost) lost.hidden = !is;
  };
  let after = Number(list.dataset.after) || 0;
  let tries = 0;
  let polls = 0;
  let socket = null;
  let over = false;

  const hush = () => {
    over = true;
    clearInterval(polls);
    socket?.close();
  };

  const left = () => {
    if (!list.isConnected) hush();
    return over;
  };

  const gone = () => {
    // An answer that comes after the way out was taken leads nowhere else.
    if (left()) return;
    hush();
    if (!goneUrl) return;
    blank();
    location.replace(goneUrl);
  };

  const place = (element, seq) => {
    if (seq && !element.dataset.seq) element.dataset.seq = seq;
    const old = element.id && document.getElementById(element.id);
    if (old && list.contains(old)) {
      element.dataset.seq = old.dataset.seq || element.dataset.seq || "";
      old.replaceWith(element);
      return;
    }
    if (old) renewOwn(); // it waited in the strip of its author; now it stands where all others read it
    old?.remove();
    const own = Number(element.dataset.seq) || Infinity;
    const later = [...list.children].find((other) => Number(other.dataset.seq) > own);
    list.insertBefore(element, later || null);
  };

  const take = (html, seq) => {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    for (const element of [...holder.content.children]) place(element, seq);
  };

  const seen = (seq) => {
    if (seq > after) after = seq;
  };

  const renewOwn = async () => {
    if (!strip) return;
    try {
      const answer = await fetch(location.pathname, passive);
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      strip.replaceChildren(...(page.getElementById("own")?.children || []));
      for (const line of page.querySelectorAll("[data-mine]")) {
        const here = document.getElementById(line.id);
        if (here && list.contains(here)) here.replaceWith(document.adoptNode(line));
      }
    } catch {
      /* The page shows what it knew; the next word or poll asks again. */
    }
  };

  const poll = async () => {
    if (!pollUrl || over || left()) return;
    try {
      const first = list.querySelector("[data-seq]")?.dataset.seq || "";
      const asked = new URLSearchParams({ after, first }); // what is gone since then is told as well
      const answer = await fetch(`${pollUrl}${pollUrl.includes("?") ? "&" : "?"}${asked}`, passive);
      if (answer.redirected || [401, 403, 404, 410].includes(answer.status)) return gone();
      if (!answer.ok) throw new Error(answer.status);
      take(await answer.text());
      seen(Number(answer.headers.get("X-Seq")) || after);
      isLost(false);
      if (strip?.children.length) await renewOwn();
    } catch {
      isLost(true);
    }
  };

  const fallBack = () => {
    if (polls || over) return;
    poll();
    polls = setInterval(poll, POLL);
  };

  const hear = (frame) => {
    if (left()) return;
    const said = JSON.parse(frame.data);
    if (said.type === "ended") return gone();
    if (said.topic !== topic) return;
    if (said.type === "gone") return gone();
    if (said.type === "own") return renewOwn();
    if (said.type === "html") {
      take(said.html, said.seq);
      seen(said.seq);
    } else if (said.type === "ping") {
      socket.send(JSON.stringify({ type: "at", topic, seq: after }));
    }
  };

  const connect = () => {
    if (over || left()) return;
    const patience = setTimeout(fallBack, PATIENCE);
    socket = new WebSocket(new URL(liveUrl, location.href.replace(/^http/, "ws")));
    socket.addEventListener("open", () => {
      clearTimeout(patience);
      clearInterval(polls);
      polls = 0;
      tries = 0;
      isLost(false);
      socket.send(JSON.stringify({ type: "follow", topic, after }));
    });
    socket.addEventListener("message", hear);
    socket.addEventListener("close", () => {
      if (over) return;
      tries += 1;
      if (tries > 1) fallBack();
      setTimeout(() => {
        clearTimeout(patience);
        connect();
      }, Math.min(LONGEST, 500 * 2 ** tries) * (0.5 + Math.random() / 2));
    });
  };

  addEventListener("pagehide", () => socket?.close());
  if (topic && "WebSocket" in window) connect();
  else fallBack();
}
