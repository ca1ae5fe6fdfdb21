"""The quick exit in a real browser (G31, G32): blank at once, the session dead, and nothing comes back with Back.

Run with the back/forward cache on, as on every phone; a control shows that it really was.
"""

from urllib.request import Request, urlopen

import pytest

from portal.demo import cast

from .conftest import DESK, sign_in, watched
from .places import PHONE, Faults, conversation_of, private_words

pytestmark = [pytest.mark.browser, pytest.mark.db_free]  # the same pages whatever the database

IS_BLANK = """() => document.documentElement.classList.contains("gone") && !document.body.children.length
  && !document.title.trim() && !document.body.innerText"""
# Asked in the same turn as the event: before any answer, before the next picture.
AFTER = {
    "the link": f"() => {{ document.querySelector('a.exit').click(); return ({IS_BLANK})(); }}",
    "Escape twice": f"""() => {{
      for (let times = 0; times < 2; times++) dispatchEvent(new KeyboardEvent("keydown", {{key: "Escape", cancelable: true}}));
      return ({IS_BLANK})(); }}""",
    "Shift three times": f"""() => {{
      for (let times = 0; times < 3; times++) dispatchEvent(new KeyboardEvent("keydown", {{key: "Shift", cancelable: true}}));
      return ({IS_BLANK})(); }}""",
}


@pytest.fixture(scope="module")
def phone(playwright, browser_type_launch_args, portal):
    """A Chromium with the back/forward cache on: `phone(javascript=…)` gives a page signed in as els."""
    browser = playwright.chromium.launch(
        **{**browser_type_launch_args, "ignore_default_args": ["--disable-back-forward-cache"]}
    )
    contexts, faults = [], []

    def open_page(*, javascript=True, signed_in=True):
        context = browser.new_context(base_url=portal.base, viewport=PHONE, java_script_enabled=javascript)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        watched(page, portal, faults)
        if signed_in:
            sign_in(page, "nl", "els@demo.invalid")
        return page

    yield open_page
    for context in contexts:
        context.close()
    browser.close()
    assert faults == []


def walk(page, portal, times: int = 5) -> list[str]:
    """Private pages one after the other by their links, as one does; returns what stood on them."""
    page.goto("/nl/my/")
    page.click("main a[href$='/my/groups/']")
    page.wait_for_url("**/my/groups/")
    words = private_words(page)
    page.click(f"main a[href='{portal.groups['ouders']}']")
    page.wait_for_url(f"**{portal.groups['ouders']}")
    words += private_words(page)
    page.locator("main a[href*='/g/c/']", has_text="Wat zeggen jullie").click()
    page.wait_for_url("**/g/c/**")
    words += private_words(page)
    assert len(words) > 5
    return words


def bytes_for(portal, path: str, cookie: str) -> str:
    """What the server still says to who brings this old cookie."""
    try:
        with urlopen(Request(portal.base + path, headers={"Cookie": f"kring={cookie}"}), timeout=10) as answer:
            return answer.read().decode()
    except OSError as error:
        return error.read().decode()


def cookie_of(page) -> str:
    return next(one["value"] for one in page.context.cookies() if one["name"] == "kring")


def seen(ear) -> str:
    """All that stands in the page now, asked past the driver: it loses its way where a page comes out of the cache."""
    said = ear.send("Runtime.evaluate", {"expression": "document.documentElement.innerHTML", "returnByValue": True})
    return said["result"].get("value", "")


def back_and_forth(page, words: list[str], faults: Faults) -> None:
    """Back twenty-five times and Forward twice; what is visible and what stands in the page."""
    ear = page.context.new_cdp_session(page)
    steps = ["Back"] * 25 + ["Forward"] * 2
    for step in steps:
        past = ear.send("Page.getNavigationHistory")
        place = past["currentIndex"] + (-1 if step == "Back" else 1)
        if not 0 <= place < len(past["entries"]):
            continue
        ear.send("Page.navigateToHistoryEntry", {"entryId": past["entries"][place]["id"]})
        page.wait_for_timeout(400)
        text = seen(ear)
        faults.extend(f"{step} to {past['entries'][place]['url']}: {word}" for word in words if word in text)


def test_the_back_forward_cache_is_really_on(phone):
    """The control: a public page, left by a link and come back to, is the very same page."""
    page = phone(signed_in=False)
    kinds = []
    ear = page.context.new_cdp_session(page)
    ear.send("Page.enable")
    ear.on("Page.frameNavigated", lambda said: kinds.append(said.get("type")))
    page.goto("/nl/")
    page.click("nav a[href='/nl/read/']")
    page.wait_for_url("**/nl/read/")
    past = ear.send("Page.getNavigationHistory")
    ear.send("Page.navigateToHistoryEntry", {"entryId": past["entries"][past["currentIndex"] - 1]["id"]})
    page.wait_for_timeout(500)
    assert kinds[-1] == "BackForwardCacheRestore"


