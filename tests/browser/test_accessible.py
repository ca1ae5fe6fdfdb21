"""axe finds nothing serious on any type of page, in Dutch and Arabic, in light and dark; and no page breaks its policy.

The rules that look at colours are asked again in the dark; all others see the same page.
"""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from .conftest import watched
from .places import (
    DESK,
    LANGUAGES,
    PHONE,
    Faults,
    known_parent,
    member_places,
    public_places,
    review_in_hand,
    staff_places,
)

pytestmark = [pytest.mark.browser, pytest.mark.db_free]  # the same pages whatever the database

LOOK = """async (rules) => {
  const found = await axe.run(document, {resultTypes: ["violations"], preload: false,
    ...(rules.length ? {runOnly: {type: "rule", values: rules}} : {})});
  return found.violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) =>
    `${one.id}: ` + one.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`).join(" | "));
}"""
COLOURS = ["color-contrast", "link-in-text-block"]


def look(page, places: dict[str, str], faults: Faults) -> None:
    for kind, address in places.items():
        page.emulate_media(color_scheme="light")
        page.goto(address)
        page.evaluate(AXE_SCRIPT)
        in_light = page.evaluate(LOOK, [])
        page.emulate_media(color_scheme="dark")
        in_dark = page.evaluate(LOOK, COLOURS)
        faults.extend(f"{kind} {address} light: {said}" for said in in_light)
        faults.extend(f"{kind} {address} dark: {said}" for said in in_dark)


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_pages(visitor, language):
    page, faults = visitor(PHONE, reduced_motion="reduce"), Faults()
    look(page, public_places(page, language), faults)
    faults.told()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_a_parent(visitor, portal, language):
    page, faults = known_parent(visitor, portal, "amina", language, reduced_motion="reduce"), Faults()
    look(page, member_places(page, portal, language), faults)
    faults.told()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_staff(colleague, portal, language):
    page, faults = colleague("sofie", DESK, reduced_motion="reduce"), Faults()
    look(page, staff_places(page, portal, language), faults)
    with review_in_hand(page, language) as address:
        look(page, {"review": address}, faults)
    faults.told()


def test_the_theme_a_person_chose_is_the_one_shown(visitor, portal):
    """The cookie of one's own choice beats what the device asks for."""
    page = visitor(PHONE, color_scheme="light", reduced_motion="reduce")
    page.goto("/nl/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.context.add_cookies([{"name": "kring-theme", "value": "dark", "url": portal.base}])
    page.reload()
    assert page.evaluate(ground) != light
    faults = Faults()
    look(page, {"home in the dark by choice": "/nl/"}, faults)
    faults.told()


def test_a_breach_of_the_policy_would_be_heard(browser, portal):  # G27
    """The ear that every test of this folder has: it hears a style written into a page."""
    faults = []
    with browser.new_context(base_url=portal.base) as context:
        page = context.new_page()
        watched(page, portal, faults)
        page.goto("/nl/")
        assert faults == []
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')")
        page.wait_for_timeout(200)
    assert len(faults) == 1
    assert "style-src" in faults[0]
