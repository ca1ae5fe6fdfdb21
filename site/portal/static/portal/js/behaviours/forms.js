/* A form on a private page answers in its place: sending it leaves no step in the history, and what was typed stays
   when the connection drops. The answer is an ordinary page; only its main part is taken over. What was tapped in a
   fold is looked at there: the fold stays where it is on the screen.
   Forms with data-plain (downloads) and forms that answer for themselves are left alone. */
export default function forms(body) {
  const placeOf = (form, button) => {
    const fold = form.closest(".fold[id]");
    return fold && { id: fold.id, top: fold.getBoundingClientRect().top, name: button?.name, value: button?.value };
  };

  const back = (main, place) => {
    const fold = place && document.getElementById(place.id);
    const isAgain = (one) => one.name === place.name && one.value === place.value;
    const again = fold && [...fold.querySelectorAll("button[name]")].find(isAgain);
    scrollTo(0, fold ? scrollY + fold.getBoundingClientRect().top - place.top : 0);
    (again || main.querySelector("[autofocus]") || main).focus({ preventScroll: true });
  };

  const renew = (page, url, place) => {
    for (const part of ["main", ".tabbar"]) {
      const old = document.querySelector(part);
      const fresh = page.querySelector(part);
      if (old && fresh) old.replaceWith(document.adoptNode(fresh));
    }
    if (url) window.history.replaceState(null, "", url);
    const main = document.querySelector("main");
    main.dispatchEvent(new CustomEvent("renewed", { bubbles: true }));
    back(main, place);
  };

  const send = async (form, button) => {
    const data = new FormData(form);
    if (button?.name) data.append(button.name, button.value);
    const place = placeOf(form, button);
    const hasFiles = form.enctype === "multipart/form-data";
    const answer = await fetch(button?.getAttribute("formaction") || form.action, {
      method: "POST",
      body: hasFiles ? data : new URLSearchParams(data),
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // She left meanwhile: no step of ours may undo that.
    if (!document.querySelector("main")) return;
    const left = answer.redirected && !("private" in page.body.dataset);
    if (left || !page.querySelector("main")) location.replace(answer.url);
    else renew(page, answer.redirected ? answer.url : "", place);
  };

  const lost = (form) => {
    const says = form.querySelector(".forms-lost") || document.createElement("p");
    says.className = "forms-lost field__wrong";
    says.setAttribute("role", "alert");
    says.textContent = body.dataset.lost;
    form.append(says);
  };

  addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.target || "plain" in form.dataset) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    send(form, event.submitter)
      .catch(() => lost(form))
      .finally(() => form.setAttribute("aria-busy", "false"));
  });
}
