"""What an act changes for one person or one thing, it leaves with all others."""

from datetime import timedelta

import pytest

from outreach import worker
from outreach.actions import around as acts
from outreach.actions import leave as absences
from outreach.actions import reach, rounds
from outreach.actions.leave import write_leave
from outreach.models import Delivery, Leave, Notice, Task
from outreach.models.contact_moment import MomentOutcome
from outreach.vocabulary import Channel, Purpose, State, Withheld
from people.policy import Refused
from people.vocabulary import Reason

from .company import colleague, facilitator, named, stands_around
from .conftest import BEFORE, NOON, actor, make_parent, wants
from .round_team import CALL, by, confirm, made_up, reachable, start

pytestmark = pytest.mark.django_db


def to_do(person, staff, **more) -> Task:
    told = {"channel": Channel.CALL, "purpose": Purpose.CHECK_IN, "due_at": NOON, "created_at": BEFORE}
    return Task.objects.create(person=person, for_id=staff.pk, **told | more)


def done(staff) -> dict:
    return {"done_at": NOON, "done_by_id": staff.pk}


def withdrawn() -> dict:
    return {"withdrawn_at": NOON, "reason": Withheld.NO_WAY_CHOSEN}


def test_what_is_over_stays_with_whom_it_was_when_another_takes_the_place(noon_and_no_groups):
    sofie, hanne, amina = colleague("Sofie"), colleague("Hanne"), named("Amina", 1)
    stands_around(sofie, amina, contact_person=True)
    over = [to_do(amina, sofie, **done(sofie)), to_do(amina, sofie, **withdrawn())]
    waits, anybodys = to_do(amina, sofie), to_do(amina, sofie)
    Task.objects.filter(pk=anybodys.pk).update(for_id="")
    assert acts.make_way(amina, to=hanne.pk, by_id=hanne.pk, now=NOON) == [sofie.pk]
    owners = dict(Task.objects.values_list("pk", "for_id"))
    assert [owners[one.pk] for one in over] == [sofie.pk] * 2
    assert (owners[waits.pk], owners[anybodys.pk]) == (hanne.pk, "")


def test_what_was_sent_in_her_name_stays_hers_when_she_stops(noon_and_no_groups):
    sofie, hanne = colleague("Sofie"), colleague("Hanne")
    parents = [named(name, number) for number, name in enumerate(("Amina", "Els", "Rosa"), 1)]
    for parent, staff in zip(parents, (sofie, sofie, hanne), strict=True):
        reach(person_id=parent.pk, purpose=Purpose.OCCASION, by_id=staff.pk, now=NOON)
    sent = Delivery.objects.get(person=parents[0])
    Delivery.objects.filter(pk=sent.pk).update(state=State.SENT, settled_at=NOON)
    mine, others = to_do(parents[1], sofie), to_do(parents[2], hanne)
    over = [to_do(parents[1], sofie, **done(sofie)), to_do(parents[1], sofie, **withdrawn())]
    acts.stand_nowhere(staff_id=sofie.pk, now=NOON)
    assert [Notice.objects.get(person=parent).by_id for parent in parents] == [sofie.pk, "", hanne.pk]
    owners = dict(Task.objects.values_list("pk", "for_id"))
    assert [owners[one.pk] for one in (mine, others, *over)] == ["", hanne.pk, sofie.pk, sofie.pk]


def test_a_stand_in_is_named_for_ones_own_contact_person_only(noon_and_no_groups):
    sofie, hanne, amina = colleague("Sofie"), colleague("Hanne"), named("Amina", 1)
    stands_around(sofie, amina, contact_person=True)
    for staff, reason in ((hanne, Reason.NOT_FOUND), (sofie, None)):
        span = {"starts_at": NOON + timedelta(days=2), "ends_at": NOON + timedelta(days=4)}
        leave = write_leave(by=facilitator(staff), now=NOON, **span)
        Leave.objects.filter(pk=leave.pk).update(told_at=NOON)
        leave.refresh_from_db()
        became = None
        try:
            absences.stand_in(leave=leave, staff_id="", by=actor(amina), now=NOON)
        except Refused as refusal:
            became = refusal.reason
        assert became == reason


def test_the_wish_of_one_keeps_nothing_from_the_line_of_another(monkeypatch):
    team, first, second = made_up(monkeypatch), reachable(make_parent(1)), reachable(make_parent(2))
    sofie = team.joins("Sofie", first, second)
    for parent in (first, second):
        wants(parent, by_email=False, channels=(CALL,))
    one = confirm(start(sofie), sofie)
    worker.run_once(NOON)
    for unwilling, willing in ((first, second), (second, first)):
        Task.objects.filter(person=unwilling).update(**withdrawn())
        Task.objects.filter(person=willing).update(withdrawn_at=None, reason="")
        told = {"outcome": MomentOutcome.NO_ANSWER, "by": by(sofie), "now": NOON + timedelta(hours=unwilling == first)}
        rounds.mark_outcome(line=one.lines.get(person=willing), **told)
        with pytest.raises(Refused) as refusal:
            rounds.mark_outcome(line=one.lines.get(person=unwilling), **told)
        assert refusal.value.reason == Reason.WISH


def test_a_call_that_was_made_stays_with_whom_it_was_when_a_part_is_handed_over(monkeypatch):
    team, first, second = made_up(monkeypatch), reachable(make_parent(1)), reachable(make_parent(2))
    sofie, youssef = team.joins("Sofie", first, second), team.joins("Youssef", first, second)
    for parent in (first, second):
        wants(parent, by_email=False, channels=(CALL,))
    one = confirm(start(sofie), sofie)
    worker.run_once(NOON)
    Task.objects.filter(person=first).update(**done(sofie))  # called from her own page, not from that of the round
    rounds.hand_over(one=one, from_id=sofie.pk, to_id=youssef.pk, by=by(sofie), now=NOON)
    assert Task.objects.get(person=first).for_id == sofie.pk
    assert Task.objects.get(person=second).for_id == youssef.pk
