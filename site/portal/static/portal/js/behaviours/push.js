/* Notices on this phone. The browser is asked for permission only after a tap. What it gives goes along in the form;
   the words of a notice are those of the worker (sw.js), in the language that is read now.
   A browser may give its notices another address, or lose it, without a word to anyone: a form with a mark of the address
   that the portal knows looks for that, and tells it where they go now. It asks for no permission. */
const LANGUAGE = "/language";

const say = (form, state) => {
  for (const part of form.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
};

const end = async () => {
  const worker = await navigator.serviceWorker.getRegistration("/");
  const had = await worker?.pushManager.getSubscription();
  if (had) await had.unsubscribe();
};

const begin = async (form) => {
  await navigator.serviceWorker.register("/sw.js");
  const worker = await navigator.serviceWorker.ready;
  const words = await caches.open("words");
  await words.put(LANGUAGE, new Response(document.documentElement.lang));
  await end(); // one that was made with another key of the portal would be refused
  const given = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: form.dataset.key });
  const { endpoint, keys } = given.toJSON();
  for (const [name, value] of Object.entries({ endpoint, p256dh: keys.p256dh, auth: keys.auth })) {
    form.elements[name].value = value;
  }
};

const marked = async (address) => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(address));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

const renew = async (form) => {
  if (Notification.permission !== "granted") return;
  const worker = await navigator.serviceWorker.getRegistration("/");
  const had = await worker?.pushManager.getSubscription();
  if (had && (await marked(had.endpoint)) === form.dataset.mark) return;
  await begin(form);
  await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
};

export default function push(form) {
  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if ("mark" in form.dataset) {
    if (able) renew(form).catch(() => {}); // her other ways hold, and her next page looks again
    return;
  }
  if ("on" in form.dataset) {
    form.addEventListener("submit", () => able && end().catch(() => {}));
    return;
  }
  const state = () => (Notification.permission === "denied" ? "denied" : "ready");
  say(form, able ? state() : "cannot");
  if (!able) return;

  form.addEventListener("submit", async (event) => {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    try {
      if ((await Notification.requestPermission()) !== "granted") return say(form, state());
      await begin(form);
      form.requestSubmit();
    } catch {
      say(form, "failed");
    }
  });
}
