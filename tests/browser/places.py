"""Every type of page a person can come to, by audience, and people who are signed in once for many of them."""

import re
from datetime import date, timedelta

from .conftest import DESK, PHONE, sign_in

LANGUAGES = ("nl", "ar")
PARENTS = {"amina": "amina@demo.invalid", "els": "els@demo.invalid", "karim": "karim@demo.invalid"}


class Faults(list):
    """Collects what is wrong on many pages and tells it all at once."""

    def must(self, is_right: bool, says: str) -> None:
        if not is_right:
            self.append(says)

    def told(self) -> None:
        assert not self, f"{len(self)} faults:\n" + "\n".join(self)


def public_places(page, language: str) -> dict[str, str]:
    """The types of public and account pages, with an address of each in this language."""
    page.goto(f"/{language}/read/")
    guidance = re.findall(rf'href="(/{language}/[^/"]+/[^/"]+/)"', page.content())
    guidance = next(one for one in guidance if not re.search(r"/(page|account|help|my)/", one))
    start = f"/{language}"
    return {
        "home": f"{start}/",
        "read": f"{start}/read/",
        "topic": guidance.rsplit("/", 2)[0] + "/",
        "guidance": guidance,
        "on paper": f"{guidance}?print",
        "help": f"{start}/help/",
        "help for a wish": f"{start}/help/?need=talk",
        "one service": f"{start}/help/awel/",
        "search": f"{start}/search/",
        "search, found": f"{start}/search/?q={'kind' if language == 'nl' else 'طفل'}",
        "search, nothing": f"{start}/search/?q=zzzzzz",
        "info": f"{start}/page/about/",
        "privacy": f"{start}/page/data/",
        "shared phone": f"{start}/page/phone/",
        "accessible": f"{start}/page/accessibility/",
        "talk with parents": f"{start}/page/talk/",
        "for professionals": f"{start}/page/professionals/",
        "all components": f"{start}/components/",
        "sign in": f"{start}/account/login/",
        "sign-in trouble": f"{start}/account/recovery/",
        "invitation code": f"{start}/account/invitation/",
        "code on paper": f"{start}/account/new-way-in/",
        "all is deleted": f"{start}/account/data/gone/",
        "no more e-mail": f"{start}/account/stop/{'x' * 54}/",
        "how it looks": f"{start}/account/look/",
        "offline": f"{start}/offline/",
        "not there": f"{start}/not-a-page/",
    }


def member_places(page, portal, language: str) -> dict[str, str]:
    """The types of a parent's pages, with an address of each; `page` is amina's, who has a message that waits."""
    start = f"/{language}"
    group = portal.groups["ouders"].replace("/nl/", f"{start}/")
    talk = conversation_of(page, portal, language)
    page.goto(talk)
    message = page.locator("ol.talk a[href*='/g/m/']").first.get_attribute("href")
    page.goto(f"{start}/my/around/")
    around = page.locator("main a[href*='/my/around/'][href$='/leave/']").first.get_attribute("href")
    return {
        "my space": f"{start}/my/",
        "my groups": f"{start}/my/groups/",
        "group": group,
        "conversation": talk,
        "one message": message,
        "told the team": f"{message}told/",
        "rules": f"{group}rules/",
        "my name here": f"{group}name/",
        "leave": f"{group}leave/",
        "contact needs": f"{start}/my/contact/",
        "safe-contact card": f"{start}/my/contact/card/",
        "please contact me": f"{start}/my/contact/ask/",
        "what we sent": f"{start}/my/contact/sent/",
        "notice on this phone": f"{start}/my/contact/phone/",
        "who is around me": f"{start}/my/around/",
        "another contact person": f"{start}/my/around/choose/",
        "no longer around me": around,
        "contacts written down": f"{start}/my/contacts/",
        "notices": f"{start}/my/notices/",
        "who looked": f"{start}/my/looked/",
        "devices": f"{start}/my/devices/",
        "phone": f"{start}/account/phone/",
        "passkeys": f"{start}/my/passkeys/",
        "PIN": f"{start}/account/pin/",
        "password": f"{start}/account/password/",
        "e-mail": f"{start}/account/email/",
        "my data": f"{start}/account/data/",
        "delete everything": f"{start}/account/data/delete/",
        "sign out": f"{start}/account/logout/",
        "hidden": f"{start}/g/aaaaaaaaaaaaaaaaaaaaaa/",
    }


def conversation_of(page, portal, language: str, group: str = "ouders", subject: str = "Wat zeggen jullie") -> str:
    """The address of a conversation of a demo group, as a member or facilitator finds it."""
    page.goto(portal.groups[group].replace("/nl/", f"/{language}/"))
    return page.locator("main a[href*='/g/c/']", has_text=subject).first.get_attribute("href")


