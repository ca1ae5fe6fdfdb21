"""People and wishes for the tests of outreach, made as plain as the models allow; wishes are set by the action."""

import importlib
from datetime import UTC, datetime, time

import pytest
from django.db import connection
from django.urls import resolve, reverse
from django.utils import translation

from outreach import circles
from outreach.actions.needs import set_needs
from outreach.actions.newcomers import add_newcomer
from outreach.vocabulary import Channel
from outreach.wish import QuietHours
from people import relations
from people.actor import Actor
from people.models import Account, Person
from people.vocabulary import Rhythm, Role
from tests.push_service import PushService

NOON = datetime(2026, 11, 3, 11, 0, tzinfo=UTC)  # Tuesday, 12:00 in Brussels
BEFORE = datetime(2026, 1, 1, tzinfo=UTC)


def make_parent(number: int = 1, *, email: str | None = "", language: str = "nl", **fields) -> Person:
    person = Person.objects.create(language=language, created_at=BEFORE, **fields)
    address = f"parent{number}@example.org" if email == "" else email
    Account.objects.create(person=person, sign_in_name=f"een-twee-{number}", email=address, created_at=BEFORE)
    return person


def actor(person: Person) -> Actor:
    return Actor(person_id=person.pk, account_id=person.account.pk, roles=frozenset({Role.PARENT}), language="nl")


def wants(
    person: Person, rhythm: Rhythm = Rhythm.OFTEN, *, by_email: bool = True, quiet=(), now=BEFORE, **more
) -> None:
    """The whole wish: what is not given is as if it was never chosen."""
    hours = tuple(QuietHours(*span) for span in quiet)
    ways = (Channel.EMAIL,) if by_email else ()
    wish = {"channels": ways, "quiet_hours": hours, "rhythm": rhythm, **more}
    set_needs(person_id=person.pk, by=actor(person), now=now, **wish)


@pytest.fixture
def parent(db) -> Person:
    """A parent with an address who wants to hear often, also by e-mail."""
    person = make_parent()
    wants(person)
    return person


@pytest.fixture
def noon_and_no_groups(monkeypatch):
    """It is noon, and nobody accompanies anybody through a group: only who stands around whom counts."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    monkeypatch.setitem(relations._RELATIONS, "accompanies", [])
    monkeypatch.setitem(relations._RELATIONS, "accompanied by", [])


@pytest.fixture
def outbox(monkeypatch):
    """What would have been handed to the mail server, as (address, text, message_id)."""
    sent: list = []
    monkeypatch.setattr(
        "outreach.channels.email.send",
        lambda *, address, text, message_id, unsubscribe_url: sent.append((address, text, message_id)),
    )
    return sent


QUIET_NIGHT = {"quiet": [(time(20), time(8))]}


@pytest.fixture
def lasting(transactional_db):
    """A database that threads share. Audit rows refuse to go, so the tables are emptied with their triggers lifted."""
    yield
    history = importlib.import_module("audit.migrations.0002_append_only")
    with connection.cursor() as cursor:
        for table in history.TABLES:
            for verb in ("update", "delete"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {table}_no_{verb}{on}")
            cursor.execute(f"DELETE FROM {table}")
        for table in history.TABLES:
            for statement in history.statements(connection.vendor, table):
                cursor.execute(statement)


@pytest.fixture
def service():
    """A push service on this computer."""
    with PushService() as running:
        yield running


@pytest.fixture
def another():
    with PushService() as running:
        yield running


@pytest.fixture
def visit(rf):
    """Asks a page as a person, past the middleware that finds out who that is."""

    def ask(person, name, data=None, *, language="en", actor_is=None, query=None, **ids):
        with translation.override(language):
            address = reverse(name, kwargs=ids)
            request = rf.post(address, data) if data is not None else rf.get(address, query)
            request.actor = actor_is or actor(person)
            request.user = person.account
            request.sign_in = None
            request.LANGUAGE_CODE = language
            found = resolve(address)
            answer = found.func(request, **found.kwargs)
            if hasattr(answer, "render"):
                answer.render()
            return answer

    return ask


@pytest.fixture
def sofie(db):
    """A colleague who accompanies parents."""
    from .company import colleague

    return colleague("Sofie")


@pytest.fixture
def hanne(db):
    """Another one."""
    from .company import colleague

    return colleague("Hanne")


@pytest.fixture
def zineb(sofie):
    """She has no account; only Sofie knows her."""
    from .company import facilitator

    return add_newcomer(name="Zineb", language="ar", by=facilitator(sofie), now=BEFORE)


@pytest.fixture
def marc(db):
    """A coordinator."""
    from .company import facilitator, make_facilitator

    return facilitator(make_facilitator("Marc"), Role.COORDINATOR)


@pytest.fixture
def clock_at_noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def quiet(db) -> Person:
    """A parent with an address who wants quiet."""
    parent = make_parent(1)
    wants(parent, Rhythm.QUIET)
    return parent


@pytest.fixture
def team(quiet, monkeypatch) -> dict[str, Actor]:
    """Sofie and Youssef accompany the parent, Bram is on duty, Karel accompanies somebody else."""
    from .danger import hired

    team = {
        "sofie": hired("Sofie", Role.FACILITATOR),
        "youssef": hired("Youssef", Role.FACILITATOR),
        "bram": hired("Bram", Role.MODERATOR),
        "karel": hired("Karel", Role.FACILITATOR),
    }
    near = {team["sofie"].person_id, team["youssef"].person_id}
    monkeypatch.setattr(relations, "_RELATIONS", {"accompanies": [lambda who: {quiet.pk} if who in near else set()]})
    source = circles.Source(
        of=lambda actor: [],
        teams=lambda actor: [],
        names_for=lambda actor, ids: {},
        staff_of=lambda ids, seen_by="": {one: near for one in ids if one == quiet.pk},
    )
    monkeypatch.setattr(circles, "_SOURCES", [source])
    return team
