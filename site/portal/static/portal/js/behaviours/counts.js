/* The numbers on the tabs of a queue follow its rows while the page is open. Only where the whole queue stands on the
   page: a part of it cannot tell how many there are. */
export default function counts(list) {
  if ("part" in list.dataset) return;
  const badges = document.querySelectorAll(".tabs [data-count]");
  const nothing = document.querySelector(".empty");
  const kinds = { waiting: "", urgent: ".item--urgent", with_me: ".item--here" };

  const count = () => {
    const open = [...list.querySelectorAll(".item")].filter((row) => row.querySelector(".item__wait"));
    for (const badge of badges) {
      const kind = kinds[badge.dataset.count];
      if (kind !== undefined) badge.textContent = open.filter((row) => !kind || row.matches(kind)).length;
    }
    if (nothing) nothing.hidden = open.length > 0;
  };

  new MutationObserver(count).observe(list, { childList: true });
}
