"""Words in every private text there is, past every form, and the pages on which people meet them. Runs where Django
runs.
"""

import json
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from groups.models import Conversation, Draft, Group, Membership, Message
from groups.vocabulary import MessageStatus
from moderation.actions import reports
from moderation.models import Review
from outreach.actions import rounds
from outreach.models.occasion import OccasionKind
from outreach.wish import HardDay, hard_days_to
from people.models import Account
from people.own_words import one_line
from people.vocabulary import Role
from portal.demo.world import World
from tests.access.addresses import every_address, example_for, examples
from tests.access.canaries import AS_THEY_ARE, private_fields
from tests.access.happenings import PLACE, things_happen
from tests.worlds import Town

from .seeding import circle, session

__all__ = ["circle", "fields", "pages", "prepare", "session", "strew"]

PEOPLE = {
    Role.PARENT: "amina",
    Role.FACILITATOR: "sofie",
    Role.MODERATOR: "youssef",
    Role.COORDINATOR: "marc",
    Role.TECHNICAL_ADMINISTRATOR: "tess",
}
KEPT_APART, HARD_DAYS = "people.KeepApart.details", "people.ContactNeeds.hard_days"
# What never holds words of a person: the portal fills it, or its form lets nothing through but one kind of sign.
NO_WORDS = {
    "audit.AuditEntry.because": "no page shows it",
    "moderation.Decision.words": "no page shows it: its author reads it on the message, as note or reason",
    "outreach.SafeContact.phone": "only a number passes",
    **dict.fromkeys(AS_THEY_ARE - {KEPT_APART, HARD_DAYS, "audit.AuditEntry.because"}, "the portal fills it"),
}
# Names stand in sentences: the forms take away what would turn them, and so it is done here.
NAMES = {"groups.Group.name", "groups.Membership.pseudonym", "people.Person.name"}
HERE: dict = {}  # two reviews of the town and an example of each address, from before its words are written over


def fields() -> list[str]:
    """Every private text that words of a person can stand in. A new one is among them by itself."""
    return sorted(set(private_fields()) - set(NO_WORDS))


def prepare() -> dict[str, str]:
    """Makes what the demo town has not: a draft, something told, taken away, a round that ended. Gives sessions."""
    town = _town()
    amina, sofie = town.actor(Role.PARENT), town.actor(Role.FACILITATOR)
    things_happen(town)
    place = town.world.conversations[PLACE]
    Draft.objects.create(author_id=amina.person_id, conversation=place, text="…", changed_at=timezone.now())
    other = Message.objects.filter(
        conversation=place, status=MessageStatus.PUBLISHED, author_id=town.world.person_id("els")
    )
    reports.tell_team(kind="message", subject_id=other[0].pk, team_id=place.group_id, by=amina, words="…")
    values = examples(town)
    told = Review.objects.get(subject_id=other[0].pk, settled_at__isnull=True).pk
    HERE.update(reviews=[values["review_id"], told], addresses=_addresses(town, values))
    one = rounds.start_round(kind=OccasionKind.TRIAL, day=timezone.localdate(), title="Een zitting", by=sofie)
    rounds.close_round(one=rounds.confirm_round(one=one, by=sofie) or one, note="…", by=sofie)
    apart = Membership.objects.get(group_id=place.group_id, person_id=town.world.person_id("els"))
    with translation.override("nl"):
        HERE["addresses"] += [
            reverse("work:round", args=[one.pk]),
            reverse("work:review", args=[told]),
            reverse("work:apart", args=[apart.pk]),
        ]
    return {key: session(key) for key in PEOPLE.values()}


def strew(words: str) -> list[str]:
    """The same words, behind the name of the field, into every row of every private text. Gives those without a row."""
    empty = []
    for place in fields():
        model, name = private_fields()[place]
        said = one_line(f"{place} {words}") if place in NAMES else f"{place}\n\n{words}"
        if not model.objects.exists():
            empty.append(place)
        elif place == KEPT_APART:
            for row in model.objects.all():
                model.objects.filter(pk=row.pk).update(details=json.dumps(json.loads(row.details) | {"because": said}))
        elif place == HARD_DAYS:
            model.objects.update(hard_days=hard_days_to((HardDay(timezone.localdate(), words=said),)))
        else:
            model.objects.update(**{name: said})
    return empty


def pages() -> list[list[str]]:
    """Who meets private texts at which addresses: `[key, address]` of every page that shows one of them."""
    found, names = [], fields()
    for role, key in PEOPLE.items():
        client = Client(headers={"host": urlsplit(settings.BASE_URL).netloc})
        client.cookies[settings.SESSION_COOKIE_NAME] = session(key)
        if role == Role.FACILITATOR:  # only who holds a message may decide about it
            for review in HERE["reviews"]:
                client.post(reverse("work:claim", args=[review]))
        for url in HERE["addresses"]:
            answer = client.get(url)
            is_page = answer.status_code == 200 and "html" in answer.headers.get("Content-Type", "")
            html = "" if not is_page or answer.streaming else answer.content.decode()
            if "<html" in html and any(name in html for name in names):
                found.append([key, url])
    return found


def _addresses(town: Town, values: dict[str, str]) -> list[str]:
    found = []
    with translation.override("nl"):
        for address in every_address():
            with suppress(NoReverseMatch, KeyError):
                found.append(reverse(address.name, kwargs=example_for(address, values, town)))
    return [url for url in found if url.startswith("/nl/")]


def _town() -> Town:
    accounts = {key: Account.objects.get(email=f"{key}@demo.invalid") for key in (*PEOPLE.values(), "els", "karim")}
    groups = {group.key: group for group in Group.objects.exclude(key=None)}
    talks = {talk.subject: talk for talk in Conversation.objects.select_related("group")}
    world = World(timezone.now(), accounts, groups, talks)
    return Town(world, {role: accounts[key] for role, key in PEOPLE.items()})
