/* Shows a passkey instead of typing: fetches the question, lets the phone sign it, and sends the form with the answer.
   Nothing is kept here. Where the browser cannot do it, the rest of the form is all there is. */
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

const make = (asked) => navigator.credentials.create({
  publicKey: {
    ...asked,
    challenge: bytes(asked.challenge),
    user: { ...asked.user, id: bytes(asked.user.id) },
    excludeCredentials: known(asked.excludeCredentials),
  },
});

const show = (asked) => navigator.credentials.get({
  publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials) },
});

const answer = ({ id, rawId, type, response }) => {
  const told = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) told[part] = text(response[part]);
  }
  if (response.getTransports) told.transports = response.getTransports();
  return JSON.stringify({ id, rawId: text(rawId), type, response: told });
};

export default function passkey(block) {
  const form = block.closest("form");
  const button = block.querySelector("button");
  const filled = block.querySelector("[name=passkey]");
  const said = block.querySelector("[role=alert]");
  if (!("PublicKeyCredential" in window)) {
    block.querySelector("[data-part=without]").hidden = false;
    return;
  }
  button.hidden = false;

  const say = (words) => {
    said.textContent = words;
    said.hidden = !words;
  };

  const ask = async () => {
    const all = new FormData(form);
    const body = new URLSearchParams();
    for (const name of ["csrfmiddlewaretoken", ...(block.dataset.send || "").split(" ")]) {
      if (all.has(name)) body.append(name, all.get(name));
    }
    const reply = await fetch(block.dataset.question, { method: "POST", body });
    const asked = await reply.json();
    if (asked.said) throw new Error(asked.said, { cause: "said" });
    return asked;
  };

  const go = async () => {
    say("");
    button.disabled = true;
    try {
      const asked = await ask();
      filled.value = answer(await (block.dataset.make ? make(asked) : show(asked)));
    } catch (wrong) {
      say(wrong.cause === "said" ? wrong.message : block.dataset.lost);
    }
    button.disabled = false;
    if (filled.value) form.requestSubmit(button);
  };

  form.addEventListener("submit", (event) => {
    if (event.submitter !== button || filled.value) return;
    event.preventDefault();
    go();
  });
}
