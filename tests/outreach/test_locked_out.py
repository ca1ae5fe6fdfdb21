"""A colleague whose account is locked cannot come in: nobody is sent to them, and nothing waits for them alone."""

from datetime import timedelta

import pytest

from outreach import worker
from outreach.actions import around as acts
from outreach.actions.asking import ask_for_contact
from outreach.actions.card import open_card
from outreach.actions.leave import stand_in, tell_parents, write_leave
from outreach.desk import desk_of
from outreach.matching import two_for
from outreach.models import Notice, Task
from outreach.override_queries import who_may_confirm
from outreach.stand_ins import stand_in_ids
from outreach.vocabulary import Channel, Purpose
from people.models import Account
from people.policy import Refused
from people.vocabulary import Reason

from .company import can_be_called, colleague, facilitator, named, written
from .conftest import BEFORE, NOON, actor
from .danger import ask as ask_in_danger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_no_groups")]
AWAY, BACK = NOON - timedelta(hours=1), NOON + timedelta(days=7)


@pytest.fixture
def amina(sofie):
    """Sofie is her contact person; she wants calls."""
    parent = named("Amina", 1)
    acts.choose_contact_person(staff_id=sofie.pk, by=actor(parent), now=BEFORE)
    can_be_called(parent)
    return parent


def stands_beside(amina, sofie, name):
    other = colleague(name)
    around = acts.propose(person=amina, staff_id=other.pk, by=facilitator(sofie), now=NOON)
    acts.agree(around=around, by=actor(amina), now=NOON)
    return other


def locked(colleague, is_locked=True):
    by = "tess" if is_locked else ""
    Account.objects.filter(person=colleague).update(frozen_at=NOON if is_locked else None, frozen_by_id=by)


def asks_for_a_call(parent) -> Task:
    """One sending to one person in a round: what was written to her before goes first."""
    ask_for_contact(by=actor(parent), way=Channel.CALL, now=NOON)
    for _ in range(6):
        worker.run_once(NOON)
    return Task.objects.get()


def wanted_from(desk) -> list[str]:
    return [one.who.person_id for one in (*desk.wanted, *desk.first)]


@pytest.fixture
def named_hanne(amina, sofie):
    """Sofie is away, and Amina named Hanne for that time. Roos is of the team, too."""
    leave = write_leave(starts_at=AWAY, ends_at=BACK, by=facilitator(sofie), now=AWAY)
    tell_parents(NOON)
    hanne, roos = (stands_beside(amina, sofie, name) for name in ("Hanne", "Roos"))
    leave.refresh_from_db()
    stand_in(leave=leave, staff_id=hanne.pk, by=actor(amina), now=NOON)
    return hanne, roos


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_call_she_asked_for_is_not_forgotten_with_who_would_have_made_it(amina, named_hanne, when):
    hanne, roos = named_hanne
    if when == "before":
        locked(hanne)
    asks_for_a_call(amina)
    locked(hanne)
    assert wanted_from(desk_of(facilitator(roos), NOON)) == [amina.pk]
    assert Channel.CALL in open_card(person=amina, by=facilitator(roos), way=Channel.CALL, now=NOON).ways
    written(roos, amina)
    assert Task.objects.get().done_by_id == roos.pk


def test_who_can_come_in_again_does_it_as_before(amina, named_hanne):
    hanne, roos = named_hanne
    assert asks_for_a_call(amina).for_id == hanne.pk
    locked(hanne)
    locked(hanne, False)
    assert wanted_from(desk_of(facilitator(roos), NOON)) == []
    assert wanted_from(desk_of(facilitator(hanne), NOON)) == [amina.pk]


def test_no_parent_is_offered_who_cannot_come_in(amina, sofie):
    hanne = stands_beside(amina, sofie, "Hanne")
    assert hanne.pk in {one.staff_id for one in two_for(amina.pk).matches}
    leave = write_leave(starts_at=AWAY, ends_at=BACK, by=facilitator(sofie), now=AWAY)
    assert stand_in_ids(amina.pk, leave) == {hanne.pk}
    locked(hanne)
    assert two_for(amina.pk).matches == []
    assert stand_in_ids(amina.pk, leave) == set()
    with pytest.raises(Refused) as refusal:
        acts.choose_contact_person(staff_id=hanne.pk, by=actor(amina), now=NOON)
    assert refusal.value.reason == Reason.NOT_OPEN_NOW
    locked(hanne, False)
    assert acts.choose_contact_person(staff_id=hanne.pk, by=actor(amina), now=NOON).staff_id == hanne.pk


def test_in_acute_danger_nobody_waits_for_a_colleague_who_cannot_come_in(amina, sofie):  # G39
    hanne = stands_beside(amina, sofie, "Hanne")
    assert who_may_confirm(amina.pk, but=sofie.pk) == [hanne.pk]
    locked(hanne)
    assert who_may_confirm(amina.pk, but=sofie.pk) == []
    asked = ask_in_danger(amina, facilitator(sofie))
    assert not Notice.objects.filter(purpose=Purpose.TEAM_TASK, subject_id=asked.pk).exists()
