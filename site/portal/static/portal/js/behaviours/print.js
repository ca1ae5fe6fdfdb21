/* Opens the browser's own print. The button is there only with a script; without it the browser prints all the same. */
export default function print(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
