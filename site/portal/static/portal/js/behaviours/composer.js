/* The box to write in: the text is kept on the server while one types, never in the browser.
   It says that the text is kept only when the server said so. Sent twice is stored once: a try again carries the same
   key. Without this, the form posts by itself. */
const PAUSE = 1500;

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

  const post = (url, body) =>
    fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token, "X-Requested-With": "fetch" } });

  const keep = async () => {
    clearTimeout(waits);
    const now = text.value;
    if (!draftUrl || busy || now === keptText) return;
    try {
      const answer = await post(draftUrl, new URLSearchParams({ text: now }));
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      keptText = now;
      if (text.value === now) says.textContent = now ? kept : "";
    } catch {
      says.textContent = unkept;
      waits = setTimeout(keep, 5 * PAUSE);
    }
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
      text.value = keptText = "";
      says.textContent = "";
      first.textContent = label;
      text.focus();
      list.lastElementChild?.scrollIntoView({ block: "nearest" });
    } catch {
      set(false);
      says.textContent = text.value === keptText ? lost : unkept;
      first.textContent = again;
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
