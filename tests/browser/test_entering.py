"""From the card to the first message and out again; and what must not get lost on the way: the lock, a text, a page."""

import re
import time

import pytest
from playwright.sync_api import expect

from portal.demo import cast

from .places import DESK, PHONE, conversation_of, invite

pytestmark = pytest.mark.browser

THREE_WORDS = r"[^\W\d_]+(?:-[^\W\d_]+){2}"
PASSWORD = "rivier-steen-appel-wolk"


def test_from_the_card_to_the_first_message_and_out(portal, visitor, colleague):
    sofie = colleague("sofie", DESK)
    desk = portal.groups["ouders"].replace("/nl/g/", "/nl/work/groups/")
    link = invite(sofie, desk, "nl")
    assert sofie.locator(".sheet img").evaluate("one => one.complete && one.naturalWidth > 0")
    assert re.search(r"\b[0-9A-HJKMNP-TV-Z]{5} [0-9A-HJKMNP-TV-Z]{5}\b", sofie.locator(".sheet").inner_text())

    page = visitor(PHONE)
    for _ in range(2):  # a preview, and a look: neither uses it up
        assert page.request.get(link).ok
    page.goto(link)
    page.click("main form button")
    page.wait_for_url("**/invitation/phone/")
    page.locator("input[name=phone][value=shared]").check()
    page.click("main form button")
    page.wait_for_url("**/invitation/name/")
    name = f"Iris{time.monotonic_ns() % 10_000}"
    page.fill("input[name=pseudonym]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button:has-text('account')")
    page.wait_for_url("**/invitation/card/")
    words = re.search(THREE_WORDS, page.locator(".sheet .lead").inner_text())[0]
    page.click("main a.button")
    page.wait_for_url("**/my/groups/")

    # Waiting at the door: nothing of the group, not even that it exists.
    group = portal.groups["ouders"]
    assert "Ouders samen" not in page.content()
    assert page.goto(group).status == 404
    unknown = page.content()
    assert page.goto(group.replace(group.split("/")[3], "a" * 22)).status == 404
    assert re.sub(r"\?.*?\"", "", page.content()) == re.sub(r"\?.*?\"", "", unknown).replace(
        group.split("/")[3], "a" * 22
    )

    sofie.goto(desk)
    sofie.locator("li", has_text=name).get_by_role("button", name="Binnenlaten").click()
    sofie.wait_for_load_state()
    page.goto("/nl/my/groups/")
    page.click(f"main a[href='{group}']")
    page.locator("main a.button[href$='/rules/']").click()
    page.wait_for_url("**/rules/")
    page.check("input[name=accepted]")
    page.click("main form button")
    page.wait_for_url(lambda url: not url.endswith("/rules/"))
    page.goto(conversation_of(page, portal, "nl"))
    page.fill("textarea[name=text]", "Dag allemaal, ik lees al even mee.")
    page.click("form.composer button[name=send]")
    expect(page.locator("#own")).to_contain_text("ik lees al even mee")

    page.goto(f"{group}leave/")
    page.click("main form button")
    page.wait_for_url(lambda url: not url.endswith("/leave/"))
    assert page.goto(group).status == 404

    # The invitation works once, and the three words open the account.
    other = visitor(PHONE)
    other.goto(link)
    other.click("main form button")
    other.wait_for_load_state()
    assert "/invitation/phone/" not in other.url
    sign_in_with(other, words, PASSWORD)
    other.goto("/nl/my/groups/")
    assert "/my/groups/" in other.url
    assert "Ouders samen" not in other.content()


def sign_in_with(page, name: str, password: str) -> None:
    page.goto("/nl/account/login/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", password)
    page.click("main form button")
    page.wait_for_url(lambda url: "/account/login" not in url)


