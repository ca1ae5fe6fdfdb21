/* Empties the page: what is hidden is gone from the screen at once, and from memory before anything answers. */
export default function blank() {
  document.documentElement.classList.add("gone");
  document.title = "\u00a0";
  if (document.body) document.body.replaceChildren();
}
