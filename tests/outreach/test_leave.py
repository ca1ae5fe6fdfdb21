"""Absence, stand-in, limit and languages: told once and in her way, and nobody silently instead of anybody."""

from datetime import timedelta

import pytest

from outreach import subjects
from outreach.actions import around as acts
from outreach.actions import leave as absences
from outreach.actions.leave import TOLD_AHEAD, tell_parents, write_leave
from outreach.company import company_of
from outreach.facts import facts_of
from outreach.jobs import REGISTRY
from outreach.matching import two_for
from outreach.models import Around, Delivery, Leave, Notice, StandIn
from outreach.planner import Notice as Happening
from outreach.planner import Task, Withhold, plan
from outreach.stand_ins import next_absence, stand_in_ids
from outreach.vocabulary import Channel, Purpose, State, Withheld
from people import relations
from people.policy import Refused
from people.vocabulary import Reason, Rhythm, Role, WhoMay

from .company import ask, can_be_called, facilitator, make_facilitator, named, text_of
from .conftest import BEFORE, NOON, actor
from .test_around import colleague

pytestmark = pytest.mark.django_db
AWAY, BACK = NOON + timedelta(days=10), NOON + timedelta(days=17)


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    monkeypatch.setitem(relations._RELATIONS, "accompanies", [])
    monkeypatch.setitem(relations._RELATIONS, "accompanied by", [])


@pytest.fixture
def sofie(db):
    return colleague("Sofie")


@pytest.fixture
def amina(sofie):
    parent = named("Amina", 1)
    acts.choose_contact_person(staff_id=sofie.pk, by=actor(parent), now=BEFORE)
    return parent


def away(sofie, start=AWAY, end=BACK) -> Leave:
    return write_leave(starts_at=start, ends_at=end, by=facilitator(sofie), now=NOON)


def stands_beside(amina, sofie, name="Hanne"):
    other = colleague(name)
    around = acts.propose(person=amina, staff_id=other.pk, by=facilitator(sofie), now=NOON)
    acts.agree(around=around, by=actor(amina), now=NOON)
    return other


# --- telling ----------------------------------------------------------------------------------------


def test_each_parent_whose_contact_person_it_is_is_told_once_and_nobody_else(amina, sofie):
    other, asked = named("Els", 2), named("Fatma", 3)
    acts.choose_contact_person(staff_id=colleague("Hanne").pk, by=actor(other), now=NOON)
    acts.choose_contact_person(staff_id=sofie.pk, by=actor(asked), now=NOON)
    leave = away(sofie)
    assert (tell_parents(NOON), tell_parents(NOON)) == (2, 0)
    told = Notice.objects.filter(subject="outreach.leave", subject_id=leave.pk)
    assert set(told.values_list("person_id", flat=True)) == {amina.pk, asked.pk}
    assert Leave.objects.get().told_at == NOON


def test_two_workers_at_once_tell_it_once(amina, sofie):
    leave = away(sofie)
    both = Leave.objects.filter(pk=leave.pk)
    assert [absences._tell(one, NOON) for one in (both.get(), leave)] == [1, 0]
    assert Delivery.objects.filter(subject="outreach.leave").count() == 1


def test_it_is_told_two_weeks_ahead_and_not_sooner_nor_after_it_is_over(amina, sofie):
    away(sofie, NOON + TOLD_AHEAD + timedelta(days=1), NOON + TOLD_AHEAD + timedelta(days=3))
    assert tell_parents(NOON) == 0
    assert tell_parents(NOON + timedelta(days=1)) == 1
    away(sofie, NOON + timedelta(hours=1), NOON + timedelta(hours=2))
    assert tell_parents(NOON + timedelta(hours=3)) == 0


def test_it_is_told_in_her_way_and_never_rings_in_quiet(sofie):
    quiet, often = named("Karim", 1, Rhythm.QUIET), named("Amina", 2)
    for parent in (quiet, often):
        acts.choose_contact_person(staff_id=sofie.pk, by=actor(parent), now=NOON)
    away(sofie)
    tell_parents(NOON)
    became = dict(Delivery.objects.filter(subject="outreach.leave").values_list("person_id", "state"))
    assert became == {quiet.pk: State.WITHHELD, often.pk: State.WAITING}
    assert Notice.objects.filter(person=quiet, subject="outreach.leave").exists()


def test_the_worker_runs_it_as_a_registered_job():
    assert REGISTRY["outreach.tell_parents"].run is tell_parents


def test_taken_back_it_is_no_longer_of_use_and_the_named_one_falls_away(amina, sofie):
    hanne, leave = stands_beside(amina, sofie), away(sofie)
    tell_parents(NOON)
    leave.refresh_from_db()
    absences.stand_in(leave=leave, staff_id=hanne.pk, by=actor(amina), now=NOON)
    assert subjects.is_of_use("outreach.leave", amina.pk, leave.pk)
    absences.take_back(leave=leave, by=facilitator(sofie), now=NOON)
    assert not subjects.is_of_use("outreach.leave", amina.pk, leave.pk)
    assert not StandIn.objects.exists()


def test_two_absences_over_each_other_and_those_of_others_are_refused(sofie):
    leave = away(sofie)
    with pytest.raises(Refused) as refusal:
        away(sofie, AWAY + timedelta(days=1), BACK + timedelta(days=1))
    assert refusal.value.reason == Reason.ALREADY_DONE
    for someone in (facilitator(make_facilitator("Hanne")), facilitator(sofie, Role.COORDINATOR)):
        with pytest.raises(Refused):
            absences.take_back(leave=leave, by=someone, now=NOON)
    assert Leave.objects.count() == 1


# --- stand-in ---------------------------------------------------------------------------------------


