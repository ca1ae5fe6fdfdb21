"""axe finds nothing serious on any type of page, in Dutch and Arabic, in light and dark; and no page breaks its policy.

The rules that look at colours are asked again in the dark; all others see the same page.
"""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from .conftest import PHONE, watched
from .places import LANGUAGES, Faults
from .walks import WALKS, walk

pytestmark = [pytest.mark.browser, pytest.mark.db_free]  # the same pages whatever the database

LOOK = """async (rules) => {
  const found = await axe.run(document, {resultTypes: ["violations"], preload: false,
    ...(rules.length ? {runOnly: {type: "rule", values: rules}} : {})});
  return found.violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) =>
    `${one.id}: ` + one.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`).join(" | "));
}"""
COLOURS = ["color-contrast", "link-in-text-block"]


def look(page, kind: str, faults: Faults) -> None:
    page.evaluate(AXE_SCRIPT)
    for dress, rules in (("light", []), ("dark", COLOURS)):
        page.emulate_media(color_scheme=dress)
        faults.extend(f"{kind} {page.url} {dress}: {said}" for said in page.evaluate(LOOK, rules))
    page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", WALKS)
def test_every_page(portal, visitor, colleague, who, language):
    faults = Faults()
    for kind, page in walk(who, portal, visitor, colleague, language, reduced_motion="reduce"):
        look(page, kind, faults)
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
    look(page, "home in the dark by choice", faults)
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
