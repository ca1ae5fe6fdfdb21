"""Rounds after an occasion: each person by their own wish, nobody seen by who does not accompany them."""

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from outreach import round_queries as queries
from outreach import worker
from outreach.actions import rounds
from outreach.actions.needs import set_needs
from outreach.models import (
    Delivery,
    Leave,
    Notice,
    Round,
    RoundLine,
    StandIn,
    Task,
)
from outreach.models.contact_moment import MomentOutcome
from outreach.vocabulary import Purpose, State, Withheld
from outreach.wish import QuietHours
from people.actions import keep_apart
from people.actor import PORTAL, Actor
from people.models import Household, HouseholdMember
from people.policy import Refused
from people.vocabulary import AroundEvents, Reason, Rhythm, Role, WhoMay

from .conftest import BEFORE, NOON, actor, make_parent, wants
from .round_team import CALL, EMAIL, VISIT, Team, by, confirm, made_up, proposals, reachable, stands_by, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(monkeypatch) -> Team:
    return made_up(monkeypatch)


def test_each_is_proposed_the_lead_the_way_and_the_moment_of_the_own_wish(team):
    mother, father, sister = reachable(make_parent(1)), reachable(make_parent(2)), reachable(make_parent(3))
    sofie = team.joins("Sofie", mother, father, sister)
    youssef = team.joins("Youssef", father)
    stands_by(father, youssef)
    wants(mother, by_email=False, channels=(CALL,), quiet=[(time(10), time(15))])
    wants(father, by_email=False, channels=(VISIT, CALL))
    wants(sister, Rhythm.SOMETIMES, channels=(EMAIL,))
    found = proposals(start(sofie))
    first, second, third = (found[person.pk].outward for person in (mother, father, sister))
    assert (first.channel, first.by, first.because) == (CALL, sofie.pk, Withheld.QUIET_HOURS)
    assert first.at == NOON + timedelta(hours=3)  # 15:00 in Brussels
    assert (second.channel, second.by, second.at) == (VISIT, youssef.pk, NOON)
    assert third.channel == EMAIL


def test_a_wish_of_one_never_spreads_to_the_family(team):
    mother, father = reachable(make_parent(1)), reachable(make_parent(2))
    sofie = team.joins("Sofie", mother, father)
    home = Household.objects.create(created_at=BEFORE, created_by_id=sofie.pk)
    for person in (mother, father):
        HouseholdMember.objects.create(household=home, person=person)
        wants(person, by_email=False, channels=(CALL,))
    set_needs(person_id=father.pk, by=actor(father), now=BEFORE, around_events=AroundEvents.LEAVE_ME_BE)
    one = start(sofie)
    found = proposals(one)
    assert found[mother.pk].outward.channel == CALL
    assert found[father.pk].outward.reason == Withheld.LEAVE_ME_BE
    assert [len(family.lines) for family in queries.families(queries.proposed(by(sofie), one, NOON))] == [2]


def test_who_wants_to_be_left_in_peace_gets_a_note_in_the_app_and_nothing_else(team, outbox):
    parent = reachable(make_parent(1))
    sofie = team.joins("Sofie", parent)
    wants(parent, channels=(EMAIL, CALL), around_events=AroundEvents.LEAVE_ME_BE)
    confirm(start(sofie), sofie)
    notice, delivery = Notice.objects.get(), Delivery.objects.get()
    assert (notice.person_id, notice.purpose) == (parent.pk, Purpose.OCCASION)
    assert (delivery.state, delivery.reason) == (State.WITHHELD, Withheld.LEAVE_ME_BE)
    worker.run_once(NOON + timedelta(days=30))
    assert (outbox, Task.objects.count()) == ([], 0)


def test_confirming_makes_tasks_through_the_door_and_only_once(team):
    parent = reachable(make_parent(1))
    sofie = team.joins("Sofie", parent)
    wants(parent, by_email=False, channels=(CALL,))
    one = start(sofie)
    assert (Delivery.objects.count(), Notice.objects.count()) == (0, 0)  # a proposal reaches nobody
    confirm(one, sofie)
    worker.run_once(NOON)
    task = Task.objects.get()
    assert (task.for_id, task.channel, task.purpose) == (sofie.pk, CALL, Purpose.OCCASION)
    with pytest.raises(Refused) as refused:
        confirm(one, sofie)
    assert refused.value.reason == Reason.ALREADY_DONE
    assert Delivery.objects.count() == 1