def test_an_own_phone_locks_and_the_pin_opens_it(portal, visitor):  # G22, G24
    page = visitor(PHONE)
    page.goto("/nl/account/login/")
    page.fill("input[name=login]", "amina@demo.invalid")
    page.fill("input[name=password]", cast.PASSWORD)
    page.uncheck("input[name=shared]")
    page.click("main form button")
    page.wait_for_url(lambda url: "/account/login" not in url)
    talk = conversation_of(page, portal, "nl")
    page.goto(talk)
    cookie = next(one for one in page.context.cookies() if one["name"] == "kring")
    assert cookie["expires"] > time.time() + 29 * 24 * 3600
    # What the page itself does after fifteen quiet minutes.
    status = page.evaluate("""() => {
      const {activityUrl, token} = document.querySelector("[data-behaviour=watch]").dataset;
      const body = new URLSearchParams({state: "gone"});
      return fetch(activityUrl, {method: "POST", body, headers: {"X-CSRFToken": token}}).then((answer) => answer.status);
    }""")
    assert status == 401
    page.goto(talk)
    expect(page.locator("input[name=pin]")).to_be_visible()
    assert "Wat zeggen jullie" not in page.content()
    page.fill("input[name=pin]", "000000")
    page.click("main form button.button--wide")
    expect(page.locator("main .field__wrong").first).to_be_visible()
    page.fill("input[name=pin]", cast.PIN)
    page.click("main form button.button--wide")
    page.wait_for_url("**/my/")
    page.goto(talk)
    expect(page.locator("textarea[name=text]")).to_be_visible()


def test_a_text_on_its_way_is_never_lost_nor_doubled(portal, parent):  # G21
    page = parent("els@demo.invalid", "nl", PHONE)
    talk = conversation_of(page, portal, "nl")
    page.goto(talk)
    box = page.locator("textarea[name=text]")
    draft = "Ik ben nog aan het denken"
    with page.expect_response(lambda answer: answer.url.endswith("/draft/") and answer.status == 204):
        box.fill("")
        box.press_sequentially(draft)
        box.blur()
    page.reload()
    expect(box).to_have_value(draft)

    page.click("details.languages summary")
    page.click("details.languages a[hreflang=fr]")
    page.wait_for_url(talk_in(talk, "fr"))
    assert page.locator("html").get_attribute("lang") == "fr"
    expect(box).to_have_value(draft)
    page.goto(talk)

    twice = f"Twee keer tikken {time.monotonic_ns()}"
    box.fill(twice)
    page.locator("form.composer button[name=send]").dblclick()
    expect(page.locator("#own").get_by_text(twice)).to_be_visible()
    page.wait_for_timeout(500)  # a second one would have come by now
    page.reload()
    expect(page.locator("#own").get_by_text(twice)).to_have_count(1)
    page.locator("#own li", has_text=twice).get_by_role("button").last.click()
    expect(page.locator("#own").get_by_text(twice)).to_have_count(0)


def talk_in(talk: str, language: str) -> re.Pattern:
    return re.compile(re.escape(talk.replace("/nl/", f"/{language}/")))


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_session_that_ended_while_writing_keeps_the_text(portal, parent, javascript):  # G48
    page = parent("els@demo.invalid", "nl", PHONE, javascript=javascript)
    talk = conversation_of(page, portal, "nl")
    page.goto(talk)
    words = f"Dit mag niet weg zijn {time.monotonic_ns()}"
    page.fill("textarea[name=text]", words)
    page.context.clear_cookies(name="kring")
    page.click("form.composer button[name=send]")
    kept = page.locator("textarea[name=keep_text]")
    expect(kept).to_have_value(words)
    assert "Wat zeggen jullie" not in page.locator("main").inner_text()
    page.fill("input[name=login]", "els@demo.invalid")
    page.fill("input[name=password]", cast.PASSWORD)
    page.click("main form button")
    page.wait_for_url(f"**{talk}")
    expect(page.locator("textarea[name=text]")).to_have_value(words)
    expect(page.locator("#own").get_by_text(words)).to_have_count(0)


def test_someone_else_who_signs_in_does_not_get_the_text(portal, visitor, parent):  # G48
    page = parent("els@demo.invalid", "nl", PHONE)
    page.goto(conversation_of(page, portal, "nl"))
    words = f"Alleen van mij {time.monotonic_ns()}"
    page.fill("textarea[name=text]", words)
    page.context.clear_cookies(name="kring")
    page.click("form.composer button[name=send]")
    expect(page.locator("textarea[name=keep_text]")).to_have_value(words)
    page.fill("input[name=login]", "karim@demo.invalid")
    page.fill("input[name=password]", cast.PASSWORD)
    page.click("main form button")
    page.wait_for_url(lambda url: "/g/c/" not in url and "/login" not in url)
    page.goto(conversation_of(page, portal, "nl"))
    expect(page.locator("textarea[name=text]")).to_have_value("")
    assert words not in page.content()
