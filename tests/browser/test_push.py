"""Notices on a phone, in a real browser: asked for by a tap, always one sentence, gone with the way out (G34, G31).

The push service itself is out of reach: what it would hand to the browser is handed over by the browser's own tools.
"""

import pytest
from playwright.sync_api import expect

from portal.demo import cast
from tests.push_service import Browser

from .conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.db_free]  # the same script whatever the database

PAGE = "/my/contact/phone/"
SAYS = {"nl": "Er is iets nieuws voor jou.", "ar": "هناك جديد لكم."}
GIVES = """(told) => {
  window.subscribed = [];
  PushManager.prototype.getSubscription = async () => null;
  PushManager.prototype.subscribe = async (options) => {
    window.subscribed.push(options);
    return { toJSON: () => ({ endpoint: told.endpoint, keys: { p256dh: told.p256dh, auth: told.auth } }) };
  };
}"""
SHOWN = """async () => {
  const worker = await navigator.serviceWorker.getRegistration("/");
  const shown = await worker.getNotifications();
  return shown.map(({ title, body, tag, lang, dir, data, icon }) => ({ title, body, tag, lang, dir, data, icon }));
}"""
TAPPED = """async () => {
  const opened = [];
  self.clients.openWindow = async (address) => opened.push(address);
  const [notification] = await self.registration.getNotifications();
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
  while (!opened.length) await new Promise((done) => setTimeout(done, 20));
  return [opened, (await self.registration.getNotifications()).length];
}"""


@pytest.fixture
def own_phone(parent):
    """A page of a parent who just said that this phone is only hers."""

    def open_page(who: str, language: str, **options):
        page = parent(who, language, PHONE, **options)
        page.goto(f"/{language}/account/phone/")
        page.check("input[name=phone][value=own]")
        page.fill("input[name=password]", cast.PASSWORD)
        page.click("main form button")
        page.wait_for_url(lambda url: "/account/phone/" not in url)
        return page

    return open_page


def gives_notices(page) -> None:
    """The browser allows it, and names a push service that is known."""
    page.context.grant_permissions(["notifications"])
    told = Browser()
    given = {"endpoint": told.endpoint, "p256dh": told.p256dh, "auth": told.auth}
    page.add_init_script(f"({GIVES})({given!r})")


class PushesInto:
    """Hands the worker of this page what a push service would."""

    def __init__(self, page, base: str):
        self.page, self.base, self.ids = page, base, []
        self.ear = page.context.new_cdp_session(page)
        self.ear.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self.ear.send("ServiceWorker.enable")

    def _note(self, said) -> None:
        self.ids += [one["registrationId"] for one in said["registrations"] if not one["isDeleted"]]

    def push(self, data: str) -> None:
        while not self.ids:
            self.page.wait_for_timeout(20)
        asked = {"origin": self.base, "registrationId": self.ids[-1], "data": data}
        self.ear.send("ServiceWorker.deliverPushMessage", asked)


def shown(page, body: str) -> list[dict]:
    """What stands on the phone, once this sentence does."""
    for _ in range(100):
        found = page.evaluate(SHOWN)
        if [one["body"] for one in found] == [body]:
            return found
        page.wait_for_timeout(50)
    raise AssertionError(f"shown: {found}")


