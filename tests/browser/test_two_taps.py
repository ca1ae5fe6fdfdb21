"""On a phone each part of the wish is changed in two taps: open it, choose. A third is never needed."""

import pytest
from playwright.sync_api import expect

from .conftest import PHONE

pytestmark = pytest.mark.browser
# Where it stands, and one choice in it that does not hold at first.
TAPS = [
    ("ways", "button[name=on][value=call]"),
    ("hours", "button[name=evening][value='22:00']"),
    ("who", "button[name=who_may][value=contact_person]"),
    ("events", "button[name=around_events][value=leave_me_be]"),
    ("language", "button[name=time_zone][value='Africa/Tunis']"),
    ("discreet", "button[name=discreet][value=no]"),
    ("kind_news", "button[name=on][value=text]"),
    ("kind_events", "button[name=on][value=visit]"),
]


# Said by the page itself in the moment of the tap: before, it may still scroll, and after, it is on its way.
WHERE_IT_IS_TAPPED = """one => addEventListener(
    "click", () => { window.name = one.getBoundingClientRect().y }, { capture: true, once: true }
)"""


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_two_taps_and_it_holds(portal, parent, language):
    page = parent("amina@demo.invalid", language, PHONE)
    for place, choice in TAPS:
        page.goto(f"/{language}/my/contact/")
        fold = page.locator(f"#{place}")
        taps = 0
        if not fold.evaluate("one => one.open"):
            fold.locator("summary").click()
            taps += 1
        button = fold.locator(choice)
        name, value = button.get_attribute("name"), button.get_attribute("value")
        fold.evaluate(WHERE_IT_IS_TAPPED)
        button.click()
        taps += 1
        page.wait_for_url(f"**?kept={place}*")
        where = page.evaluate("Number(window.name)")
        assert taps <= 2, place
        expect(page.locator("main .notice--calm[role=status]")).to_be_visible()
        expect(fold).to_have_attribute("open", "")  # one sees at once that it holds, where one tapped
        assert abs(fold.bounding_box()["y"] - where) < 40, place
        there = fold.locator(f"button[name={name}][value='{value}']")
        if name == "on":
            expect(fold.locator(f"button[name=off][value='{value}']")).to_be_visible()
        else:
            expect(there).to_have_attribute("aria-pressed", "true")
        _put_back(page, fold, name, value)


def _put_back(page, fold, name: str, value: str) -> None:
    """As it was, for the next language: the same town is used by all tests of this run."""
    back = {"evening": "any", "who_may": "team", "around_events": "as_rhythm", "discreet": "yes"}
    if name == "on":
        fold.locator(f"button[name=off][value='{value}']").click()
    elif name == "time_zone":
        fold.locator("button[name=time_zone][value='Europe/Brussels']").click()
    else:
        fold.locator(f"button[name={name}][value={back[name]}]").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_the_choice_beside_a_way_is_one_line_and_stays_inside(portal, parent, language):
    page = parent("amina@demo.invalid", language, PHONE)
    page.goto(f"/{language}/my/contact/")
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
    buttons = page.locator(".ranks .button")
    assert buttons.count() > 20
    boxes = [one.bounding_box() for one in buttons.all()]
    assert max(box["height"] for box in boxes) < 50
    assert min(box["x"] for box in boxes) > 0
    assert max(box["x"] + box["width"] for box in boxes) < PHONE["width"]
