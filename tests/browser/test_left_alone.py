"""A page that is left alone warns a minute before it closes, and one tap keeps it open (G22). The page's clock is ours."""

import pytest
from playwright.sync_api import expect

from portal.demo import cast

from .conftest import sign_in
from .places import PHONE, conversation_of

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
        # No further than its end: it waits two seconds of its own clock for the answer, which takes real ones.
        while page.locator("main").count():
            page.clock.run_for(1_000)
    assert gone.value.status == 401
    page.wait_for_url("**/nl/")
    page.goto("/nl/my/")
    assert "/account/login/" in page.url


# What a browser says when another tab or another program comes in front; without a screen it never does by itself.
OUT_OF_SIGHT = """(is) => {
  Object.defineProperty(document, "hidden", {value: is, configurable: true});
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.mark.parametrize("away", [10_000, 70_000])
def test_a_page_is_covered_while_it_is_out_of_sight_and_after_a_minute_until_a_tap(parent, away):  # G33
    page = parent("els@demo.invalid", "nl", PHONE)
    page.clock.install()
    page.goto("/nl/my/groups/")
    cover, words = page.locator(".cover--whole"), page.locator("main h1")
    expect(cover).to_be_hidden()
    page.evaluate(OUT_OF_SIGHT, True)
    expect(cover).to_be_visible()
    page.clock.run_for(away)
    page.evaluate(OUT_OF_SIGHT, False)
    if away > 60_000:
        expect(cover).to_be_visible()
        cover.locator("button").click()
    expect(cover).to_be_hidden()
    expect(words).to_be_visible()


@pytest.mark.parametrize("who", ["", "amina@demo.invalid"])
def test_a_page_of_who_signed_out_in_another_tab_is_shown_to_nobody(parent, who):  # G33
    """Also not to who signed in after her, whose taps in the other tab keep this one from closing by itself."""
    page = parent("els@demo.invalid", "nl", PHONE)
    page.clock.install()
    page.goto("/nl/my/groups/")
    page.evaluate(OUT_OF_SIGHT, True)
    other = page.context.new_page()
    other.goto("/nl/account/logout/")
    other.click("main form button")
    other.wait_for_url("**/nl/")
    if who:
        sign_in(other, "nl", who)
        other.goto("/nl/my/")
    page.clock.run_for(10_000)
    page.evaluate(OUT_OF_SIGHT, False)
    page.wait_for_url("**/nl/")
    assert page.locator("main", has_text="Ouders samen").count() == 0


@pytest.mark.parametrize(
    ("place", "button"), [("account/logout", "main form"), ("my/devices", "form[action$='/lock/']")]
)
def test_a_page_in_a_second_window_goes_when_she_signs_out_though_it_never_was_out_of_sight(parent, place, button):
    """Side by side on one screen nothing asked whose it is: it stood there for as long as a page may be left alone."""
    page = parent("els@demo.invalid", "nl", PHONE)
    page.goto("/nl/account/email/")
    other = page.context.new_page()
    other.goto(f"/nl/{place}/")
    other.click(f"{button} button")
    other.wait_for_url("**/nl/")
    page.wait_for_url("**/nl/")


@pytest.mark.parametrize("place", ["email", "password", "phone", "pin"])
def test_a_page_of_ones_own_account_closes_like_any_private_page(parent, place):  # G22, G33
    """One of them shows the address she gave, and stood there for as long as the browser was open."""
    page = parent("els@demo.invalid", "nl", PHONE)
    page.clock.install()
    page.goto(f"/nl/account/{place}/")
    expect(page.locator("main input").first).to_be_attached()
    page.evaluate(OUT_OF_SIGHT, True)
    expect(page.locator(".cover--whole")).to_be_visible()
    page.evaluate(OUT_OF_SIGHT, False)
    expect(page.locator(".cover--whole")).to_be_hidden()
    page.clock.run_for(QUIET - LOOKS)
    with page.expect_response("**/account/activity/") as gone:
        while page.locator("main").count():
            page.clock.run_for(1_000)
    assert gone.value.status == 401
    page.wait_for_url("**/nl/")


def test_what_a_form_answered_is_locked_without_a_question_of_the_browser(visitor):  # G22
    page = visitor(PHONE)
    page.goto("/nl/account/login/")
    page.fill("input[name=login]", "karim@demo.invalid")
    page.fill("input[name=password]", cast.PASSWORD)
    page.uncheck("input[name=shared]")
    page.click("main form button")
    page.wait_for_url(lambda url: "/login" not in url)
    page.clock.install()
    page.goto("/nl/account/password/")
    page.click("main form button")
    expect(page.locator(".errors").first).to_be_visible()
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    page.clock.run_for(15 * 60 * 1000 - LOOKS)
    while page.locator("main").count():
        page.clock.run_for(1_000)
    page.wait_for_url("**/account/unlock/")
    assert not [url for method, url in asked if method == "POST" and "/activity/" not in url]


@pytest.mark.parametrize("how", ["the way out in another tab", "five quiet minutes"])
def test_words_on_the_page_that_asks_to_sign_in_again_go_with_her(parent, portal, how):  # G33
    """Nobody is signed in there, so no session ends and no page is told; they stood there for whoever came next."""
    page, word = parent("els@demo.invalid", "nl", PHONE), "Woorden van mij alleen"
    page.goto(conversation_of(page, portal, "nl"))
    page.fill("#text", word)
    page.context.clear_cookies(name="kring")
    page.clock.install()
    page.evaluate("HTMLFormElement.prototype.submit.call(document.querySelector('form.composer'))")
    kept = page.locator("textarea[name=keep_text]")
    expect(kept).to_have_value(word)
    if how == "five quiet minutes":
        page.clock.run_for(QUIET - LOOKS)
        expect(kept).to_have_value(word)
        page.clock.run_for(2 * LOOKS)
    else:
        other = page.context.new_page()
        other.goto("/nl/")
        other.click("a.exit")
    page.wait_for_url("**/nl/")
    assert kept.count() == 0
