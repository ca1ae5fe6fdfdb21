"""A round after an event, for forty families, on the phone of one facilitator in a real browser, in Dutch and Arabic.

Nobody is timed but a script that reads nothing: what it shows is that the pages never make her wait, that every
step is there, and that who wants peace is left in it. What a person needs beside the script is reckoned, not measured:
by the keystroke-level model (Card, Moran and Newell, 1980), which gives each tap and each sign its seconds, and two
seconds for reading each family before a tap on it.
"""

import re
import time
from datetime import date

from playwright.sync_api import sync_playwright

from tests.chromium import launch_options

from .figures import Figures
from .place import Prepared

FAMILIES = 40
FIVE_MINUTES = 300.0
A_TAP = 1.35 + 1.1 + 0.2  # making up one's mind, pointing, touching
A_SIGN = 0.28
READING_A_FAMILY = 2.0
PHONE = {"width": 360, "height": 740}


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    with town.place("rounds") as place, place.helper("tests.faults.rounds_steps") as helper:
        team = helper.ask("session", key="sofie")
        place.start()
        with sync_playwright() as driver:
            browser = driver.chromium.launch(**launch_options())
            for language in ("nl",) if fast else ("nl", "ar"):
                circle = helper.ask("circle", count=FAMILIES, key=f"ronde-{language}")
                helper.ask("wishes", persons=[one["person"] for one in circle["members"]])
                context = browser.new_context(base_url=place.base, viewport=PHONE)
                context.add_cookies([{"name": "kring", "value": team, "url": place.base}])
                _round(context.new_page(), language, circle["group"], figures)
                became = helper.ask("became")
                figures.exactly(f"{language}: families in it", became["lines"], FAMILIES)
                figures.exactly(f"{language}: contacts noted", became["noted"], {"spoke": FAMILIES * 3 // 4})
                figures.exactly(f"{language}: closed", became["closed"], True)
                context.close()
            browser.close()


def _round(page, language: str, group: str, figures: Figures) -> None:
    began, title = time.monotonic(), "Proces"
    page.goto(f"/{language}/work/outreach/rounds/start/")
    page.check("input[name=kind][value=trial]")
    page.fill("input[name=day]", date.today().isoformat())
    page.fill("input[name=title]", title)
    page.check(f"input[name=circles][value='{group}']")
    page.click("main form button")
    page.wait_for_url(re.compile(r"/rounds/[\w-]{22}/$"))
    proposed = _lines(page)
    page.click("main form[action$='/confirm/'] button")
    page.wait_for_load_state()
    figures.at_most(f"{language}: until it is confirmed", time.monotonic() - began, FIVE_MINUTES, " s")
    marked = 0
    while (spoke := page.locator(".family__outcomes:visible > button[value=spoke]")).count() or _next(page):
        if spoke.count():
            spoke.first.click()
            page.wait_for_load_state()
            marked += 1
    figures.exactly(f"{language}: shown in the proposal", proposed, FAMILIES)
    figures.exactly(f"{language}: marked by a tap", marked, FAMILIES * 3 // 4)
    page.click("main a[href$='/close/']")
    page.wait_for_url("**/close/")
    page.click("main form button")
    page.wait_for_load_state()
    took = time.monotonic() - began
    figures.at_most(f"{language}: all of it", took, FIVE_MINUTES, " s")
    taps = marked + len(("kind", "day", "circle", "send", "confirm", "on to the next part", "close", "close"))
    person = taps * A_TAP + len(title) * A_SIGN + proposed * READING_A_FAMILY
    figures.at_most(f"{language}: with a person, as reckoned", took + person, FIVE_MINUTES, " s")


def _lines(page) -> int:
    """How many persons the proposal shows, over all parts of a long list."""
    found = page.locator(".families li[id]").count()
    while _next(page):
        found += page.locator(".families li[id]").count()
    page.goto(page.url.partition("?")[0])
    return found


def _next(page) -> bool:
    more = page.locator("main a[href^='?page=']")
    if not more.count():
        return False
    more.first.click()
    page.wait_for_load_state()
    return True
