"""'Quiet until Sunday', on a phone: what waits is not sent, and waits again when the pause is lifted."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from playwright.sync_api import expect

from outreach.vocabulary import Outcome, Withheld

from .conftest import PHONE

pytestmark = pytest.mark.browser


def next_sunday() -> str:
    today = date.today()
    return (today + timedelta(days=(6 - today.weekday()) or 7)).isoformat()


def choose(page, language: str, rhythm: str, day: str = "") -> None:
    page.goto(f"/{language}/my/contact/")
    form = page.locator("form#rhythm")
    form.locator(f"input[name=rhythm][value={rhythm}]").check()
    if day:  # the day of a pause that is lifted stays in the form; nobody empties it
        form.locator("input[name=quiet_day]").fill(day)
    form.locator("button").click()
    page.wait_for_url("**?kept=rhythm*")
    expect(page.locator("main .notice--calm[role=status]")).to_be_visible()


def newest(page, language: str):
    page.goto(f"/{language}/my/contact/sent/")
    return page.locator("main .rows li .rows__text").first


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_quiet_until_sunday_keeps_back_what_waits_and_lifting_it_plans_it_again(portal, parent, colleague, language):
    amina, sofie = parent("amina@demo.invalid", language, PHONE), colleague("sofie")
    with translation.override(language):
        waiting, quiet = str(Outcome.PUT_OFF.label), Withheld.QUIET_UNTIL.sentence
    choose(amina, language, "often")
    sofie.goto(portal.groups["ouders"].replace("/nl/g/", "/nl/work/groups/") + "announce/")
    sofie.fill("textarea[name=text]", "Zaterdag is het lokaal dicht.")
    sofie.locator("main form button.button").last.click()
    expect(sofie.locator("main .notice--calm[role=status]")).to_be_visible()
    # Someone spoke with her today, so news waits for its week.
    expect(newest(amina, language)).to_contain_text(waiting)
    choose(amina, language, "quiet", next_sunday())
    expect(newest(amina, language)).to_contain_text(quiet)
    choose(amina, language, "often")
    expect(newest(amina, language)).to_contain_text(waiting)
    expect(newest(amina, language)).not_to_contain_text(quiet)
    amina.locator("main .rows li summary").first.click()
    expect(amina.locator("main .rows li li", has_text=quiet).first).to_be_visible()  # how it went, each time in turn
