"""Plays a story of contact through the real door, planner, outbox and check at delivery, and keeps nothing of it.

Everything happens in one transaction that is rolled back at the end, and nothing is sent: the ways answer as the story
says. Used by `manage.py explain` and by the tests. The format stands in docs/guide/stories.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.db import transaction

from outreach import subjects
from outreach.channels import Permanent, Temporary
from outreach.facts import Facts, facts_of
from outreach.faults import Fault
from outreach.models import (
    Around,
    Attempt,
    ContactMoment,
    Delivery,
    Leave,
    Override,
    Place,
    PushSubscription,
    SafeContact,
    StandIn,
    Task,
)
from outreach.models.override import Danger
from outreach.planner import Plan, Withhold, by_a_person
from outreach.sending import instead_of_sending
from outreach.story_words import (
    OF_A_COLLEAGUE,
    OF_A_PERSON,
    NotAStory,
    given,
    label,
    moment_from,
    only_known,
    shown,
    verdict_in,
    wish_from,
)
from outreach.vocabulary import Channel, Purpose, State
from people.actor import Actor
from people.models import Account, Household, HouseholdMember, Person, SignIn
from people.vocabulary import Role
from vault.ids import new_id

from . import delivering, leasing
from .needs import set_needs
from .notices import mark_seen
from .reaching import reach

KIND = "outreach.story"
PORTAL, TEAM = "portal", "team"
HOUR = timedelta(hours=1)
MOST_STEPS = 10_000


class _Over(Exception):
    """The story has been told; what it wrote goes."""


def play(story: dict) -> list[str]:
    """The verdicts of a story, a line each, in order of time. Refuses with `NotAStory` what it cannot read."""
    told: list[str] = []
    try:
        with transaction.atomic():
            told = Player(story).play()
            raise _Over
    except _Over:
        return told
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        if isinstance(fault, NotAStory):
            raise
        raise NotAStory(f"This cannot be read: {fault}") from fault


class Player:
    """One story, living. Between two events everything that falls due is delivered at its own moment."""

    def __init__(self, story: dict):
        self.story = story
        self.ways: dict[tuple[str, str], str] = {}
        self.gone: set[str] = set()
        self.by: dict[tuple[str, str, str], str] = {}
        self.lines: list[str] = []
        self.seen = 0
        self.steps = 0
        moments = [moment_from(event["at"]) for event in story.get("events") or []] or [datetime.now(UTC)]
        self.now, self.end = min(moments) - timedelta(days=400), max(moments)
        self.staff = {name: self._colleague(name, told or {}) for name, told in (story.get("staff") or {}).items()}
        self.people = {name: self._parent(name, told or {}) for name, told in story["people"].items()}
        self.names = {person.pk: name for name, person in {**self.staff, **self.people}.items()}
        self.mine = [person.pk for person in self.people.values()]

    # --- who there is ---------------------------------------------------------------------------------

    def _colleague(self, name: str, told: dict) -> Person:
        only_known(name, told, OF_A_COLLEAGUE)
        person = Person.objects.create(name=name, is_staff=True, created_at=self.now)
        for start, end in told.get("leave", ()):
            Leave.objects.create(staff=person, starts_at=moment_from(start), ends_at=moment_from(end))
        return person

    def _parent(self, name: str, told: dict) -> Person:
        only_known(name, told, OF_A_PERSON)
        person = Person.objects.create(
            name=name,
            language=told.get("language", "nl"),
            time_zone=told.get("zone", "Europe/Brussels"),
            created_at=self.now,
        )
        if told.get("account", True):
            email = f"{new_id()}@story.invalid" if told.get("email", True) else None
            account = Account.objects.create(person=person, sign_in_name=new_id(), email=email, created_at=self.now)
            if told.get("device"):
                self._take_notices(account)
        if told.get("phone") or told.get("home"):
            SafeContact.objects.create(
                person=person,
                phone=given(told.get("phone"), "+32470000000"),
                may_text=bool(told.get("text", told.get("phone"))),
                address=given(told.get("home"), "a street"),
                changed_at=self.now,
                changed_by_id=person.pk,
            )
        if told.get("household"):
            self._live_in(told["household"], person)
        if told.get("contact_person"):
            self._stand_by(person, told["contact_person"])
        if told.get("needs"):
            self._wish(person, told["needs"], self.now)
        return person

    def _take_notices(self, account: Account) -> None:
        """On a phone of her own, signed in for as long as the story lasts."""
        signed_in = SignIn.objects.create(
            account=account, own_phone=True, started_at=self.end, last_active_at=self.end, session_key=new_id()
        )
        PushSubscription.objects.create(
            person_id=account.person_id,
            sign_in=signed_in,
            endpoint="a browser",
            endpoint_key=new_id(),
            created_at=self.now,
        )

    def _live_in(self, name: str, person: Person) -> None:
        homes = self.__dict__.setdefault("homes", {})
        if name not in homes:
            homes[name] = Household.objects.create(created_at=self.now, created_by_id=person.pk)
        HouseholdMember.objects.create(household=homes[name], person=person)

    def _stand_by(self, person: Person, staff: str) -> None:
        """Makes this colleague the contact person, in the place of who it was: a story keeps no past of who it was."""
        Around.objects.filter(person=person).delete()
        Place.objects.filter(family_id=person.pk).delete()
        colleague = self._named(self.staff, staff)
        place = Place.objects.create(family_id=person.pk, staff=colleague, number=1, ceiling=1)
        Around.objects.create(
            person=person,
            staff=colleague,
            place=place,
            is_contact_person=True,
            asked_at=self.now,
            asked_by_id=person.pk,
            agreed_at=self.now,
        )

    def _wish(self, person: Person, told: dict, now: datetime) -> None:
        actor = Actor(person_id=person.pk, roles=frozenset({Role.PARENT}), language=person.language)
        set_needs(person_id=person.pk, by=actor, now=now, **wish_from(told))

    def _named(self, people: dict[str, Person], name: str) -> Person:
        if name not in people:
            raise NotAStory(f"Nobody in this story is called {name!r}.")
        return people[name]

    # --- what happens ---------------------------------------------------------------------------------

    def play(self) -> list[str]:
        with instead_of_sending(self._send), self._things_of_the_story():
            for event in sorted(self.story.get("events") or [], key=lambda one: moment_from(one["at"])):
                moment = moment_from(event["at"])
                self._pass_time_until(moment)
                self.now = moment
                self._act(event, moment)
                self._deliver(moment)
            return self.lines

    @contextmanager
    def _things_of_the_story(self) -> Iterator[None]:
        with subjects.for_a_while(KIND, of_use=lambda person_id, thing: thing not in self.gone):
            yield

    def _pass_time_until(self, end: datetime) -> None:
        while True:
            waiting = Delivery.objects.filter(person_id__in=self.mine, state=State.WAITING)
            due = min((max(at, later or at) for at, later in waiting.values_list("due_at", "next_try_at")), default=end)
            if due >= end:
                return
            self._deliver(max(due, self.now))

    def _deliver(self, now: datetime) -> None:
        for delivery_id in leasing.due_ids(now, MOST_STEPS, of=self.mine):
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise NotAStory("This story does not come to an end.")
            if held_by := leasing.lease([delivery_id], now):
                delivering.deliver(held_by, now=now)
        self._tell_attempts()
        if leasing.due_ids(now, 1, of=self.mine):  # another way took over at once
            self._deliver(now)

    def _act(self, event: dict, now: datetime) -> None:
        acts = [name for name in ACTS if name in event]
        if not acts and not event.get("wait"):
            raise NotAStory(f"Nothing happens in this event: {event}")
        for name in acts:
            ACTS[name](self, event, now)
        self._tell_attempts()

    def _notice(self, event: dict, now: datetime) -> None:
        purpose, by = Purpose(event["notice"]), event.get("by", "")
        for name in event["to"] if isinstance(event["to"], list) else [event["to"]]:
            person = self._named(self.people, name)
            self._reach(person, purpose, by, event.get("about", ""), now)

    def _reach(self, person: Person, purpose: Purpose, by: str, about: str, now: datetime, override=None) -> None:
        self.by[person.pk, purpose, about] = by
        by_id = self._named(self.staff, by).pk if by and by != PORTAL else ""
        code = "000000" if purpose in (Purpose.SIGN_IN_CODE, Purpose.RECOVERY_CODE) else ""
        plan = reach(
            person_id=person.pk,
            purpose=purpose,
            by_id=by_id,
            subject=KIND,
            subject_id=about,
            code=code,
            override=override,
            now=now,
        )
        self._tell_in_app(plan, person, purpose, by, about, now)

    def _override(self, event: dict, now: datetime) -> None:
        person, told = self._named(self.people, event["of"]), event["override"]
        first, second = (self._named(self.staff, told[who]) for who in ("by", "confirmed_by"))
        if first == second:
            raise NotAStory("Acute danger takes two of the team.")
        confirmed = moment_from(told["confirmed_at"]) if "confirmed_at" in told else now
        override = Override.objects.create(
            person=person,
            danger=Danger(told["danger"]),
            because="the story",
            asked_at=min(confirmed, now),
            asked_by_id=first.pk,
            confirmed_at=confirmed,
            confirmed_by_id=second.pk,
            ends_at=confirmed + HOUR,
            used_at=now if now < confirmed + HOUR else None,
        )
        self._reach(person, Purpose.URGENT, told["by"], event.get("about", ""), now, override)

    def _needs(self, event: dict, now: datetime) -> None:
        self._wish(self._named(self.people, event["of"]), event["needs"], now)

    def _read(self, event: dict, now: datetime) -> None:
        reader = self._named(self.people, event["by"])
        mark_seen(person_id=reader.pk, subject=KIND, subject_id=event["read"], now=now)

    def _end_of_use(self, event: dict, now: datetime) -> None:
        self.gone.add(event["gone"])

    def _freeze(self, event: dict, now: datetime) -> None:
        accounts = Account.objects.filter(person=self._named(self.people, event["freeze"]))
        accounts.update(frozen_at=now, frozen_by_id=PORTAL)

    def _move(self, event: dict, now: datetime) -> None:
        changes = {
            column: event[name] for name, column in (("zone", "time_zone"), ("language", "language")) if name in event
        }
        with self._judged_again(event, now) as person:
            Person.objects.filter(pk=person.pk).update(**changes)

    @contextmanager
    def _judged_again(self, event: dict, now: datetime) -> Iterator[Person]:
        """What changes around a person holds at once for what already waits, as it does on her own pages."""
        person = self._named(self.people, event["of"])
        before = facts_of([person.pk], now)[person.pk]
        yield person
        delivering.judge_again(person.pk, before=before, now=now)

    def _way(self, event: dict, now: datetime) -> None:
        """How a way answers from now on, for everybody or for one."""
        self.ways[event["way"], event.get("of", "")] = event["is"]

    def _leave(self, event: dict, now: datetime) -> None:
        staff = self._named(self.staff, event["leave"])
        Leave.objects.create(staff=staff, starts_at=moment_from(event["from"]), ends_at=moment_from(event["until"]))

    def _contact_person(self, event: dict, now: datetime) -> None:
        with self._judged_again(event, now) as person:
            self._stand_by(person, event["contact_person"])

    def _stand_in(self, event: dict, now: datetime) -> None:
        person, staff = self._named(self.people, event["of"]), self._named(self.staff, event["stand_in"])
        theirs = Around.objects.filter(person=person, is_contact_person=True)
        leave = (
            Leave.objects.filter(staff_id__in=theirs.values("staff_id"), ends_at__gt=now).order_by("starts_at").first()
        )
        if leave is None:
            raise NotAStory("A stand-in is named for an absence of the contact person; there is none.")
        with self._judged_again(event, now):
            StandIn.objects.create(person=person, leave=leave, staff=staff, named_at=now)

    def _met(self, event: dict, now: datetime) -> None:
        person = self._named(self.people, event["of"])
        by = self._named(self.staff, event["by"]).pk if "by" in event else PORTAL
        how = event.get("how", "call")
        ContactMoment.objects.create(person=person, by_id=by, at=now, how=how, outcome=event["moment"], written_at=now)
        open_tasks = Task.objects.filter(person=person, channel=how, done_at__isnull=True, withdrawn_at__isnull=True)
        open_tasks.update(done_at=now, done_by_id=by)

    def _send(self, channel: Channel, *, to: Facts, message_id: str) -> None:
        name = self.names[to.person_id]
        answer = self.ways.get((channel.value, name)) or self.ways.get((channel.value, "")) or "works"
        if answer == "away":
            raise Temporary(Fault.SERVER_AWAY)
        if answer == "refuses":
            raise Permanent(Fault.ADDRESS_REFUSED)
        if answer != "works":
            raise NotAStory(f"A way works, is away or refuses; not {answer!r}.")

    # --- what is told ---------------------------------------------------------------------------------

    def _tell_in_app(self, plan: Plan | None, person: Person, purpose: Purpose, by: str, about: str, now) -> None:
        if plan is None:
            return
        verdict = f"withheld ({plan.in_app.reason})" if isinstance(plan.in_app, Withhold) else "send"
        self._line(now, self.names[person.pk], label(purpose, about), Channel.IN_APP, by or PORTAL, verdict)

    def _tell_attempts(self) -> None:
        attempts = Attempt.objects.filter(pk__gt=self.seen, delivery__person_id__in=self.mine)
        order = {person_id: number for number, person_id in enumerate(self.mine)}
        rows = attempts.select_related("delivery")
        for attempt in sorted(rows, key=lambda row: (row.at, order[row.delivery.person_id], row.pk)):
            self.seen = max(self.seen, attempt.pk)
            delivery = attempt.delivery
            self._line(
                attempt.at,
                self.names[delivery.person_id],
                label(delivery.purpose, delivery.subject_id),
                attempt.channel or "-",
                self._by_whom(attempt),
                verdict_in(attempt),
            )

    def _by_whom(self, attempt: Attempt) -> str:
        delivery = attempt.delivery
        done = attempt.channel and by_a_person(Channel(attempt.channel), Purpose(delivery.purpose))
        if done and attempt.by_id:
            return self.names[attempt.by_id]
        by = self.by.get((delivery.person_id, delivery.purpose, delivery.subject_id))
        if by:
            return by
        return TEAM if done else PORTAL

    def _line(self, at: datetime, who: str, notice: str, channel: str, by: str, verdict: str) -> None:
        self.lines.append(f"{shown(at)} · {who} · {notice} · {channel} · {by} → {verdict}")


ACTS = {
    "notice": Player._notice,
    "override": Player._override,
    "needs": Player._needs,
    "read": Player._read,
    "gone": Player._end_of_use,
    "freeze": Player._freeze,
    "zone": Player._move,
    "language": Player._move,
    "way": Player._way,
    "leave": Player._leave,
    "contact_person": Player._contact_person,
    "stand_in": Player._stand_in,
    "moment": Player._met,
}