def staff_places(page, portal, language: str) -> dict[str, str]:
    """The types of a facilitator's pages, with an address of each. Leaves one invitation open."""
    start = f"/{language}/work"
    desk = portal.groups["ouders"].replace("/nl/g/", f"{start}/groups/")
    page.goto(desk)
    member = page.locator("main a[href*='/work/members/']").first.get_attribute("href")
    card = page.locator("main a[href*='/work/invitations/']")
    if not card.count():
        invite(page, desk, language)
        page.goto(desk)
    card = card.first.get_attribute("href")
    talk = conversation_of(page, portal, language)
    page.goto(talk)
    take_away = page.locator("main a[href*='/take-away/']").first.get_attribute("href")
    page.goto(member)
    parent = page.locator("main a[href$='/danger/']").first.get_attribute("href").removesuffix("danger/")
    page.goto(parent)
    moment = page.locator("main a[href*='/outreach/moments/']").first.get_attribute("href")
    sooner = days_away(page, language)
    said_no = by_phone(page, language)
    page.goto(f"{start}/outreach/rounds/")
    proposed, under_way = (
        page.locator("main li", has=page.locator(f".badge{kind}")).locator("a").first.get_attribute("href")
        for kind in (":not(.badge--lamp):not(.badge--calm)", ".badge--lamp")
    )
    page.goto(proposed)
    line = page.locator("main a[href*='/rounds/lines/']").first.get_attribute("href")
    return {
        "acute danger": f"{parent}danger/",
        "a word": f"{parent}word/",
        "needs by phone": f"{parent}needs/",
        "card by phone": f"{parent}needs/safe/",
        "newcomer": f"{start}/outreach/newcomer/",
        "rounds": f"{start}/outreach/rounds/",
        "start a round": f"{start}/outreach/rounds/start/",
        "round, proposed": proposed,
        "round, one line": line,
        "round, under way": under_way,
        "round, hand over": f"{under_way}hand-over/",
        "round, close": f"{under_way}close/",
        "today": f"{start}/",
        "queue": f"{start}/reviews/",
        "contact today": f"{start}/outreach/",
        "one parent": parent,
        "days away": f"{start}/outreach/me/",
        "back sooner": sooner,
        "a contact put right": moment,
        "on duty": f"{desk.replace('/groups/', '/outreach/duty/')}",
        "around one parent": f"{parent}around/",
        "a parent said no": said_no,
        "what was sent to a parent": f"{parent}sent/",
        "groups": f"{start}/groups/",
        "group desk": desk,
        "invite": f"{desk}invite/",
        "card": card,
        "member": member,
        "keep apart": f"{member}others/",
        "one household": f"{member}home/",
        "conversation, team": talk,
        "take away": take_away,
        "announce": f"{desk}announce/",
        "start a conversation": f"{desk}start/",
        "mode": f"{desk}mode/",
        "hours": f"{desk}hours/",
        "devices of staff": f"/{language}/my/devices/",
        "passkeys of staff": f"/{language}/my/passkeys/",
    }


def days_away(page, language: str) -> str:
    """Where an absence of this member of staff is made shorter. Writes one down when there is none yet."""
    own = f"/{language}/work/outreach/me/"
    page.goto(own)
    sooner = page.locator("main a[href*='/outreach/leave/']")
    if not sooner.count():
        for name, days in (("first_day", 200), ("last_day", 210)):
            page.fill(f"input[name={name}]", (date.today() + timedelta(days=days)).isoformat())
        page.locator(f"main form[action='{own}'] button").first.click()
        page.goto(own)
    return sooner.first.get_attribute("href")


def by_phone(page, language: str) -> str:
    """Where the no of a parent without an account is written down. Adds such a parent when there is none yet."""
    desk = f"/{language}/work/outreach/"
    page.goto(desk)
    known = page.locator("main a", has_text="Zineb")
    if known.count():
        page.goto(known.first.get_attribute("href"))
    else:
        page.goto(f"{desk}newcomer/")
        page.fill("input[name=name]", "Zineb")
        page.check("input[name=language][value=ar]")
        page.check("input[name=agreed]")
        page.locator("main form button").first.click()
        page.wait_for_url("**/needs/")
    page.goto(page.url.partition("?")[0].removesuffix("needs/") + "around/")
    return page.locator("main a[href$='/no/']").first.get_attribute("href")


def invite(page, desk: str, language: str) -> str:
    """Makes an invitation on the desk of a group, and returns the link that stands beside the card."""
    page.goto(f"{desk}invite/")
    choice = page.locator(f"input[name=language][value={language}]")
    if choice.count():
        choice.check()
    page.locator("main form button").first.click()
    page.wait_for_url("**/card/")
    return page.locator("[data-behaviour=copy] > :first-child").inner_text().strip()


def coordinator_places(page, portal, language: str) -> dict[str, str]:
    """The types of a coordinator's pages: groups and who accompanies them, and the team."""
    start = f"/{language}/work"
    setup = portal.groups["ouders"].replace("/nl/g/", f"{start}/groups/")
    page.goto(f"{start}/staff/")
    colleague = page.locator("main a[href*='/work/staff/']", has_text="Sofie").first.get_attribute("href")
    return {
        "today, coordinator": f"{start}/",
        "groups, coordinator": f"{start}/groups/",
        "make a group": f"{start}/groups/make/",
        "group, who accompanies": f"{setup}setup/",
        "group, close": f"{setup}close/",
        "team": f"{start}/staff/",
        "who takes over": f"{start}/staff/take-over/",
        "colleague": colleague,
        "notices, coordinator": f"/{language}/my/notices/",
    }


def known_parent(visitor, portal, who: str, language: str = "nl", size=PHONE, **options):
    """A page of a demo parent who signed in before in this run; signs in where that is over."""
    page = visitor(size, signed_in_as=who, **options)
    page.goto(f"/{language}/my/")
    if "/my/" not in page.url:
        sign_in(page, language, PARENTS[who])
        portal.cookies[who] = page.context.cookies()
    return page


def private_words(page) -> list[str]:
    """What nobody may see after leaving: each line of a private page that is not a word of the interface."""
    lines = page.locator("main .words, main bdi").all_inner_texts()
    return sorted({line.strip() for text in lines for line in text.splitlines() if len(line.strip()) > 3})


__all__ = [
    "DESK",
    "LANGUAGES",
    "PHONE",
    "Faults",
    "conversation_of",
    "coordinator_places",
    "invite",
    "known_parent",
    "member_places",
    "private_words",
    "public_places",
    "staff_places",
]