@pytest.mark.parametrize("way", ["the link", "Escape twice", "Shift three times"])
def test_the_page_is_blank_in_the_same_turn(phone, portal, way):  # G31
    page = phone()
    words = walk(page, portal)
    answers = []
    page.on("response", lambda answer: answers.append(answer) if answer.url.endswith("/weg/") else None)
    old, talk = cookie_of(page), page.url.removeprefix(portal.base)
    assert any(word in bytes_for(portal, talk, old) for word in words)
    assert page.evaluate(AFTER[way]) is True
    page.wait_for_url(portal.neutral)
    head = answers[0].all_headers()
    assert answers[0].status == 302
    assert head["clear-site-data"] == '"cache", "storage"'
    assert "no-store" in head["cache-control"]
    assert {one["name"] for one in page.context.cookies(portal.base)} <= {"kring-device"}
    for path in (talk, "/nl/my/groups/", portal.groups["ouders"]):
        assert [word for word in words if word in bytes_for(portal, path, old)] == []
    if way == "the link":
        faults = Faults()
        back_and_forth(page, words, faults)
        faults.told()


def test_keys_of_the_keyboard_leave(phone, portal):  # G31
    page = phone()
    walk(page, portal)
    page.focus("textarea[name=text]")
    page.keyboard.press("Shift")
    page.keyboard.type("a")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    assert "/g/c/" in page.url  # writing capitals does not leave
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(portal.neutral)


def test_one_step_of_all_private_ones_is_in_the_history(phone, portal):  # G32
    page = phone()
    walk(page, portal)
    ear = page.context.new_cdp_session(page)
    entries = ear.send("Page.getNavigationHistory")["entries"]
    private = [one["url"] for one in entries if "/my/" in one["url"] or "/g/" in one["url"]]
    assert len(private) == 1
    assert {one["title"] for one in entries if "/my/" in one["url"] or "/g/" in one["url"]} == {"Kring"}
    page.click("a.exit")
    page.wait_for_url(portal.neutral)
    entries = ear.send("Page.getNavigationHistory")["entries"]
    assert [one["url"] for one in entries if "/my/" in one["url"] or "/g/" in one["url"]] == []


@pytest.mark.parametrize("pages", [1, 20])
@pytest.mark.parametrize("cache", ["with the cache", "without the cache"])
def test_nothing_comes_back_after_one_page_or_twenty(phone, parent, portal, pages, cache):  # G32, G33
    """On a phone with the back/forward cache, and on a desktop without: what the other tests of the browser run in."""
    page = phone() if cache == "with the cache" else parent("els@demo.invalid", "nl", DESK)
    words = []
    for at in range(pages):
        page.goto([portal.groups["ouders"], "/nl/my/groups/", "/nl/my/contact/"][at % 3])
        words += private_words(page)
    assert words
    page.click("a.exit")
    page.wait_for_url(portal.neutral)
    faults = Faults()
    back_and_forth(page, words, faults)
    faults.told()


@pytest.mark.parametrize(("place", "name"), [("login", "els@demo.invalid"), ("recovery", "iemand@demo.invalid")])
@pytest.mark.parametrize("javascript", [True, False])
def test_the_name_she_typed_does_not_come_back(visitor, portal, place, name, javascript):  # G32
    """The browser filled in again what stood in the field: two steps back from the other site, her address."""
    page = visitor(PHONE, javascript=javascript)
    page.goto(f"/nl/account/{place}/")
    page.fill("input[name=login]", name)
    if place == "login":
        page.fill("input[name=password]", cast.PASSWORD)
    page.click("main form button >> nth=0")
    page.wait_for_url(lambda url: not url.endswith(f"/account/{place}/"))
    page.click("a.exit")
    page.wait_for_url(portal.neutral)
    while not page.url.endswith(f"/account/{place}/"):
        page.go_back()
    assert page.input_value("input[name=login]") == ""


def test_leaving_without_a_script(phone, portal):  # G31, G32
    page = phone(javascript=False)
    words = walk(page, portal)
    old, talk = cookie_of(page), page.url.removeprefix(portal.base)
    page.click("a.exit")
    page.wait_for_url(portal.neutral)
    assert [word for word in words if word in bytes_for(portal, talk, old)] == []
    faults = Faults()
    back_and_forth(page, words, faults)
    faults.told()