def test_the_wish_as_it_is_at_confirming_decides_and_after_it_too(team):
    first, second = reachable(make_parent(1)), reachable(make_parent(2))
    sofie = team.joins("Sofie", first, second)
    for parent in (first, second):
        wants(parent, by_email=False, channels=(CALL,))
    one = start(sofie)
    set_needs(person_id=first.pk, by=actor(first), now=NOON, rhythm=Rhythm.QUIET)
    confirm(one, sofie)
    assert Delivery.objects.get(person=first).reason == Withheld.QUIET
    worker.run_once(NOON)
    set_needs(person_id=second.pk, by=actor(second), now=NOON, around_events=AroundEvents.LEAVE_ME_BE)
    assert Task.objects.get().reason == Withheld.LEAVE_ME_BE
    standing = {line.person_id: line.standing for line in queries.progress(by(sofie), one)}
    assert set(standing.values()) == {queries.Standing.IN_PEACE}
    with pytest.raises(Refused) as refused:
        rounds.mark_outcome(line=one.lines.get(person=second), outcome=MomentOutcome.SPOKE, by=by(sofie), now=NOON)
    assert refused.value.reason in (Reason.WISH, Reason.ALREADY_DONE)


def test_another_lead_or_way_is_taken_within_the_wish_only(team):
    parent = reachable(make_parent(1))
    sofie, youssef = team.joins("Sofie", parent), team.joins("Youssef", parent)
    stranger = team.joins("Karel")
    wants(parent, channels=(EMAIL, CALL))
    one = start(sofie)
    line = one.lines.get()
    rounds.change_line(line=line, lead_id=youssef.pk, way=CALL, by=by(sofie), now=NOON)
    assert proposals(one)[parent.pk].outward.by == youssef.pk
    for lead, way, reason in (
        (youssef.pk, VISIT, Reason.WISH),
        (stranger.pk, None, Reason.NOT_YOURS),
        ("nobody", None, Reason.NOT_YOURS),
    ):
        with pytest.raises(Refused) as refused:
            rounds.change_line(line=line, lead_id=lead, way=way, by=by(sofie), now=NOON)
        assert refused.value.reason == reason
    confirm(one, sofie)
    worker.run_once(NOON)
    task = Task.objects.get()
    assert (task.channel, task.for_id) == (CALL, youssef.pk)  # although e-mail comes first in the parent's own order


def test_only_my_contact_person_is_led_by_nobody_else(team):
    parent = reachable(make_parent(1))
    sofie, youssef = team.joins("Sofie", parent), team.joins("Youssef", parent)
    stands_by(parent, youssef)
    wants(parent, by_email=False, channels=(CALL,), who_may=WhoMay.CONTACT_PERSON)
    set_needs(person_id=parent.pk, by=actor(parent), now=BEFORE, around_events=AroundEvents.ONLY_CONTACT_PERSON)
    one = start(sofie)
    assert proposals(one)[parent.pk].outward.by == youssef.pk
    with pytest.raises(Refused):
        rounds.change_line(line=one.lines.get(), lead_id=sofie.pk, way=None, by=by(sofie), now=NOON)
    one = confirm(one, sofie)
    assert rounds.hand_over(one=one, from_id=youssef.pk, to_id=sofie.pk, by=by(sofie), now=NOON) == 0


def test_while_the_contact_person_is_away_whom_the_parent_named_leads(team):
    parent = reachable(make_parent(1))
    sofie, youssef, hanne = (team.joins(name, parent) for name in ("Sofie", "Youssef", "Hanne"))
    stands_by(parent, youssef)
    leave = Leave.objects.create(staff=youssef, starts_at=BEFORE, ends_at=NOON + timedelta(days=9))
    wants(parent, by_email=False, channels=(CALL,))
    one = start(sofie)
    assert proposals(one)[parent.pk].outward.by == sofie.pk
    StandIn.objects.create(person=parent, leave=leave, staff=hanne, named_at=BEFORE)
    assert proposals(one)[parent.pk].outward.by == hanne.pk


