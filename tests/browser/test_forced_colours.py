"""Who has the device draw everything in a few strong colours still sees what to tap, where one is, and every icon."""

import pytest

from .places import DESK, LANGUAGES, Faults, conversation_of, known_parent

pytestmark = [pytest.mark.browser, pytest.mark.db_free]  # the same pages whatever the database

ENOUGH = 3
# `weak(selector, property)`: what is seen on the page and stands out less than it should from the forced ground.
MEASURE = """() => {
  const canvas = document.createElement("canvas").getContext("2d");
  const shine = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, solid] = canvas.getImageData(0, 0, 1, 1).data;
    const parts = [red, green, blue].map((one) => one / 255)
      .map((one) => one <= .03928 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4);
    return solid < 128 ? null : .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2];
  };
  const ground = () => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.setProperty("background-color", "Canvas");
    const found = shine(getComputedStyle(probe).backgroundColor);
    probe.remove();
    return found;
  };
  const contrast = (colour) => {
    const behind = ground();
    const [low, high] = [shine(colour) ?? behind, behind].sort((one, other) => one - other);
    return (high + .05) / (low + .05);
  };
  window.weak = (selector, property) => [...document.querySelectorAll(selector)]
    .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.closest(".hide, .skip"))
    .filter((one) => contrast(getComputedStyle(one)[property]) < ENOUGH)
    .map((one) => `${property} of ${one.tagName}.${one.className.baseVal ?? one.className} is ${getComputedStyle(one)[property]}`);
  window.ringless = (one) => {
    const style = getComputedStyle(one);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && contrast(style.outlineColor) >= ENOUGH;
    return ring ? [] : [`no ring around ${one.tagName}.${one.className}: ${style.outline}`];
  };
}""".replace("ENOUGH", str(ENOUGH))
LOOK = """() => [...weak(".icon", "stroke"), ...weak(".button, .iconbutton, .input, .choice", "borderTopColor")]"""
PALETTES = ("light", "dark")


def look(page, address: str, faults: Faults) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(address)
    page.evaluate(MEASURE)
    for palette in PALETTES:
        page.emulate_media(forced_colors="active", color_scheme=palette)
        faults.extend(f"{address} {palette}: {said}" for said in sorted(set(page.evaluate(LOOK))))
    for _ in range(8):
        page.keyboard.press("Tab")
        faults.extend(f"{address}: {said}" for said in page.evaluate("ringless(document.activeElement)"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_disappears(portal, visitor, colleague, language):
    faults, anyone = Faults(), visitor(reduced_motion="reduce")
    for address in ("", "help/", "account/login/", "account/invitation/"):
        look(anyone, f"/{language}/{address}", faults)
    amina = known_parent(visitor, portal, "amina", language, reduced_motion="reduce")
    talk = conversation_of(amina, portal, language)
    for address in (f"/{language}/my/", talk, f"/{language}/my/contact/", f"/{language}/my/notices/"):
        look(amina, address, faults)
    sofie = colleague("sofie", DESK, reduced_motion="reduce")
    for address in ("", "reviews/", "outreach/"):
        look(sofie, f"/{language}/work/{address}", faults)
    faults.told()


def test_the_words_of_a_bar_of_shares_keep_its_colours(colleague):
    page = colleague("sofie", DESK)
    page.emulate_media(forced_colors="active")
    page.goto("/nl/work/outreach/rounds/")
    page.locator("main li", has=page.locator(".badge--lamp")).locator("a").first.click()
    page.locator(".shares").wait_for()
    parts, words = (
        page.evaluate("""() => ["part", "mark"].map((what) => [...document.querySelectorAll(`.shares__${what}`)]
      .map((one) => getComputedStyle(one)[what === "part" ? "fill" : "backgroundColor"]))""")
    )
    assert len(set(parts)) > 1
    assert parts == words


def test_it_would_be_noticed(visitor):
    page, faults = visitor(), Faults()
    look(page, "/nl/account/login/", faults)
    assert faults == []
    for what, kept, property in ((".icon", "color", "stroke"), ("main button", "border-color", "borderTopColor")):
        page.evaluate(
            """([what, kept]) => {
              const one = document.querySelector(what);
              one.style.setProperty("forced-color-adjust", "none");
              one.style.setProperty(kept, "Canvas", "important");
            }""",
            [what, kept],
        )
        assert page.evaluate("([what, property]) => weak(what, property)", [what, property]) != []
    page.evaluate("document.activeElement.style.setProperty('outline', 'none')")
    assert page.evaluate("ringless(document.activeElement)") != []
