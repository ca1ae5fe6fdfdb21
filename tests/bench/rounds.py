"""P15: what a round proposes for ten thousand parents, and how many statements that takes."""

import time
from datetime import UTC, date, datetime

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from .report import tell

PARENTS = 10_000
WISHES = (
    {
        "rhythm": "often",
        "channels": ["call", "email"],
        "quiet_hours": [{"weekday": None, "from": "20:00", "to": "09:00"}],
    },
    {"rhythm": "matters", "channels": ["visit", "call"]},
    {"rhythm": "sometimes", "channels": ["email"], "around_events": "only_contact_person"},
    {"rhythm": "mine", "channels": ["call"], "around_events": "leave_me_be"},
    {"rhythm": "quiet", "channels": []},
)


def run() -> None:
    """Everything is put back at the end."""
    with transaction.atomic():
        _measure(*_a_city())
        transaction.set_rollback(True)


def _a_city():
    """One round for ten thousand parents with all kinds of wishes; every fifth has a contact person."""
    from outreach.models import Around, Occasion, Place, Round, RoundLine, SafeContact
    from people.models import ContactNeeds, Person

    now = datetime(2026, 11, 3, 11, tzinfo=UTC)
    staff = Person.objects.create(name="Bench", is_staff=True, created_at=now)
    people = Person.objects.bulk_create([Person(created_at=now) for _ in range(PARENTS)])
    ContactNeeds.objects.bulk_create(
        ContactNeeds(person=one, changed_at=now, changed_by_id=one.pk, **_as_stored(WISHES[at % len(WISHES)]))
        for at, one in enumerate(people)
    )
    SafeContact.objects.bulk_create(
        SafeContact(person=one, phone="+3200", address="-", changed_at=now, changed_by_id=one.pk) for one in people
    )
    near = people[::5]
    places = Place.objects.bulk_create(Place(family_id=one.pk, staff=staff, number=1, ceiling=3) for one in near)
    Around.objects.bulk_create(
        Around(
            person=one,
            staff=staff,
            place=place,
            is_contact_person=True,
            asked_at=now,
            asked_by_id=staff.pk,
            agreed_at=now,
        )
        for one, place in zip(near, places, strict=True)
    )
    occasion = Occasion.objects.create(
        kind="trial", day=date(2026, 11, 3), title="Bench", made_at=now, made_by_id=staff.pk
    )
    one = Round.objects.create(occasion=occasion, started_at=now, started_by_id=staff.pk)
    RoundLine.objects.bulk_create(RoundLine(round=one, person=person) for person in people)
    return one, now


def _as_stored(wish: dict) -> dict:
    return {"quiet_hours": [], **wish}


def _measure(one, now) -> None:
    from outreach.round_queries import proposals_for

    lines = list(one.lines.all())
    with CaptureQueriesContext(connection) as asked:
        began, spent = time.perf_counter(), time.process_time()
        found = proposals_for(lines, by=one.started_by_id, now=now)
        took, spent = time.perf_counter() - began, time.process_time() - spent
    if len(found) != PARENTS:
        raise RuntimeError(f"{len(found)} proposals for {PARENTS} parents.")
    tell("P15 a round proposed for 10,000 parents", took, "s", "goal 2")
    tell("P15 CPU for it", spent, "s", "what is left is waiting for the machine")
    tell("P15 statements for it", len(asked), "statements", "goal at most 20, as many for one parent")
