/* Private pages leave one entry in the history, not twenty: each step takes the place of the page before.
   On pages of parents that is every step; on pages of staff only those that ask for it.
   A page that is left is hidden first, so the browser's back/forward cache holds nothing to show. */
export default function history(body) {
  addEventListener("click", (event) => {
    const link = event.target.closest("private" in body.dataset ? "a[href]" : "a[data-private]");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented || link.origin !== location.origin) return;
    if (link.target || link.hasAttribute("download") || (link.hash && link.pathname === location.pathname)) return;
    event.preventDefault();
    location.replace(link.href);
  });
  addEventListener("pagehide", () => document.documentElement.classList.add("gone"));
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      body.replaceChildren();
      location.reload();
    }
  });
}
