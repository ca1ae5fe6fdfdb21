"""Who comes where: every role, and those who are still on their way in, each from page to page.

A walk yields `(kind, page)` each time the page stands somewhere new: at an address, at a step that only the step
before leads to, or at the answer to a button. What a walk leaves behind stays in the portal of this run.
"""

import re
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page

from portal.demo import cast

from .conftest import Portal, authenticator_code
from .places import (
    DESK,
    PHONE,
    conversation_of,
    coordinator_places,
    invite,
    known_parent,
    member_places,
    public_places,
    staff_places,
)

Stops = Iterator[tuple[str, Page]]
PASSWORD = "rivier-steen-appel-wolk"
SENT_ON = ("/page/",)  # fixed addresses that lead on to the page in the words of the language


@dataclass(frozen=True)
class Walker:
    """Opens pages of this run's portal, as `visitor` and `colleague` of conftest do."""

    portal: Portal
    visitor: Callable[..., Page]
    colleague: Callable[..., Page]
    language: str
    options: dict

    def stranger(self, size=PHONE) -> Page:
        return self.visitor(size, **self.options)

    def parent(self, who: str) -> Page:
        return known_parent(self.visitor, self.portal, who, self.language, **self.options)

    def staff(self, who: str) -> Page:
        return self.colleague(who, DESK, **self.options)


def go(page: Page, address: str) -> None:
    """Opens an address, and stands there: who is sent elsewhere has not seen that page."""
    page.goto(address)
    here = urlsplit(page.url).path
    assert here == urlsplit(address).path or any(one in address for one in SENT_ON), f"{address} leads to {here}"


def press(page: Page, button: str = "main form button", *, to: str = "**") -> None:
    with page.expect_navigation(url=to):
        page.locator(button).first.click()


def through(page: Page, places: dict[str, str]) -> Stops:
    for kind, address in places.items():
        go(page, address)
        yield kind, page


def anyone(walker: Walker) -> Stops:
    page = walker.stranger()
    yield from through(page, public_places(page, walker.language))


def parent(walker: Walker) -> Stops:
    page = walker.parent("amina")
    yield from through(page, member_places(page, walker.portal, walker.language))


def parent_written_to(walker: Walker) -> Stops:
    """Who got a word of the team, one message past her wish, and a message of her own back to change."""
    word, danger = _written_to_els(walker)
    page, start = walker.parent("els"), f"/{walker.language}/my"
    go(page, conversation_of(page, walker.portal, walker.language))
    change = page.locator("#own a[href*='/change/']").first.get_attribute("href")
    places = {"word": f"{start}/words/{word}/", "urgent": f"{start}/urgent/{danger}/", "change": change}
    yield from through(page, places)


def parent_who_locked(walker: Walker) -> Stops:
    """An own phone after fifteen quiet minutes: with a PIN, and without one."""
    for who, kind in (("amina", "locked"), ("karim", "locked, no PIN")):
        page = walker.stranger()
        page.goto(f"/{walker.language}/account/login/")
        page.fill("input[name=login]", f"{who}@demo.invalid")
        page.fill("input[name=password]", cast.PASSWORD)
        page.uncheck("input[name=shared]")
        press(page)
        page.goto(f"/{walker.language}/my/")
        page.evaluate("""() => {
          const {activityUrl, token} = document.querySelector("[data-behaviour=watch]").dataset;
          return fetch(activityUrl, {method: "POST", body: new URLSearchParams({state: "gone"}), headers: {"X-CSRFToken": token}});
        }""")
        go(page, f"/{walker.language}/account/unlock/")
        yield kind, page
        page.context.close()


