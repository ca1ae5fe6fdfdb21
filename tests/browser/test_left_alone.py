"""A page that is left alone warns a minute before it closes, and one tap keeps it open (G22). The page's clock is ours."""

import pytest
from playwright.sync_api import expect

from .places import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.db_free]  # the same pages whatever the database

QUIET = 5 * 60 * 1000  # a shared phone
LOOKS = 6 * 1000  # how often the page looks, and a little


def test_a_minute_before_the_end_it_warns_and_one_tap_keeps_the_page(parent):
    page = parent("els@demo.invalid", "nl", PHONE)
    page.clock.install()
    page.goto("/nl/my/")
    warning = page.locator(".idle")
    page.clock.run_for(QUIET - 60_000 - LOOKS)
    expect(warning).to_be_hidden()
    page.clock.run_for(2 * LOOKS)
    expect(warning).to_be_visible()
    with page.expect_response("**/account/activity/") as told:
        warning.locator("button").click()
        page.clock.run_for(LOOKS)
    assert told.value.status == 204  # the server hears it too: it counts by itself
    expect(warning).to_be_hidden()
    page.clock.run_for(QUIET - 60_000 - 2 * LOOKS)
    expect(warning).to_be_hidden()
    assert page.locator("main h1").is_visible()

    page.clock.run_for(2 * LOOKS)
    expect(warning).to_be_visible()
    with page.expect_response("**/account/activity/") as gone:
        page.clock.run_for(60_000)
    assert gone.value.status == 401
    page.wait_for_url("**/nl/")
    page.goto("/nl/my/")
    assert "/account/login/" in page.url
