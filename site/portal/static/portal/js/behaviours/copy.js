/* Copies a code or address and says so in words. The button is there only when it works. */
export default function copy(box) {
  const button = box.querySelector("button");
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(box.firstElementChild.textContent.trim());
      box.querySelector("[role=status]").textContent = box.dataset.done;
    } catch {
      getSelection().selectAllChildren(box.firstElementChild);
    }
  });
}