def test_the_page_is_blank_when_no_server_answers(phone, portal):  # G31
    page = phone()
    words = walk(page, portal)
    page.context.set_offline(True)
    assert page.evaluate(AFTER["the link"]) is True
    page.wait_for_timeout(500)
    faults = Faults()
    faults.extend(word for word in words if word in seen(page.context.new_cdp_session(page)))
    back_and_forth(page, words, faults)
    faults.told()


def test_private_pages_in_other_tabs_go_as_well(phone, portal):  # G32, G33
    """Each link of a mail opens a tab of its own; this one follows nothing, so no socket tells it."""
    one = phone()
    one.goto("/nl/my/groups/")
    two, ear, word = one.context.new_page(), one.context.new_cdp_session(one), "Ouders samen"
    two.goto("/nl/my/")
    assert word in seen(ear)
    two.click("a.exit")
    two.wait_for_url(portal.neutral)
    one.wait_for_url("**/nl/")
    assert word not in seen(ear)


def test_pages_of_ones_own_account_and_words_that_came_back_go_as_well(phone, portal):  # G33
    """Both stood there for as long as the browser was open: her words, and the address she gave if she gave one."""
    account, word = phone(), "Woorden van mij alleen"
    account.goto("/nl/account/email/")
    pages = [account]
    for spoilt in ("form.elements.csrfmiddlewaretoken.value = 'too old'", f"form.action = '/nl/g/c/{'N' * 22}/send/'"):
        refused = account.context.new_page()
        refused.goto(conversation_of(refused, portal, "nl"))
        refused.fill("#text", word)
        refused.evaluate(f"""() => {{
          const form = document.querySelector("form.composer");
          {spoilt};
          HTMLFormElement.prototype.submit.call(form);
        }}""")
        refused.wait_for_selector("#kept")
        assert refused.input_value("#kept") == word
        pages.append(refused)
    leaving = account.context.new_page()
    leaving.goto("/nl/my/")
    leaving.click("a.exit")
    leaving.wait_for_url(portal.neutral)
    for page in pages:
        page.wait_for_url("**/nl/")


def test_nothing_undoes_the_leaving_while_the_other_site_lets_wait(phone, portal):  # G31
    """Half a minute on a page, and the script was to tell that someone is there: the answer led back to our own pages."""
    page = phone()
    page.clock.install()
    page.goto("/nl/my/contact/")
    page.clock.run_for(31_000)
    page.clock.resume()
    asked, waiting = [], []
    page.on("request", lambda request: asked.append(request.url.removeprefix(portal.base)))
    page.route("**/weg/", lambda held: waiting.append(held))
    page.click("a.exit", no_wait_after=True)
    page.wait_for_timeout(300)
    page.context.clear_cookies()  # as the answer that leads on does
    page.wait_for_timeout(6_000)  # the script looks every five seconds
    assert asked == ["/weg/"]
    waiting[0].abort()


def test_going_straight_to_another_site_would_not_protect(phone, portal):
    """The control of all that is above: left like any page, the words come back with Back, and the search finds them."""
    page = phone()
    words = walk(page, portal)
    page.evaluate(f"location.href = '{portal.neutral}'")
    page.wait_for_url(portal.neutral)
    faults = Faults()
    back_and_forth(page, words, faults)
    assert faults


def test_another_site_cannot_end_a_session(phone, portal):  # G31
    page = phone()
    talk = conversation_of(page, portal, "nl")
    page.goto(portal.neutral)
    with page.expect_response("**/weg/") as asked:
        page.evaluate(f"location.href = '{portal.base}/weg/'")
    assert asked.value.status == 403
    again = page.context.new_page()  # an empty refusal leaves the first one on a page of the browser's own
    again.goto(talk)
    assert again.locator("textarea[name=text]").count() == 1


def test_the_way_out_stands_on_every_page_in_reach_of_a_thumb(phone, portal):  # G31
    page = phone()
    faults = Faults()
    for address in (
        "/nl/",
        "/nl/help/",
        "/nl/my/",
        conversation_of(page, portal, "nl"),
        "/nl/my/contact/",
        "/nl/nergens/",
    ):
        page.goto(address)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        box = page.locator("a.exit").bounding_box()
        faults.must(box["width"] >= 44 and box["height"] >= 44, f"{address}: {box}")
        faults.must(box["y"] >= 0 and box["y"] + box["height"] <= PHONE["height"], f"{address} is out of sight: {box}")
    faults.told()
