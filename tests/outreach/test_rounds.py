"""Rounds after an occasion: each person by their own wish, nobody seen by who does not accompany them."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from outreach import circles, occasions, worker
from outreach import round_queries as queries
from outreach.actions import rounds
from outreach.actions.needs import set_needs
from outreach.models import (
    Around,
    ContactMoment,
    Delivery,
    Leave,
    Notice,
    Place,
    Round,
    RoundLine,
    SafeContact,
    StandIn,
    Task,
)
from outreach.models.contact_moment import MomentOutcome
from outreach.models.occasion import OccasionKind
from outreach.vocabulary import Channel, Purpose, State, Withheld
from outreach.wish import QuietHours
from people import relations
from people.actions import keep_apart
from people.actor import PORTAL, Actor
from people.models import Household, HouseholdMember, Person
from people.policy import Refused
from people.vocabulary import AroundEvents, Reason, Rhythm, Role, WhoMay

from .conftest import BEFORE, NOON, actor, make_parent, wants

pytestmark = pytest.mark.django_db
CALL, VISIT, EMAIL = Channel("call"), Channel("visit"), Channel("email")


class Team:
    """Facilitators and whom each accompanies, as an upper package would tell it."""

    def __init__(self):
        self.parents: dict[str, set[str]] = {}

    def joins(self, name: str, *parents: Person) -> Person:
        person = Person.objects.create(name=name, is_staff=True, created_at=BEFORE)
        self.parents[person.pk] = {parent.pk for parent in parents}
        return person

    def staff_of(self, ids):
        return {one: {staff for staff, mine in self.parents.items() if one in mine} for one in ids}


@pytest.fixture
def team(monkeypatch) -> Team:
    team = Team()
    monkeypatch.setattr(relations, "_RELATIONS", {"accompanies": [lambda who: team.parents.get(who, set())]})
    source = circles.Source(lambda actor: [], lambda actor: [], lambda actor, ids: {}, team.staff_of)
    monkeypatch.setattr(circles, "_SOURCES", [source])
    return team


def by(person: Person) -> Actor:
    return Actor(person_id=person.pk, roles=frozenset({Role.FACILITATOR}))


def reachable(person: Person) -> Person:
    SafeContact.objects.create(
        person=person, phone="+32470000000", address="Straat 1", changed_at=BEFORE, changed_by_id=person.pk
    )
    return person


def stands_by(parent: Person, staff: Person, number: int = 1) -> None:
    place = Place.objects.create(family_id=parent.pk, staff=staff, number=number, ceiling=3)
    Around.objects.create(
        person=parent,
        staff=staff,
        place=place,
        is_contact_person=True,
        asked_at=BEFORE,
        asked_by_id=staff.pk,
        agreed_at=BEFORE,
    )


def start(staff: Person, **more) -> Round:
    return rounds.start_round(
        kind=OccasionKind.TRIAL, day=date(2026, 11, 3), title="Zitting", by=by(staff), now=NOON, **more
    )


def proposals(one: Round) -> dict:
    return queries.proposals_for(list(one.lines.all()), by=one.started_by_id, now=NOON)


def confirm(one: Round, staff: Person, now=NOON) -> Round:
    return rounds.confirm_round(one=one, by=by(staff), now=now)


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


@pytest.mark.parametrize("outcome", [MomentOutcome.SPOKE, MomentOutcome.DID_NOT_WANT, MomentOutcome.LEFT])
def test_an_outcome_is_a_contact_and_ends_the_task(team, outcome):
    parent = reachable(make_parent(1))
    sofie = team.joins("Sofie", parent)
    wants(parent, by_email=False, channels=(CALL,))
    one = confirm(start(sofie), sofie)
    worker.run_once(NOON)
    line = one.lines.get()
    rounds.mark_outcome(line=line, outcome=MomentOutcome.NO_ANSWER, by=by(sofie), now=NOON)
    assert Task.objects.get().done_at is None  # someone may try again
    rounds.mark_outcome(line=line, outcome=outcome, by=by(sofie), now=NOON)
    task = Task.objects.get()
    assert (task.done_by_id, ContactMoment.objects.count()) == (sofie.pk, 2)
    assert queries.progress(by(sofie), one)[0].standing == queries.Standing.REACHED
    with pytest.raises(Refused):
        rounds.mark_outcome(line=line, outcome=outcome, by=by(sofie), now=NOON)


def test_who_was_spoken_with_is_not_mailed_afterwards(team, outbox):
    parent = make_parent(1)
    sofie = team.joins("Sofie", parent)
    wants(parent, quiet=[(time(10), time(20))])
    one = confirm(start(sofie), sofie)
    rounds.mark_outcome(line=one.lines.get(), outcome=MomentOutcome.SPOKE, by=by(sofie), now=NOON)
    worker.run_once(NOON + timedelta(days=1))
    assert outbox == []
    assert Delivery.objects.get().reason == Withheld.NO_LONGER_OF_USE


def test_a_part_is_handed_over_to_who_accompanies_the_same_people(team):
    first, second = reachable(make_parent(1)), reachable(make_parent(2))
    sofie, youssef = team.joins("Sofie", first, second), team.joins("Youssef", first)
    for parent in (first, second):
        wants(parent, by_email=False, channels=(CALL,))
    one = confirm(start(sofie), sofie)
    worker.run_once(NOON)
    assert rounds.hand_over(one=one, from_id=sofie.pk, to_id=youssef.pk, by=by(sofie), now=NOON) == 1
    assert Task.objects.get(person=first).for_id == youssef.pk
    assert Task.objects.get(person=second).for_id == sofie.pk
    with pytest.raises(Refused):
        rounds.hand_over(one=one, from_id=sofie.pk, to_id=youssef.pk, by=by(youssef), now=NOON)


def test_closing_ends_what_waits(team, outbox):
    first, second = reachable(make_parent(1)), make_parent(2)
    sofie = team.joins("Sofie", first, second)
    wants(first, by_email=False, channels=(CALL,))
    wants(second, quiet=[(time(10), time(20))])
    one = confirm(start(sofie), sofie)
    worker.run_once(NOON)
    rounds.close_round(one=one, note="Iedereen weet dat we er zijn.", by=by(sofie), now=NOON)
    worker.run_once(NOON + timedelta(days=1))
    assert (Task.objects.get().reason, outbox) == (Withheld.NO_LONGER_OF_USE, [])
    for act in (lambda: confirm(one, sofie), lambda: rounds.close_round(one=one, note="", by=by(sofie), now=NOON)):
        with pytest.raises(Refused):
            act()


def test_a_responder_is_called_once_in_the_transaction_and_reads_no_title(team, monkeypatch):
    parent, heard = make_parent(1), []
    sofie = team.joins("Sofie", parent)
    monkeypatch.setattr(occasions, "_RESPONDERS", {})
    occasions.register_responder("test.hear", heard.append)
    with pytest.raises(RuntimeError):
        occasions.register_responder("test.hear", print)
    one = start(sofie)
    assert heard == []
    confirm(one, sofie)
    assert [(happened.kind, happened.by_id) for happened in heard] == [("trial", sofie.pk)]
    assert "Zitting" not in repr(heard)

    def fails(happened):
        raise ZeroDivisionError

    monkeypatch.setattr(occasions, "_RESPONDERS", {"test.fail": fails})
    again = start(sofie)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        confirm(again, sofie)
    assert not Delivery.objects.filter(subject_id=again.pk).exists()


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
