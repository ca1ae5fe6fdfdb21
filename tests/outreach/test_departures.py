"""A contact person who is no facilitator any more: nobody waits for somebody who does not come."""

from datetime import timedelta

import pytest

from outreach import subjects
from outreach.actions import around as acts
from outreach.actions import reach
from outreach.actions.leave import stand_in, write_leave
from outreach.company import company_of
from outreach.departures import who_stopped
from outreach.desk import desk_of
from outreach.models import Around, Delivery, Notice, Place, StandIn, Task
from outreach.vocabulary import Channel, Purpose, State
from people import relations
from people.actions.staff import withdraw_role
from people.actor import PORTAL
from people.vocabulary import Rhythm, Role, WhoMay

from .company import ask, asked_for_contact, can_be_called, facilitator, named, text_of
from .conftest import BEFORE, NOON, actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_no_groups")]


@pytest.fixture
def amina(sofie, hanne, monkeypatch):
    """Her contact person is Sofie; Hanne accompanies her group."""
    parent = named("Amina", 1)
    acts.choose_contact_person(staff_id=sofie.pk, by=actor(parent), now=BEFORE)
    near = {hanne.pk: {parent.pk}}
    monkeypatch.setitem(relations._RELATIONS, "accompanies", [lambda who: near.get(who, set())])
    return parent


def stops(staff, role=Role.FACILITATOR) -> None:
    withdraw_role(person=staff, role=role, by=PORTAL, now=NOON)


def wanted(staff) -> list[str]:
    return [one.who.name for one in desk_of(facilitator(staff), NOON).wanted]


def test_who_wants_contact_is_on_the_page_of_the_team_when_her_contact_person_stopped(amina, sofie, hanne):
    assert wanted(hanne) == []
    stops(sofie)
    assert wanted(hanne) == ["Amina"]
    assert company_of(sofie.pk) == set()
    assert (Around.objects.get().ended_by_id, Place.objects.count()) == ("portal", 0)


def test_what_she_asked_for_is_not_lost_with_who_would_have_done_it(amina, sofie, hanne):
    can_be_called(amina)
    asked_for_contact(amina)
    assert Task.objects.get().for_id == sofie.pk
    assert wanted(hanne) == []
    stops(sofie)
    assert [(one.purpose, one.way) for one in desk_of(facilitator(hanne), NOON).wanted] == [
        (Purpose.CONTACT_ASKED, Channel.CALL)
    ]


def test_a_call_of_a_round_that_waits_for_its_hour_is_for_the_team_then(amina, sofie, hanne):
    can_be_called(amina)
    reach(person_id=amina.pk, purpose=Purpose.OCCASION, by_id=sofie.pk, subject="x", subject_id="1", now=NOON)
    Delivery.objects.filter(purpose=Purpose.OCCASION).update(due_at=NOON + timedelta(hours=9))
    stops(sofie)
    assert Notice.objects.get(purpose=Purpose.OCCASION).by_id == ""


def test_she_is_told_once_in_her_way_and_reads_that_she_chooses(amina, sofie, rf):
    assert who_stopped(amina.pk) == ""
    stops(sofie)
    stops(sofie)
    told = Notice.objects.get(person=amina, purpose=Purpose.AROUND_ME)
    assert Delivery.objects.get(notice=told).state == State.WAITING
    assert subjects.is_of_use(told.subject, amina.pk, told.subject_id)
    assert subjects.address_of(told.subject, amina.pk, told.subject_id).endswith("/my/around/")
    page = text_of(ask(rf, actor(amina), "my:around"))
    assert "Sofie cannot go on as your contact person. It is not because of you." in page
    assert "I would like a contact person" in page


def test_it_says_nothing_more_once_she_chose_another(amina, sofie, hanne, rf):
    stops(sofie)
    told = Notice.objects.get(person=amina, purpose=Purpose.AROUND_ME)
    acts.choose_contact_person(staff_id=hanne.pk, by=actor(amina), now=NOON + timedelta(hours=1))
    assert not subjects.is_of_use(told.subject, amina.pk, told.subject_id)
    acts.let_go(around=Around.objects.get(staff=hanne), by=actor(amina), now=NOON + timedelta(hours=2))
    assert "cannot go on" not in text_of(ask(rf, actor(amina), "my:around"))


