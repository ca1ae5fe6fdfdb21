"""P1-P4, P6, P7: what a page costs the server, how often it asks the database, and what it weighs."""

import re
from secrets import token_hex

from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler

from groups.actions.messages import post_message
from groups.models import Conversation
from people.models import Account
from people.queries import actor_of
from resources.models import GuidancePage
from tests.faults import seeding

from .floor import handler
from .measure import Asker, Got, in_turns, statements
from .report import tell

STYLES = re.compile(r'<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"|<link[^>]+href="([^"]+)"[^>]+rel="stylesheet"')
SCRIPTS = re.compile(r'<script[^>]+src="([^"]+)"')


def conversation(length: int) -> tuple[str, str]:
    """The address of a conversation with so many messages, and the session of a member who reads it."""
    circle = seeding.circle(count=12, key=f"p-{length}-{token_hex(3)}")
    place = Conversation.objects.select_related("group").get(pk=circle["conversation"])
    for number in range(length):
        member = circle["members"][number % 12]
        account = Account.objects.select_related("person").get(person_id=member["person"])
        post_message(
            conversation=place,
            text=f"Dank je, dit hielp ons veel. We slapen beter sinds we dit lazen. {'Nog een regel. ' * (number % 9)}",
            key=f"seed-{number}-{length}",
            by=actor_of(account, second_factor=True),
        )
    return f"/nl/g/c/{place.pk}/", circle["members"][0]["session"]


def run(figures: set[str]) -> None:
    portal, floor = WSGIHandler(), handler()
    page, session = conversation(20)
    text = GuidancePage.objects.filter(live=True, locale__language_code="nl").order_by("pk").first().address
    member, anyone = Asker(portal, session), Asker(portal)
    floor_member, floor_anyone = Asker(floor, session), Asker(floor)
    below = text.partition("/nl/")[2]
    acts = {
        "conversation": lambda: _fine(member.ask(page)),
        "floor, signed in": lambda: _fine(floor_member.ask("/floor/signed-in")),
        "text": lambda: _fine(anyone.ask(text)),
        "text, signed in": lambda: _fine(member.ask(text)),
        "floor": lambda: _fine(floor_anyone.ask("/floor/stranger")),
        "bare Wagtail": lambda: _fine(floor_anyone.ask(f"/floor/page/{below}")),
    }
    if figures & {"P1", "P2", "P4"}:
        _costs(in_turns(acts), figures)
    if "P3" in figures:
        _questions(portal, member, page, anyone, text)
    if figures & {"P6", "P7"}:
        _weights({"text page": anyone.ask(text), "conversation": member.ask(page)}, anyone, figures)


def _fine(got: Got) -> Got:
    if got.status != 200:
        raise RuntimeError(f"A page that is measured answered {got.status}.")
    return got


def _costs(cost: dict[str, float], figures: set[str]) -> None:
    if "P1" in figures:
        floor = cost["floor, signed in"]
        against = f"CPU of a plain page of 10 KB with session and user, {floor:.1f} ms"
        tell("P1 conversation of 20 messages", cost["conversation"] / floor, "x", against)
    if "P2" in figures:
        tell("P2 text page, anonymous", cost["text"] / cost["floor"], "x", f"plain page, {cost['floor']:.1f} ms CPU")
        bare = cost["bare Wagtail"]
        tell("P2 text page, anonymous", cost["text"] / bare, "x", f"its row routed by Wagtail, {bare:.1f} ms; goal 2.5")
    if "P4" in figures:
        share = cost["text, signed in"] / cost["text"]
        tell("P4 text page, signed in", share, "x", "the same page anonymous; goal 1.3")


def _questions(portal: WSGIHandler, member: Asker, page: str, anyone: Asker, text: str) -> None:
    for length in (20, 50):
        address, session = (page, member) if length == 20 else conversation(50)
        reader = session if length == 20 else Asker(portal, session)
        _told(f"P3 conversation of {length} messages", lambda at=address, by=reader: by.ask(at), "goal 10 for a parent")
    cache.clear()
    _told("P3 text page, caches empty", lambda: anyone.ask(text), "goal 14", warm=False)
    _told("P3 text page, caches warm", lambda: anyone.ask(text), "goal 8")


def _told(name: str, act, goal: str, *, warm: bool = True) -> None:
    if warm:
        act()
    with statements() as seen:
        _fine(act())
    tell(name, len(seen), "statements", f"{goal}: {', '.join(seen)}")


def _weights(pages: dict[str, Got], anyone: Asker, figures: set[str]) -> None:
    for name, got in pages.items():
        html = _fine(got).body.decode()
        styles = {one or other for one, other in STYLES.findall(html)}
        scripts = set(SCRIPTS.findall(html))
        first = got.wire + sum(_fine(anyone.ask(at)).wire for at in styles)
        rest = sum(_fine(anyone.ask(at)).wire for at in scripts)
        count = 1 + len(styles) + len(scripts)
        if "P6" in figures:
            tell(f"P6 {name}, first visit", first + rest, "bytes gz", f"{count} requests; pictures not counted")
            tell(f"P6 {name}, scripts", rest, "bytes gz", "goal 10,240")
        if "P7" in figures:
            tell(f"P7 {name}, page and styles", first, "bytes gz", "goal 14,600, one round trip")
