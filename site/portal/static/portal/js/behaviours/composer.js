/* The box to write in: the text is kept on the server while one types, never in the browser.
   It says that the text is kept only when the server said so. Sent twice is stored once: a try again carries the same
   key. Without this, the form posts by itself. */
const PAUSE = 1500;
const AFTERLIFE = 20000; // a browser carries at most 64 KB for a page that is gone already

export default function composer(form) {
  const text = form.querySelector("textarea");
  const key = form.elements.key;
  const says = form.querySelector(".composer__saved");
  const token = form.elements.csrfmiddlewaretoken?.value || "";
  const { draftUrl, into, kept, lost, unkept, often, sending, again } = form.dataset;
  const first = form.querySelector("button[name=send]").firstChild;
  const label = first.textContent;
  let waits = 0;
  let keptText = text.value;
  let busy = false;
  let keeping = null;

  const post = (url, body, more) =>
    fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token, "X-Requested-With": "fetch" }, ...more });

  const keep = async () => {
    clearTimeout(waits);
    const now = text.value;
    if (!draftUrl || busy || now === keptText) return;
    keeping?.abort();
    const mine = new AbortController();
    keeping = mine;
    try {
      const body = new URLSearchParams({ text: now, key: key.value });
      const keepalive = body.toString().length < AFTERLIFE;
      const answer = await post(draftUrl, body, { keepalive, signal: mine.signal });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      keptText = now;
      if (text.value === now) says.textContent = now ? kept : "";
    } catch {
      if (mine.signal.aborted) return;
      says.textContent = unkept;
      waits = setTimeout(keep, 5 * PAUSE);
    }
  };

  // What was typed while the rest was on its way stays.
  const emptied = (sent) => {
    const now = text.value;
    if (now === sent) text.value = "";
    else if (now.startsWith(sent)) text.value = now.slice(sent.length).trimStart();
    keptText = "";
    if (text.value) waits = setTimeout(keep, PAUSE);
  };

  const set = (state) => {
    busy = state;
    form.setAttribute("aria-busy", String(state));
    for (const button of form.querySelectorAll("button")) button.disabled = state;
  };

  const take = (html, list) => {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    for (const element of [...holder.content.children]) {
      const old = element.id && document.getElementById(element.id);
      if (old) old.replaceWith(element);
      else list.append(element);
    }
  };

  const send = async (event) => {
    const list = document.getElementById(into);
    const button = event.submitter;
    if (!list || button?.name === "voice") return;
    event.preventDefault();
    if (busy || !text.value.trim()) return;
    clearTimeout(waits);
    keeping?.abort(); // a draft of what is being sent must not arrive after it
    const sent = text.value;
    const body = new URLSearchParams(new FormData(form));
    if (button?.name) body.set(button.name, button.value);
    set(true);
    says.textContent = sending;
    try {
      const answer = await post(form.action, body);
      const next = answer.headers.get("X-Next-Key");
      if (answer.status >= 500) throw new Error(answer.status);
      set(false);
      if (answer.status === 429) {
        says.textContent = often;
        return;
      }
      if (!answer.ok || !next || answer.redirected) {
        form.removeEventListener("submit", send);
        form.requestSubmit(button || undefined);
        return;
      }
      take(await answer.text(), list);
      key.value = next;
      emptied(sent);
      says.textContent = "";
      first.textContent = label;
      text.focus();
      list.lastElementChild?.scrollIntoView({ block: "nearest" });
    } catch {
      set(false);
      says.textContent = text.value === keptText ? lost : unkept;
      first.textContent = again;
      waits = setTimeout(keep, PAUSE);
    }
  };

  text.addEventListener("input", () => {
    clearTimeout(waits);
    if (says.textContent === kept) says.textContent = "";
    waits = setTimeout(keep, PAUSE);
  });
  text.addEventListener("blur", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  form.addEventListener("submit", send);
}