def test_without_a_name_there_is_nobody_and_with_a_name_there_is_that_one(amina, sofie):
    from outreach.actions.needs import set_needs

    set_needs(person_id=amina.pk, by=actor(amina), now=NOON, who_may=WhoMay.CONTACT_PERSON)
    can_be_called(amina)
    hanne, leave = stands_beside(amina, sofie), away(sofie)
    tell_parents(NOON)
    leave.refresh_from_db()
    during = AWAY + timedelta(days=1)

    def verdict(by=""):
        happening = Happening(Purpose.CONTACT_ASKED, by=by, way=Channel.CALL)
        return plan(facts_of([amina.pk], during)[amina.pk].needs, happening, during).outward

    assert verdict().at == BACK
    assert verdict(hanne.pk) == Withhold(Withheld.ONLY_CONTACT_PERSON, Channel.CALL)
    absences.stand_in(leave=leave, staff_id=hanne.pk, by=actor(amina), now=NOON)
    assert verdict() == Task(Channel.CALL, during, hanne.pk)
    absences.stand_in(leave=leave, staff_id="", by=actor(amina), now=NOON)
    assert verdict().at == BACK


def test_only_who_sees_her_already_and_is_there_can_be_named(amina, sofie):
    hanne, stranger = stands_beside(amina, sofie), colleague("Youssef")
    leave = away(sofie)
    tell_parents(NOON)
    leave.refresh_from_db()
    assert stand_in_ids(amina.pk, leave) == {hanne.pk}
    for staff in (stranger, sofie):
        with pytest.raises(Refused):
            absences.stand_in(leave=leave, staff_id=staff.pk, by=actor(amina), now=NOON)
    write_leave(starts_at=BACK - timedelta(days=1), ends_at=BACK + timedelta(days=1), by=facilitator(hanne), now=NOON)
    assert stand_in_ids(amina.pk, leave) == set()


def test_nobody_names_for_another_parent_nor_before_it_was_told(amina, sofie):
    other, leave = named("Els", 2), away(sofie)
    with pytest.raises(Refused):
        absences.stand_in(leave=leave, staff_id="", by=actor(amina), now=NOON)
    tell_parents(NOON)
    leave.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        absences.stand_in(leave=leave, staff_id="", by=actor(other), now=NOON)
    assert refusal.value.is_hidden


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar", "tr"])
def test_she_reads_it_on_her_page_and_names_someone_with_a_tap(amina, sofie, rf, language):
    hanne, leave = stands_beside(amina, sofie), away(sofie)
    assert next_absence(amina.pk, NOON) is None
    tell_parents(NOON)
    page = ask(rf, actor(amina), "my:around", language=language).content.decode()
    assert f"/{language}/my/around/{leave.pk}/stand-in/" in page
    assert ask(rf, actor(amina), "my:stand_in", {"staff": hanne.pk}, leave_id=leave.pk).status_code == 302
    assert StandIn.objects.get().staff_id == hanne.pk


# --- my limit ---------------------------------------------------------------------------------------


def test_my_limit_asks_the_parent_and_changes_nothing_before_she_chose(amina, sofie, rf):
    for _ in range(2):
        assert ask(rf, facilitator(sofie), "work:outreach_limit", {}, parent_id=amina.pk).status_code == 302
    around = Around.objects.get()
    assert Notice.objects.filter(person=amina, subject_id=around.pk).count() == 1
    assert subjects.is_of_use("outreach.around", amina.pk, around.pk)
    assert company_of(sofie.pk) == {amina.pk}
    assert "It is not because of you." in text_of(ask(rf, actor(amina), "my:around"))
    acts.let_go(around=around, by=actor(amina), now=NOON)
    assert facts_of([amina.pk], NOON)[amina.pk].needs.contact_person == ""
    assert not subjects.is_of_use("outreach.around", amina.pk, around.pk)


def test_only_her_contact_person_has_a_limit_to_say(amina, sofie, rf):
    hanne = stands_beside(amina, sofie)
    for someone in (facilitator(hanne), facilitator(make_facilitator("Bram"))):
        with pytest.raises(Refused) as refusal:
            ask(rf, someone, "work:outreach_limit", {}, parent_id=amina.pk)
        assert refusal.value.is_hidden


# --- the own page -----------------------------------------------------------------------------------


def test_days_are_whole_days_on_the_clock_of_the_portal(sofie, rf):
    given = {"first_day": "2026-12-24", "last_day": "2026-12-31"}
    assert ask(rf, facilitator(sofie), "work:outreach_me", given).status_code == 302
    leave = Leave.objects.get()
    assert (leave.starts_at.isoformat(), leave.ends_at.isoformat()) == (
        "2026-12-23T23:00:00+00:00",
        "2026-12-31T23:00:00+00:00",
    )
    for wrong in (("2026-12-24", "2026-12-01"), ("2026-10-01", "2026-10-02"), ("", "x"), ("2026-11-03", "2099-01-01")):
        given = {"first_day": wrong[0], "last_day": wrong[1]}
        assert ask(rf, facilitator(sofie), "work:outreach_me", given).status_code == 422
    assert Leave.objects.count() == 1


def test_languages_that_were_said_count_in_the_proposal(amina, sofie, rf):
    type(amina).objects.filter(pk=amina.pk).update(language="ar")
    hanne, bram = colleague("Hanne"), colleague("Bram")
    assert [one.name for one in two_for(amina.pk)] == ["Bram", "Hanne"]
    ask(rf, facilitator(hanne), "work:outreach_languages", {"languages": ["ar", "tr"]})
    assert [one.staff_id for one in two_for(amina.pk)] == [hanne.pk, bram.pk]
