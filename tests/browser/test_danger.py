"""Acute danger on a page that is open: it comes by itself to who may confirm it, and the yes to who asked."""

import pytest

from .places import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.db_free]  # the same pages whatever the database

LINE = "[data-topic='danger:asked'] .notice"
POLLED = 40_000  # ms: by the socket at once; whose socket has just broken asks by itself every 25 seconds


def test_a_colleague_who_reads_something_else_sees_at_once_that_a_second_person_is_asked(colleague):
    youssef = colleague("youssef", PHONE)
    youssef.goto("/nl/work/reviews/")
    sofie = colleague("sofie", DESK)
    sofie.goto("/nl/work/outreach/")
    sofie.locator("main .call a").first.click()
    sofie.wait_for_url("**/work/outreach/*/")
    sofie.locator("main a[href$='/danger/']").click()
    sofie.locator("main input[name=danger]").first.check()
    sofie.fill("textarea[name=because]", "Ze belde net.")
    sofie.locator("main form button").last.click()
    sofie.wait_for_url("**/outreach/danger/*/")
    address = sofie.url.removeprefix("http://").partition("/")[2]
    line = youssef.locator(LINE, has=youssef.locator(f"a[href='/{address}']"))
    line.wait_for(timeout=POLLED)
    assert "Ze belde net." not in youssef.locator(LINE).all_inner_texts()
    line.locator("a").click()
    youssef.wait_for_url("**/outreach/danger/*/")
    youssef.locator("main form button").click()
    sofie.locator(LINE, has=sofie.locator(f"a[href='/{address}']")).wait_for(timeout=POLLED)