def test_in_quiet_it_waits_in_the_app_and_who_only_stood_beside_is_no_news(sofie, hanne):
    quiet = named("Karim", 2, Rhythm.QUIET)
    acts.choose_contact_person(staff_id=hanne.pk, by=actor(quiet), now=BEFORE)
    acts.agree(around=acts.propose(person=quiet, staff_id=sofie.pk, by=facilitator(hanne), now=BEFORE), by=actor(quiet))
    Notice.objects.all().delete()
    stops(sofie)
    assert not Notice.objects.filter(person=quiet).exists()
    stops(hanne)
    assert Delivery.objects.get(notice=Notice.objects.get(person=quiet)).state == State.WITHHELD
    assert not Around.objects.filter(ended_at__isnull=True).exists()


def test_whom_she_named_for_an_absence_falls_away_too(amina, sofie, hanne):
    around = acts.propose(person=amina, staff_id=hanne.pk, by=facilitator(sofie), now=NOON)
    acts.agree(around=around, by=actor(amina), now=NOON)
    leave = write_leave(
        starts_at=NOON - timedelta(days=1), ends_at=NOON + timedelta(days=9), by=facilitator(sofie), now=NOON
    )
    type(leave).objects.update(told_at=NOON)
    leave.refresh_from_db()
    stand_in(leave=leave, staff_id=hanne.pk, by=actor(amina), now=NOON)
    stops(hanne)
    assert not StandIn.objects.exists()


def test_another_role_given_or_taken_moves_nobody(amina, sofie):
    stops(sofie, Role.MODERATOR)
    assert Around.objects.get().ended_at is None


# --- what changes around her holds at once for what waits ------------------------------------------------


@pytest.fixture
def waits_for_sofie(amina, sofie):
    """Only her contact person may, who is away: a call waits until she is back."""
    from outreach.actions.needs import set_needs

    set_needs(person_id=amina.pk, by=actor(amina), now=BEFORE, who_may=WhoMay.CONTACT_PERSON)
    can_be_called(amina)
    leave = write_leave(
        starts_at=NOON - timedelta(days=1), ends_at=NOON + timedelta(days=9), by=facilitator(sofie), now=NOON
    )
    type(leave).objects.update(told_at=NOON)
    leave.refresh_from_db()
    plan = reach(person_id=amina.pk, purpose=Purpose.CONTACT_ASKED, way=Channel.CALL, now=NOON)
    assert plan.outward.at == leave.ends_at
    return leave


def due():
    return Delivery.objects.get(purpose=Purpose.CONTACT_ASKED).due_at


def test_a_call_that_waits_goes_to_whom_she_names_at_once(amina, hanne, waits_for_sofie, monkeypatch):
    monkeypatch.setitem(relations._RELATIONS, "accompanied by", [lambda who: {hanne.pk}])
    stand_in(leave=waits_for_sofie, staff_id=hanne.pk, by=actor(amina), now=NOON)
    assert due() == NOON
    stand_in(leave=waits_for_sofie, staff_id="", by=actor(amina), now=NOON)
    assert due() == waits_for_sofie.ends_at


def test_a_call_that_waits_goes_to_whom_she_chooses_instead(amina, hanne, waits_for_sofie):
    acts.choose_contact_person(staff_id=hanne.pk, by=actor(amina), now=NOON)
    assert due() == NOON


def test_who_lets_her_go_and_wants_nobody_else_is_not_called(amina, waits_for_sofie):
    acts.let_go(around=Around.objects.get(), by=actor(amina), now=NOON)
    delivery = Delivery.objects.get(purpose=Purpose.CONTACT_ASKED)
    assert (delivery.state, delivery.reason) == (State.WITHHELD, "only_contact_person")
