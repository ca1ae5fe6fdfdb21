"""How wide a page is at four widths, and how big what one taps is."""

from .places import Faults

WIDTHS = (320, 360, 640, 1280)  # 640 is a window of 1280 at 200 percent
TOO_WIDE = """() => {
  const page = document.scrollingElement;
  if (page.scrollWidth <= page.clientWidth + 1) return "";
  const out = [...document.body.querySelectorAll("*")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && (box.right > page.clientWidth + 1 || box.left < -1);
  });
  return `${page.scrollWidth} wide: ` + out.slice(-3).map((one) => `${one.tagName}.${one.className}`).join(", ");
}"""
# A link in a sentence is as high as its line; everything else one taps is a target. A hidden one is not seen yet.
TOO_SMALL = """() => [...document.querySelectorAll("a[href], button, summary, select, textarea, input")].filter((one) => {
  if (!one.checkVisibility({visibilityProperty: true}) || one.closest(".hide, .skip") || one.type === "hidden") return false;
  const sentence = one.tagName === "A" && getComputedStyle(one).display === "inline"
    && one.closest("p, li, dd, td, div").innerText.trim().length > one.innerText.trim().length + 3;
  if (sentence) return false;
  const box = (one.closest("label") || one).getBoundingClientRect();
  return box.height < 43.5 || box.width < 43.5;
}).map((one) => {
  const box = (one.closest("label") || one).getBoundingClientRect();
  return `${one.tagName}.${one.className} ${Math.round(box.width)}x${Math.round(box.height)} ${one.innerText.slice(0, 30)}`;
}).slice(0, 4)"""


def measure(page, kind: str, faults: Faults) -> None:
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        wide = page.evaluate(TOO_WIDE)
        faults.must(not wide, f"{kind} {page.url} at {width}: {wide}")
        if width == 360:
            faults.extend(f"{kind} {page.url}: {small}" for small in page.evaluate(TOO_SMALL))
    page.set_viewport_size(before)
