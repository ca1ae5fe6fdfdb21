"""The card that says how to call a parent: shut, open after one tap, and shut again when the page is loaded again."""

import pytest

from .places import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.db_free]  # the same pages whatever the database

NUMBER = "main a[href^='tel:+']"


def test_the_number_shows_after_a_tap_and_is_gone_after_loading_again(colleague, portal):
    page = colleague("sofie", PHONE)
    page.goto("/nl/work/outreach/")
    page.locator("main .call a").first.click()
    page.wait_for_url("**/work/outreach/*/")
    address = page.url
    assert page.locator(NUMBER).count() == 0
    page.locator("details.safe summary").click()
    page.locator("details.safe button").click()
    page.locator(NUMBER).wait_for()
    assert page.url == address
    page.reload()
    assert page.locator("details.safe").count() == 1
    assert page.locator(NUMBER).count() == 0
