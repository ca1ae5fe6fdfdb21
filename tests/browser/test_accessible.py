"""The theme that a person chose is the one shown and is as clear as the others, and no page breaks its policy."""

import pytest

from .axe import look
from .conftest import PHONE, watched
from .places import Faults

pytestmark = [pytest.mark.browser, pytest.mark.db_free]  # the same pages whatever the database


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
