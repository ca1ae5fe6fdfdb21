"""The browser keeps nothing of what was written: not while one writes, not after leaving (G33)."""

import pytest

from .places import PHONE, conversation_of
from .stores import PLANT, SCAN

pytestmark = [pytest.mark.browser, pytest.mark.db_free]  # the same pages whatever the database

CANARY = "kanarievogel"


def test_nothing_of_a_message_stays_in_the_browser(portal, parent):
    page = parent("els@demo.invalid", "nl", PHONE)
    page.goto(conversation_of(page, portal, "nl"))
    with page.expect_response(lambda answer: answer.url.endswith("/draft/")):
        page.fill("textarea[name=text]", f"Mijn {CANARY} zingt niet meer.")
        page.locator("textarea[name=text]").blur()
    assert CANARY not in page.evaluate(SCAN)
    page.click("form.composer button[name=send]")
    page.locator("#own", has_text=CANARY).wait_for()
    page.goto("/nl/my/")
    kept = page.evaluate(SCAN)
    assert CANARY not in kept
    assert "worker" not in kept

    # A copy in every place: the scan finds each, and leaving takes them all.
    page.evaluate(PLANT, CANARY)
    assert page.evaluate(SCAN).count(CANARY) == 4
    page.click("a.exit")
    page.wait_for_url(portal.neutral)
    page.goto("/nl/")
    assert CANARY not in page.evaluate(SCAN)


def test_the_browser_is_not_asked_to_remember_a_box(portal, parent):
    """No autofill of what others on this phone typed, and nothing brought back by going back."""
    page = parent("els@demo.invalid", "nl", PHONE)
    page.goto(conversation_of(page, portal, "nl"))
    assert page.get_attribute("form.composer", "autocomplete") == "off"
    assert page.get_attribute("textarea[name=text]", "autocomplete") == "off"