def test_two_who_are_kept_apart_get_different_leads_and_are_never_visited_on_one_day(team):
    first, second = reachable(make_parent(1)), reachable(make_parent(2))
    sofie = team.joins("Sofie", first, second)
    for parent in (first, second):
        wants(parent, by_email=False, channels=(VISIT,))
    keep_apart.mark(one=first.pk, other=second.pk, because="Oude ruzie", by=PORTAL)
    one = start(sofie)
    days = {proposal.outward.at.date() for proposal in proposals(one).values()}
    assert len(days) == 2
    confirm(one, sofie)
    worker.run_once(NOON)
    assert Task.objects.count() == 1  # the other waits for another day
    worker.run_once(NOON + timedelta(days=1))
    assert len({task.due_at.date() for task in Task.objects.all()}) == 2
    Round.objects.all().delete()
    team.joins("Youssef", first, second)
    leads = {proposal.outward.by for proposal in proposals(start(sofie)).values()}
    assert len(leads) == 2


def test_a_change_of_the_wish_never_brings_two_visits_back_to_one_day(team):
    first, second = reachable(make_parent(1)), reachable(make_parent(2))
    sofie = team.joins("Sofie", first, second)
    for parent in (first, second):
        wants(parent, by_email=False, channels=(VISIT,))
    keep_apart.mark(one=first.pk, other=second.pk, because="Oude ruzie", by=PORTAL)
    confirm(start(sofie), sofie)
    for parent in (first, second):
        hours = (QuietHours(time(6), time(7)),)
        set_needs(person_id=parent.pk, by=actor(parent), now=NOON, quiet_hours=hours)
    assert len({delivery.due_at.date() for delivery in Delivery.objects.all()}) == 2


def test_a_list_never_names_whom_one_does_not_accompany(team):
    hers, theirs = make_parent(1, name="Hers"), make_parent(2, name="Theirs")
    sofie, youssef = team.joins("Sofie", hers, theirs), team.joins("Youssef", theirs)
    other = team.joins("Karel", make_parent(3))
    one = start(sofie)
    assert {line.name for line in queries.proposed(by(sofie), one, NOON)} == {"Hers", "Theirs"}
    assert queries.rounds_for(by(youssef)) == []  # a proposal is the starter's alone
    confirm(one, sofie)
    assert {line.name for line in queries.progress(by(youssef), one)} == {"Theirs"}
    assert queries.rounds_for(by(youssef)) == [one]
    assert queries.rounds_for(by(other)) == []
    line = one.lines.get(person=hers)
    for staff in (youssef, other):
        with pytest.raises(Refused) as refused:
            rounds.mark_outcome(line=line, outcome=MomentOutcome.SPOKE, by=by(staff), now=NOON)
        assert refused.value.is_hidden
    for role in set(Role) - {Role.FACILITATOR}:
        someone = Actor(person_id=sofie.pk, roles=frozenset({role}))
        for act in (rounds.confirm_round, rounds.close_round):
            with pytest.raises(Refused):
                act(one=one, by=someone, now=NOON, **({"note": ""} if act == rounds.close_round else {}))


def test_whom_she_no_longer_accompanies_leaves_the_round_at_confirming(team):
    stays, left = make_parent(1), make_parent(2)
    sofie = team.joins("Sofie", stays, left)
    one = start(sofie)
    team.parents[sofie.pk] = {stays.pk}
    confirm(one, sofie)
    assert [line.person_id for line in one.lines.all()] == [stays.pk]
    assert not Delivery.objects.filter(person=left).exists()


def test_nobody_to_think_of_is_no_round(team):
    sofie = team.joins("Sofie")
    with pytest.raises(Refused) as refused:
        start(sofie)
    assert refused.value.reason == Reason.EMPTY
    assert Round.objects.count() == 0


def test_the_database_keeps_who_and_when_together_and_each_person_once(team):
    parent = make_parent(1)
    sofie = team.joins("Sofie", parent)
    one = start(sofie)
    for wrong in (
        lambda: Round.objects.filter(pk=one.pk).update(confirmed_at=NOON),
        lambda: Round.objects.filter(pk=one.pk).update(closed_by_id=sofie.pk),
        lambda: RoundLine.objects.filter(round=one).update(outcome=MomentOutcome.SPOKE),
        lambda: RoundLine.objects.create(round=one, person=parent),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_planning_costs_the_same_for_one_and_for_two_hundred(team):  # P15
    def cost(count: int) -> int:
        parents = [make_parent(1000 * count + number) for number in range(count)]
        for parent in parents:
            wants(parent)
        sofie = team.joins("Sofie", *parents)
        one = start(sofie)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert len(queries.proposed(by(sofie), one, NOON)) == count
        return len(asked)

    few, many = cost(1), cost(200)
    assert few == many <= 20
