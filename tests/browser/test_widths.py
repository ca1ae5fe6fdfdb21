"""No page scrolls sideways on a small phone, on a desk or at 200 percent, and what one taps is big enough for a thumb."""

import pytest

from .places import LANGUAGES, PHONE, Faults
from .walks import WALKS, walk

pytestmark = [pytest.mark.browser, pytest.mark.db_free]  # the same pages whatever the database

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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", WALKS)
def test_every_page(portal, visitor, colleague, who, language):
    faults = Faults()
    for kind, page in walk(who, portal, visitor, colleague, language):
        measure(page, kind, faults)
    faults.told()


def test_both_measures_would_notice(visitor):
    page = visitor(PHONE)
    page.goto("/nl/")
    assert page.evaluate(TOO_WIDE) == ""
    page.evaluate("document.querySelector('h1').style.setProperty('width', '120vw')")
    page.evaluate("document.querySelector('main a').style.setProperty('display', 'block')")
    page.evaluate("document.querySelector('main a').replaceChildren()")
    page.evaluate("document.querySelector('main a').style.setProperty('padding', '0')")
    page.evaluate("document.querySelector('main a').style.setProperty('min-block-size', '0')")
    assert "H1" in page.evaluate(TOO_WIDE)
    assert page.evaluate(TOO_SMALL)