def newcomer(walker: Walker) -> Stops:
    """From the link of an invitation to the own card; then in again with a code on paper."""
    sofie = walker.staff("sofie")
    desk = walker.portal.groups["ouders"].replace("/nl/g/", f"/{walker.language}/work/groups/")
    page, name = walker.stranger(), f"Roos{secrets.token_hex(3)}"
    go(page, urlsplit(invite(sofie, desk, walker.language)).path)
    yield "invitation", page
    press(page, to="**/phone/")
    yield "invitation, phone", page
    press(page, to="**/name/")
    yield "invitation, name", page
    page.fill("input[name=pseudonym]", name)
    page.fill("input[name=password]", PASSWORD)
    press(page, "main form button:not([type=button])", to="**/card/")
    yield "invitation, card", page
    sofie.goto(desk)
    press(sofie, f"main li:has-text('{name}') form[action$='/admit/'] button")
    sofie.goto(desk)
    press(sofie, f"main a[href*='/work/members/']:has-text('{name}')")
    press(sofie, "form[action$='/way-in/'] button")
    yield "new way in, on paper", sofie
    code = sofie.locator("main .lead b").inner_text()
    page.context.clear_cookies(name="kring")
    go(page, f"/{walker.language}/account/new-way-in/")
    yield "new way in", page
    page.fill("input[name=code]", code)
    page.fill("input[name=password]", f"{PASSWORD}-{secrets.token_hex(2)}")
    press(page, "main form button:not([type=button])", to="**/read/")
    yield "new way in, read", page


def who_forgot(walker: Walker) -> Stops:
    """The password is gone: the name, the code of the mail, a new password. It stays as it was."""
    page, who = walker.stranger(), _next_of(walker.portal, ("els", "karim", "amina"))  # three codes an hour for each
    go(page, f"/{walker.language}/account/recovery/")
    page.fill("input[name=login]", f"{who}@demo.invalid")
    began = time.time()
    press(page, to="**/recovery/code/")
    yield "recovery, code", page
    page.fill("input[name=code]", _code_of_mail(walker.portal, who, began))
    press(page, to="**/recovery/password/")
    yield "recovery, password", page


def parent_with_another_address(walker: Walker) -> Stops:
    """Up to the code that shows whose the mailbox is; her own address stays."""
    page = walker.parent("els")
    go(page, f"/{walker.language}/account/email/")
    page.fill("input[name=email]", f"els-{secrets.token_hex(3)}@demo.invalid")
    page.fill("input[name=password]", cast.PASSWORD)
    press(page, "main form button:not([type=button])", to="**/email/code/")
    yield "another address, code", page


def new_colleague(walker: Walker) -> Stops:
    """From the list of the team and the link of the invitation to the codes on paper."""
    marc, page = walker.staff("marc"), walker.stranger(DESK)
    go(marc, f"/{walker.language}/work/staff/")
    marc.select_option("select[name=role]", "partner")
    marc.fill("form[action$='/invite/'] input[name=name]", "Wout")
    marc.fill("input[name=email]", f"wout-{secrets.token_hex(3)}@demo.invalid")
    press(marc, "form[action$='/invite/'] button")
    yield "colleague invited", marc
    go(page, urlsplit(marc.locator("[data-behaviour=copy] > :first-child").inner_text().strip()).path)
    yield "invitation of a colleague", page
    page.fill("input[name=password]", PASSWORD)
    press(page, "main form button:not([type=button])", to="**/extra-code/app/")
    yield "extra code, set up", page
    page.locator("main details summary").first.click()
    page.fill("input[name=code]", authenticator_code(page.locator(".copy__what").inner_text().strip()))
    press(page)
    yield "codes on paper", page


def colleague_half_in(walker: Walker) -> Stops:
    page = walker.stranger(DESK)
    sign_in_first_step(page, walker.language, "sofie@demo.invalid")
    yield "extra code", page


def facilitator(walker: Walker) -> Stops:
    page = walker.staff("sofie")
    yield from through(page, staff_places(page, walker.portal, walker.language))
    word, danger = _written_to_els(walker)
    start = f"/{walker.language}/work/outreach"
    places = {"a word, written": f"{start}/words/{word}/", "danger, decided": f"{start}/danger/{danger}/"}
    yield from through(page, places)
    page.goto(f"{start}/")
    press(page, "main .call a", to="**/work/outreach/*/")
    page.locator("details.safe summary").click()
    page.locator("details.safe button").click()
    page.locator("main a[href^='tel:+']").wait_for()
    yield "card of a parent, opened", page


def moderator(walker: Walker) -> Stops:
    """Who has the duty, with a message in hand that goes back to the queue afterwards."""
    page, start = walker.staff("youssef"), f"/{walker.language}/work"
    yield from through(page, {"today, moderator": f"{start}/", "queue, moderator": f"{start}/reviews/"})
    press(page, "button[form=claims]", to="**/work/reviews/**")
    address = page.url
    yield "review", page
    go(page, address)
    press(page, "button[formaction$='/release/']", to="**/work/reviews/")


