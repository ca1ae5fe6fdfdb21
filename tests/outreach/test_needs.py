"""A changed wish holds from the same second, also for what waits; each change is recorded once."""

from datetime import time, timedelta

import pytest

from audit.models import AuditEntry
from outreach import worker
from outreach.actions import reach
from outreach.actions.needs import set_needs
from outreach.models import Delivery, PauseMemory
from outreach.vocabulary import Channel, Purpose, State, Withheld
from outreach.wish import HardDay
from people import relations
from people.actor import Actor
from people.models import ContactNeeds
from people.policy import Refused
from people.vocabulary import Reason, Rhythm, Role

from .conftest import NOON, actor, make_parent, wants

pytestmark = pytest.mark.django_db


def queued_news(parent, outbox) -> Delivery:
    for about in ("c1", "c2"):
        reach(person_id=parent.pk, purpose=Purpose.NEW_IN_SPACE, subject="x", subject_id=about, now=NOON)
        worker.run_once(NOON)
    return Delivery.objects.get(state=State.WAITING)


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        ({"rhythm": Rhythm.QUIET}, Withheld.QUIET),
        ({"rhythm": Rhythm.QUIET, "quiet_until": NOON + timedelta(days=3)}, Withheld.QUIET_UNTIL),
        ({"rhythm": Rhythm.MINE}, Withheld.COMES_BY_THEMSELVES),
        ({"rhythm": Rhythm.MATTERS}, Withheld.ONLY_WHAT_MATTERS),
        ({"rhythm": Rhythm.OFTEN, "by_email": False}, Withheld.NO_WAY_CHOSEN),
    ],
)
def test_what_waits_is_withheld_at_once_and_planned_again_when_the_wish_is_lifted(parent, outbox, wish, reason):
    delivery = queued_news(parent, outbox)
    wants(parent, now=NOON, **wish)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == (State.WITHHELD, reason)
    wants(parent, now=NOON + timedelta(hours=1))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.due_at) == (State.WAITING, NOON + timedelta(days=7))


def test_new_quiet_hours_move_what_waits(parent, outbox):
    delivery = queued_news(parent, outbox)
    wants(parent, now=NOON, quiet=[(time(10), time(15))])
    delivery.refresh_from_db()
    assert delivery.due_at == NOON + timedelta(days=7, hours=3)


def test_a_slower_rhythm_moves_what_waits(parent, outbox):
    delivery = queued_news(parent, outbox)
    wants(parent, Rhythm.SOMETIMES, now=NOON)
    delivery.refresh_from_db()
    assert delivery.due_at == NOON + timedelta(days=30)


def test_what_held_before_a_pause_is_remembered_while_it_lasts(parent):
    until = NOON + timedelta(days=3)
    wants(parent, Rhythm.QUIET, quiet_until=until, now=NOON)
    wants(parent, Rhythm.QUIET, quiet_until=until + timedelta(days=1), now=NOON)
    assert PauseMemory.objects.get().rhythm_after == Rhythm.OFTEN
    assert ContactNeeds.objects.get().rhythm == Rhythm.QUIET  # whoever reads only this, reads the careful side
    wants(parent, Rhythm.MATTERS, now=NOON)
    assert not PauseMemory.objects.exists()


def test_the_same_wish_twice_is_one_event(parent):
    wants(parent, now=NOON)
    assert AuditEntry.objects.filter(kind="outreach.needs.changed").count() == 1
    wants(parent, Rhythm.MINE, now=NOON)
    entry = AuditEntry.objects.filter(kind="outreach.needs.changed").latest("pk")
    assert (entry.by_id, entry.subject_id, entry.details) == (parent.pk, parent.pk, {"fields": "rhythm"})


@pytest.mark.parametrize(
    "wish",
    [
        {"rhythm": Rhythm.OFTEN, "quiet_until": NOON + timedelta(days=1)},
        {"rhythm": Rhythm.QUIET, "quiet_until": NOON},
        {"rhythm": Rhythm.OFTEN, "quiet": [(time(8), time(9), 7)]},
        {"rhythm": Rhythm.OFTEN, "quiet": [(time(8), time(9), 1)] * 22},
        {"rhythm": Rhythm.OFTEN, "channels": (Channel.IN_APP,)},
        {"rhythm": Rhythm.OFTEN, "hard_days": (HardDay(NOON.date()),) * 21},
        {"rhythm": Rhythm.OFTEN, "hard_days": (HardDay(NOON.date(), words="x" * 201),)},
    ],
)
def test_nonsense_is_refused(parent, wish):
    with pytest.raises(ValueError, match=r"date|weekday|more than|way|line"):
        wants(parent, now=NOON, **wish)


def facilitator() -> Actor:
    person = make_parent(9, is_staff=True)
    return Actor(person_id=person.pk, roles=frozenset({Role.FACILITATOR}))


def test_only_who_accompanies_a_parent_sets_the_wish_with_them(parent, monkeypatch):
    staff = facilitator()
    with pytest.raises(Refused) as refusal:
        set_needs(person_id=parent.pk, by=staff, rhythm=Rhythm.MINE, now=NOON)
    assert refusal.value.reason == Reason.NOT_YOURS
    monkeypatch.setattr(relations, "_RELATIONS", {"accompanies": [lambda person_id: {parent.pk}]})
    assert set_needs(person_id=parent.pk, by=staff, rhythm=Rhythm.MINE, now=NOON)
    assert ContactNeeds.objects.get().changed_by_id == staff.person_id


def test_a_parent_cannot_set_the_wish_of_another(parent):
    with pytest.raises(Refused):
        set_needs(person_id=parent.pk, by=actor(make_parent(2)), rhythm=Rhythm.MINE, now=NOON)
