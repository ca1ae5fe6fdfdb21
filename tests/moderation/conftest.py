"""Things to review without groups: a kind of their own, a team of two, parents, all lived through by actions."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from moderation import reviewables, teams
from moderation.actions import reviews
from moderation.screening import screen
from people.actor import Actor
from people.models import Account, Organisation, Person, RoleGrant
from people.policy import Refused
from people.vocabulary import Reason, Role
from vault.ids import new_id

NOON = datetime(2026, 11, 3, 11, 0, tzinfo=UTC)
TEAM, OTHER_TEAM = "t" * 22, "u" * 22


@dataclass
class Notes:
    """A kind of thing with a status of its own: it keeps what was decided, as groups does with messages."""

    kind: str = "note"
    things: dict = field(default_factory=dict)
    heard: list = field(default_factory=list)

    def add(self, text, author_id, *, team_id=TEAM, language="nl", status="held"):
        thing_id = new_id()
        self.things[thing_id] = {
            "text": text,
            "author": author_id,
            "team": team_id,
            "language": language,
            "status": status,
        }
        return thing_id

    def describe(self, subject_id):
        if subject_id not in self.things:
            raise Refused(Reason.NOT_FOUND)
        thing = self.things[subject_id]
        return reviewables.Described(
            text=thing["text"],
            author_id=thing["author"],
            author_label="Maan",
            language=thing["language"],
            team_id=thing["team"],
            where="Ouders",
            context=[("Roos", "Wat er net voor stond")],
            stands=thing["status"] == "published",
        )

    def _move(self, subject_id, before, after, *words):
        thing = self.things[subject_id]
        if thing["status"] == after:
            raise Refused(Reason.ALREADY_DONE)
        if thing["status"] != before:
            raise Refused(Reason.CHANGED_MEANWHILE)
        thing["status"] = after
        self.heard.append((subject_id, after, *words))

    def publish(self, subject_id, by, now=None):
        self._move(subject_id, "held", "published")

    def give_back(self, subject_id, by, note, now=None):
        self._move(subject_id, "held", "returned", note)

    def decline(self, subject_id, by, reason_key, words="", now=None):
        self._move(subject_id, "held", "declined", reason_key, words)

    def remove(self, subject_id, by, because, now=None):
        self._move(subject_id, "published", "removed", because)

    def readable_by(self, actor, team_ids):
        return set(team_ids)


@dataclass
class Desk:
    """Hanne and Bram of one team, a colleague of another, a moderator on duty, and two parents."""

    notes: Notes
    people: dict[str, Person]
    of_team: dict[str, set[str]]

    def actor(self, name: str) -> Actor:
        person = self.people[name]
        grants = person.grants.filter(withdrawn_at__isnull=True).values_list("role", flat=True)
        roles = frozenset(Role(one) for one in grants) or frozenset({Role.PARENT})
        return Actor(person_id=person.pk, account_id=person.account.pk, roles=roles)

    def held(self, text="Een gewone dag.", *, by="maan", team_id=TEAM, urgent=False, now=NOON, language="nl"):
        author = self.people[by].pk
        subject = self.notes.add(text, author, team_id=team_id, language=language)
        return reviews.open_review(
            kind="note",
            subject_id=subject,
            team_id=team_id,
            author_id=author,
            language=language,
            findings=screen(text, language).findings,
            urgent=urgent,
            now=now,
        )

    def standing(self, text="Dit staat er.", *, by="maan", team_id=TEAM) -> str:
        return self.notes.add(text, self.people[by].pk, team_id=team_id, status="published")


def person(name: str, *roles: Role) -> Person:
    house, _ = Organisation.objects.get_or_create(name="CAW")
    someone = Person.objects.create(
        name=name.capitalize(), is_staff=bool(roles), organisation=house if roles else None, created_at=NOON
    )
    Account.objects.create(person=someone, sign_in_name=f"{name}@example.org", created_at=NOON)
    for role in roles:
        RoleGrant.objects.create(person=someone, role=role, granted_at=NOON)
    return someone


def make_desk(monkeypatch) -> Desk:
    people = {
        "hanne": person("hanne", Role.FACILITATOR),
        "bram": person("bram", Role.FACILITATOR),
        "other": person("other", Role.FACILITATOR),
        "duty": person("duty", Role.MODERATOR),
        "coordinator": person("coordinator", Role.COORDINATOR),
        "editor": person("editor", Role.EDITOR),
        "tech": person("tech", Role.TECHNICAL_ADMINISTRATOR),
        "maan": person("maan"),
        "roos": person("roos"),
    }
    of_team = {TEAM: {people["hanne"].pk, people["bram"].pk}, OTHER_TEAM: {people["other"].pk}}

    def ids_of(actor):
        if Role.MODERATOR in actor.roles:
            return set(of_team)
        return {team for team, ids in of_team.items() if actor.person_id in ids}

    notes = Notes()
    source = teams.Source(ids_of, lambda team: of_team.get(team, set()), lambda ids: dict.fromkeys(ids, "Ouders"))
    monkeypatch.setattr(teams, "_SOURCES", [source])
    monkeypatch.setitem(reviewables._KINDS, "note", notes)
    return Desk(notes, people, of_team)


@pytest.fixture
def desk(db, monkeypatch) -> Desk:
    return make_desk(monkeypatch)


@pytest.fixture(scope="session", autouse=True)
def _history_may_be_emptied_between_tests():
    """Lifts the append-only triggers while the test runner empties the tables; nothing else ever does."""
    from importlib import import_module

    from django.db.backends.base.operations import BaseDatabaseOperations

    law = import_module("audit.migrations.0002_append_only")
    flush = BaseDatabaseOperations.execute_sql_flush

    def lifted(operations, statements):
        connection = operations.connection
        if connection.vendor != "sqlite":
            return flush(operations, statements)
        with connection.schema_editor(atomic=False) as editor:
            law.drop(None, editor)
        flush(operations, statements)
        with connection.schema_editor(atomic=False) as editor:
            law.add(None, editor)
        return None

    if flush.__name__ == "lifted":  # the tests of another area run in the same session
        yield
        return
    BaseDatabaseOperations.execute_sql_flush = lifted
    yield
    BaseDatabaseOperations.execute_sql_flush = flush