def coordinator(walker: Walker) -> Stops:
    page = walker.staff("marc")
    yield from through(page, coordinator_places(page, walker.portal, walker.language))


def administrator(walker: Walker) -> Stops:
    page, start = walker.staff("tess"), f"/{walker.language}/work"
    yield from through(page, {"today, administrator": f"{start}/", "team, administrator": f"{start}/staff/"})
    press(page, "main a[href*='/work/staff/']:has-text('Sofie')")
    yield "colleague, administrator", page


def editor(walker: Walker) -> Stops:
    yield from _first_pages(walker, "lien", "editor")


def partner(walker: Walker) -> Stops:
    yield from _first_pages(walker, "nora", "partner")


WALKS: dict[str, Callable[[Walker], Stops]] = {
    walk.__name__: walk
    for walk in (
        anyone,
        parent,
        parent_written_to,
        parent_who_locked,
        newcomer,
        who_forgot,
        parent_with_another_address,
        new_colleague,
        colleague_half_in,
        facilitator,
        moderator,
        coordinator,
        administrator,
        editor,
        partner,
    )
}


def walk(who: str, portal: Portal, visitor, colleague, language: str, **options) -> Stops:
    """Walks, and leaves behind at which addresses it stood, so that a run need not walk twice to know them all."""
    stood = set()
    for kind, page in WALKS[who](Walker(portal, visitor, colleague, language, options)):
        stood.add(re.sub(rf"^/{language}/", "/nl/", urlsplit(page.url).path))
        yield kind, page
    portal.walked[who] = stood


def _first_pages(walker: Walker, who: str, role: str) -> Stops:
    start = f"/{walker.language}"
    places = {f"today, {role}": f"{start}/work/", f"notices, {role}": f"{start}/my/notices/"}
    yield from through(walker.staff(who), places)


def sign_in_first_step(page: Page, language: str, who: str) -> None:
    page.goto(f"/{language}/account/login/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", cast.PASSWORD)
    press(page)


def _written_to_els(walker: Walker) -> tuple[str, str]:
    """A word that sofie wrote to els and a danger that two decided, once a run: the ids of word and danger."""
    known = walker.portal.left_behind
    if "word" not in known:
        sofie = walker.staff("sofie")
        sofie.goto(walker.portal.groups["ouders"].replace("/g/", "/work/groups/"))
        press(sofie, "main a[href*='/work/members/']:has-text('Anna')")
        danger = sofie.locator("main a[href$='/danger/']").first.get_attribute("href")
        go(sofie, danger.replace("/danger/", "/word/"))
        sofie.fill("textarea[name=text]", "Ik denk aan je.")
        press(sofie)
        known["word"] = _id_in(sofie.url)
        go(sofie, danger)
        sofie.locator("main input[name=danger]").first.check()
        sofie.fill("textarea[name=because]", "Een oefening.")
        press(sofie, to="**/outreach/danger/**")
        youssef = walker.staff("youssef")
        youssef.goto(sofie.url)
        press(youssef, "form[action$='/confirm/'] button")
        known["danger"] = _id_in(sofie.url)
    return known["word"], known["danger"]


def _next_of(portal: Portal, names: tuple[str, ...]) -> str:
    turn = int(portal.left_behind.get("turn", "0"))
    portal.left_behind["turn"] = str(turn + 1)
    return names[turn % len(names)]


def _id_in(url: str) -> str:
    return re.search(r"/([\w-]{22})/", url)[1]


def _code_of_mail(portal: Portal, who: str, since: float) -> str:
    """The eight digits of the mail that was just sent to this person."""
    for _ in range(300):
        for mail in (portal.data / "mail").glob("*"):
            text = mail.read_text(errors="replace")
            found = re.search(r"(?<!\d)(\d{4}) ?(\d{4})(?!\d)", text.partition("\n\n")[2])
            if mail.stat().st_mtime >= since - 1 and f"{who}@demo.invalid" in text and found:
                return "".join(found.groups())
        time.sleep(0.1)
    raise AssertionError(f"no code came for {who} in half a minute")
