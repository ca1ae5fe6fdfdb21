"""Passkeys in a real browser, with an authenticator that Chromium plays itself: making, using, losing one.

Browsers give passkeys to names only, so these stories visit the same portal as `localhost`.
"""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from portal.demo import cast

from .conftest import DESK, PHONE, authenticator_code, watched

pytestmark = [pytest.mark.browser, pytest.mark.db_free]  # the same pages whatever the database


@pytest.fixture
def visit(browser, portal):
    """A page of a fresh browser on a phone (or desk) that can keep passkeys; faults on it fail the test."""
    named = replace(portal, base=portal.base.replace("127.0.0.1", "localhost"))
    contexts, faults = [], []

    def open_page(size=PHONE, *, javascript=True):
        context = browser.new_context(base_url=named.base, viewport=size, java_script_enabled=javascript)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        watched(page, named, faults)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def keeps_passkeys(page, *, proves_who=True):
    """Joins an authenticator to the page; gives the tool by which it can be asked and changed."""
    tool = page.context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": proves_who,
        "automaticPresenceSimulation": True,
    }
    return tool, tool.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def sign_in(page, who: str, *, shared=True) -> None:
    page.goto("/nl/account/login/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", cast.PASSWORD)
    page.set_checked("input[name=shared]", shared)
    page.click("main form button >> nth=0")
    page.wait_for_url(lambda url: "/account/login" not in url)


def sign_out(page) -> None:
    page.goto("/nl/account/logout/")
    page.click("main form button")
    page.wait_for_url("**/nl/")


def make_one(page, *, warned: bool) -> None:
    page.goto("/nl/my/passkeys/")
    expect(page.locator("main")).to_contain_text("Wie jouw gsm open krijgt")
    page.check("input[name=kept_in][value=computer]")
    if warned:
        page.check("input[name=understood]")
    page.locator("form[action$='/passkeys/add/'] input[name=password]").fill(cast.PASSWORD)
    page.click("form[action$='/passkeys/add/'] button")
    expect(page.locator("form[action$='/passkeys/remove/']")).to_contain_text("Op mijn computer")


def use_it(page) -> None:
    page.goto("/nl/account/login/")
    page.click("main [data-behaviour=passkey] button")


def test_a_parent_makes_one_signs_in_with_it_opens_the_lock_and_takes_it_away(visit):
    page = visit()
    tool, phone = keeps_passkeys(page)
    sign_in(page, "els@demo.invalid")
    make_one(page, warned=True)
    kept = tool.send("WebAuthn.getCredentials", {"authenticatorId": phone})["credentials"]
    assert [one["rpId"] for one in kept] == ["localhost"]
    assert all(one["isResidentCredential"] for one in kept)
    sign_out(page)

    page.goto("/nl/account/login/")
    page.uncheck("input[name=shared]")
    page.click("main [data-behaviour=passkey] button")
    page.wait_for_url(lambda url: "/account/login" not in url)
    page.goto("/nl/my/devices/")
    expect(page.locator("main h1")).to_be_visible()
    assert next(one for one in page.context.cookies() if one["name"] == "kring")["expires"] > 0

    token = page.locator("[data-behaviour=watch]").get_attribute("data-token")
    page.request.post("/nl/account/activity/", form={"state": "gone"}, headers={"X-CSRFToken": token})
    page.goto("/nl/my/devices/")
    expect(page.locator("main input[name=pin], main input[name=password]")).to_be_visible()
    page.click("main [data-behaviour=passkey] button")
    page.wait_for_url("**/my/")

    page.goto("/nl/my/passkeys/")
    page.locator("form[action$='/passkeys/remove/'] input[name=which]").check()
    page.locator("form[action$='/passkeys/remove/'] input[name=password]").fill(cast.PASSWORD)
    page.click("form[action$='/passkeys/remove/'] button")
    expect(page.locator("form[action$='/passkeys/remove/']")).to_have_count(0)
    sign_out(page)
    use_it(page)
    expect(page.locator("main [role=alert]")).to_contain_text("past niet")
    sign_in(page, "els@demo.invalid")


def test_whoever_cannot_unlock_the_phone_gets_nothing_and_hears_it_kindly(visit):
    page = visit()
    tool, phone = keeps_passkeys(page)
    sign_in(page, "karim@demo.invalid", shared=False)
    make_one(page, warned=False)
    sign_out(page)
    tool.send("WebAuthn.setUserVerified", {"authenticatorId": phone, "isUserVerified": False})
    use_it(page)
    expect(page.locator("main [role=alert]")).to_contain_text("Dat lukte niet")
    assert page.locator("input[name=login]").is_visible()
    sign_in(page, "karim@demo.invalid", shared=False)
    page.goto("/nl/my/passkeys/")
    page.locator("form[action$='/passkeys/remove/'] input[name=which]").check()
    page.locator("form[action$='/passkeys/remove/'] input[name=password]").fill(cast.PASSWORD)
    page.click("form[action$='/passkeys/remove/'] button")
    expect(page.locator("form[action$='/passkeys/remove/']")).to_have_count(0)


def test_a_wrong_password_makes_none_and_says_so_beside_the_button(visit):
    page = visit()
    tool, phone = keeps_passkeys(page)
    sign_in(page, "amina@demo.invalid")
    page.goto("/nl/my/passkeys/")
    page.check("input[name=understood]")
    page.fill("form[action$='/passkeys/add/'] input[name=password]", "not this one")
    page.click("form[action$='/passkeys/add/'] button")
    expect(page.locator("form[action$='/passkeys/add/'] [role=alert]")).to_contain_text("klopt niet")
    assert not tool.send("WebAuthn.getCredentials", {"authenticatorId": phone})["credentials"]


def test_staff_show_one_after_the_password_in_place_of_the_code(visit):  # G15
    page = visit(DESK)
    keeps_passkeys(page)
    sign_in(page, "tess@demo.invalid")
    page.wait_for_url("**/account/extra-code/**")
    assert not page.locator("[data-behaviour=passkey]").count()
    page.fill("main input[name=code]", authenticator_code())
    page.click("main form button >> nth=0")
    page.wait_for_url("**/work/**")
    page.goto("/nl/my/passkeys/")
    page.locator("form[action$='/passkeys/add/'] input[name=password]").fill(cast.PASSWORD)
    page.click("form[action$='/passkeys/add/'] button")
    expect(page.locator("form[action$='/passkeys/remove/']")).to_be_visible()
    sign_out(page)

    use_it(page)  # instead of the password: never
    expect(page.locator("main [role=alert]")).to_contain_text("past niet")
    sign_in(page, "tess@demo.invalid")
    page.wait_for_url("**/account/extra-code/**")
    page.click("main [data-behaviour=passkey] button")
    page.wait_for_url("**/work/**")


def test_without_a_script_it_says_so_and_the_password_works(visit):
    page = visit(javascript=False)
    page.goto("/nl/account/login/")
    expect(page.locator("noscript p").first).to_contain_text("Een passkey werkt nu niet")
    assert not page.locator("main [data-behaviour=passkey] button").is_visible()
    sign_in(page, "els@demo.invalid")
    page.goto("/nl/my/passkeys/")
    expect(page.locator("noscript p").first).to_contain_text("Je wachtwoord wel")


def test_by_its_number_the_portal_offers_none(visitor):
    page = visitor(PHONE)
    page.goto("/nl/account/login/")
    assert not page.locator("[data-behaviour=passkey]").count()
