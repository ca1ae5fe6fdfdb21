"""Writing on a phone as people do: fast, twice, on a bad line, in an old tab. Nothing is lost, nothing comes back (G21, G48)."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import DESK, PHONE
from .test_main_story import _conversation, _let_through, _send

pytestmark = pytest.mark.browser


@pytest.fixture
def line():
    """The line of a phone: slow, away, or good again. What one session of the tool sets, only that one lifts."""
    ears = {}

    def set_to(page, *, latency=0, offline=False):
        if page not in ears:
            ears[page] = page.context.new_cdp_session(page)
            ears[page].send("Network.enable")
        speed = 50_000 if latency else -1
        ears[page].send(
            "Network.emulateNetworkConditions",
            {"offline": offline, "latency": latency, "downloadThroughput": speed, "uploadThroughput": speed},
        )

    return set_to


def test_sent_at_once_after_typing_the_box_stays_empty(portal, parent):
    """The draft that was on its way when the text was sent is not there after a reload."""
    els = parent("els@demo.invalid", "nl", PHONE)
    page = _conversation(portal, els, "nl")
    for round_ in range(3):
        words = f"Snel getypt en meteen weg, keer {round_}."
        _send(els, words)
        expect(els.locator("#own").get_by_text(words)).to_be_visible()
        els.goto(page)
        expect(els.locator("textarea[name=text]")).to_have_value("")


def test_what_is_typed_while_the_rest_is_on_its_way_stays(portal, parent, line):
    els = parent("els@demo.invalid", "nl", PHONE)
    page = _conversation(portal, els, "nl")
    line(els, latency=1500)
    _send(els, "Het eerste deel is al weg.")
    els.locator("textarea[name=text]").press_sequentially(" En nog iets.")
    expect(els.locator("#own").get_by_text("Het eerste deel is al weg.")).to_be_visible()
    expect(els.locator("textarea[name=text]")).to_have_value("En nog iets.")
    line(els)
    expect(els.locator(".composer__saved")).to_have_text("Bewaard terwijl je typt", timeout=20_000)
    els.goto(page)
    expect(els.locator("textarea[name=text]")).to_have_value("En nog iets.")
    els.fill("textarea[name=text]", "")
    with els.expect_response(lambda answer: answer.url.endswith("/draft/")):
        els.locator("textarea[name=text]").blur()


def test_without_a_line_the_text_stays_and_goes_once_when_it_is_back(portal, parent, line):
    els = parent("els@demo.invalid", "nl", PHONE)
    page = _conversation(portal, els, "nl")
    line(els, offline=True)
    words = "In de tunnel geschreven."
    _send(els, words)
    expect(els.locator("button[name=send]")).to_contain_text("Opnieuw proberen")
    expect(els.locator("textarea[name=text]")).to_have_value(words)
    line(els)
    els.click("form.composer button[name=send]")
    expect(els.locator("#own").get_by_text(words)).to_have_count(1)
    els.goto(page)
    expect(els.get_by_text(words)).to_have_count(1)


def test_two_taps_without_javascript_are_one_message(portal, parent):
    els = parent("els@demo.invalid", "nl", PHONE, javascript=False)
    page = _conversation(portal, els, "nl")
    words = "Twee keer getikt."
    els.fill("textarea[name=text]", words)
    els.dblclick("form.composer button[name=send]")
    expect(els).to_have_url(re.compile("#own"))
    els.goto(page)
    expect(els.locator("#own").get_by_text(words)).to_have_count(1)


def test_what_is_let_through_moves_from_the_own_strip_to_its_place(portal, parent, colleague):
    els = parent("els@demo.invalid", "nl", PHONE)
    _conversation(portal, els, "nl")
    words = "Dit komt op zijn plaats te staan."
    _send(els, words)
    expect(els.locator("#own").get_by_text(words)).to_be_visible()
    _let_through(colleague("sofie", DESK), words)
    expect(els.locator("ol.talk:not(#own)").get_by_text(words)).to_be_visible(timeout=10_000)
    expect(els.locator("#own").get_by_text(words)).to_have_count(0)


@pytest.mark.parametrize(
    ("who", "language", "words", "line"),
    [
        ("els@demo.invalid", "nl", "Ik wil niet meer leven.", "1813"),
        ("amina@demo.invalid", "ar", "أريد أن أموت.", "1813"),
    ],
)
def test_who_writes_of_danger_sees_at_once_whom_to_call(portal, parent, who, language, words, line):
    """Without reloading, for this need, and within the width of the phone."""
    page = parent(who, language, PHONE)
    _conversation(portal, page, language)
    _send(page, words)
    urgent = page.locator("#own .notice--urgent").last
    expect(urgent.locator(f"a[href='tel:{line}']")).to_be_visible()
    expect(urgent.locator("a[href='tel:112']")).to_be_visible()
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        inside = urgent.evaluate(
            "box => [...box.querySelectorAll('a, b')].every(one => {"
            " const a = one.getBoundingClientRect(), b = box.getBoundingClientRect();"
            " return a.left >= b.left && a.right <= b.right; })"
        )
        assert inside


def test_the_queue_follows_along_with_its_numbers(portal, parent, colleague):
    """A facilitator who keeps the page open sees the urgent one on top and the right numbers, without reloading."""
    desk = colleague("sofie", DESK)
    desk.goto("/nl/work/reviews/")
    waiting = desk.locator("[data-count=waiting]")
    before = int(waiting.inner_text())
    urgent = int(desk.locator("[data-count=urgent]").inner_text())
    els = parent("els@demo.invalid", "nl", PHONE)
    _conversation(portal, els, "nl")
    _send(els, "Ik maak er een eind aan.")
    expect(waiting).to_have_text(str(before + 1), timeout=10_000)
    expect(desk.locator("[data-count=urgent]")).to_have_text(str(urgent + 1))
    expect(desk.locator("li.item").first.locator(".badge--urgent")).to_be_visible()
    els.locator("#own form[action$='/back/'] button").last.click()
    expect(waiting).to_have_text(str(before), timeout=10_000)