def test_a_notice_is_asked_for_by_a_tap_says_one_sentence_and_goes_with_the_way_out(portal, own_phone):
    page = own_phone("els@demo.invalid", "nl")
    gives_notices(page)
    page.goto(f"/nl{PAGE}")
    expect(page.get_by_text(SAYS["nl"])).to_be_visible()
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    assert page.evaluate("window.subscribed.length") == 0

    page.get_by_role("button", name="Ja, geef meldingen op deze gsm").click()
    expect(page.get_by_text("Meldingen staan aan op deze gsm.")).to_be_visible()
    asked = page.evaluate("window.subscribed")
    assert [one["userVisibleOnly"] for one in asked] == [True]
    assert len(asked[0]["applicationServerKey"]) == 87

    phone = PushesInto(page, portal.base)
    for data in ('{"t":"new"}', "Samira schreef in moeders", ""):
        phone.push(data)
        notice = shown(page, SAYS["nl"])[0]
        assert (notice["title"], notice["tag"], notice["lang"]) == ("Kring", "new", "nl")
        assert notice["data"] is None
        assert notice["icon"].startswith(f"{portal.base}/static/portal/img/app-192")

    page.goto("/ar/my/")
    page.wait_for_function("caches.match('/language').then((kept) => kept.text()).then((code) => code === 'ar')")
    phone.push("x")
    assert shown(page, SAYS["ar"])[0]["dir"] == "rtl"
    worker = page.context.service_workers[0]
    assert worker.evaluate(TAPPED) == [["/"], 0]

    page.click("a.exit")
    page.wait_for_url(portal.neutral)
    page.goto("/nl/")
    left = "Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()]).then((all) => all.flat().length)"
    assert page.evaluate(left) == 0


def test_it_can_be_stopped_on_the_same_page(portal, own_phone):
    page = own_phone("els@demo.invalid", "ar")
    gives_notices(page)
    page.goto(f"/ar{PAGE}")
    page.locator("form[data-behaviour=push] button").click()
    page.locator("form[data-on] button").click()
    expect(page.locator("form[data-behaviour=push]:not([data-on]) [data-when=ready] button")).to_be_visible()


def test_a_phone_that_says_no_is_told_so_without_blame(own_phone):
    page = own_phone("els@demo.invalid", "nl")
    page.context.grant_permissions(["geolocation"])  # and with that no other
    page.goto(f"/nl{PAGE}")
    expect(page.locator("[data-when=denied]")).to_be_visible()
    assert page.locator("form[data-behaviour=push] [data-when]:visible").count() == 1


def test_without_a_script_the_page_explains(own_phone):
    page = own_phone("els@demo.invalid", "nl", javascript=False)
    page.goto(f"/nl{PAGE}")
    expect(page.get_by_text(SAYS["nl"])).to_be_visible()
    expect(page.locator("[data-when=script]")).to_be_visible()
    assert page.locator("form[data-behaviour=push] button:visible").count() == 0


def test_a_phone_that_others_use_is_not_asked(parent):
    page = parent("els@demo.invalid", "nl", PHONE)
    page.goto(f"/nl{PAGE}")
    expect(page.get_by_text("anderen deze gsm ook gebruiken")).to_be_visible()
    assert page.locator("form[data-behaviour=push]").count() == 0


HAS = """(address) => {
  PushManager.prototype.getSubscription = async () => ({ endpoint: address, unsubscribe: async () => true });
}"""


def test_an_address_that_the_browser_changed_by_itself_is_told_by_the_next_page(own_phone):
    page = own_phone("els@demo.invalid", "nl")
    sent = []
    page.on("request", lambda asked: sent.append(asked.post_data) if asked.method == "POST" else None)
    gives_notices(page)
    page.goto("/nl/my/")
    assert page.locator("form[data-mark]").count() == 0  # nothing was switched on
    page.goto(f"/nl{PAGE}")
    page.locator("form[data-behaviour=push] button").click()
    expect(page.locator("form[data-on]")).to_be_visible()
    page.add_init_script(f"({HAS})({Browser().endpoint!r})")
    sent.clear()
    page.goto("/nl/my/", wait_until="networkidle")
    assert sent == []
    page.add_init_script(f"({HAS})('https://fcm.googleapis.com/fcm/send/another')")
    with page.expect_response(lambda answer: answer.request.method == "POST") as told:
        page.goto("/nl/my/")
    assert told.value.status == 302
    assert len(sent) == 1
    assert "updates.push.services.mozilla.com" in sent[0]
    page.goto(f"/nl{PAGE}")
    expect(page.locator("form[data-on]")).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("form[data-on] button").click()
    page.goto("/nl/my/")
    assert page.locator("form[data-mark]").count() == 0
