/* A folded list that lies over the page closes on Escape and on a tap beside it. */
export default function closes(details) {
  const summary = details.querySelector("summary");

  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    const inside = details.contains(document.activeElement);
    details.open = false;
    if (inside) summary.focus();
  });
  addEventListener("click", (event) => {
    if (details.open && !details.contains(event.target)) details.open = false;
  });
}
