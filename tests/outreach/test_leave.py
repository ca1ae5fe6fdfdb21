"""Absence, stand-in, limit and languages: told once and in her way, and nobody silently instead of anybody."""

from datetime import timedelta

import pytest

from outreach import subjects, worker
from outreach.actions import around as acts
from outreach.actions import leave as absences
from outreach.actions import reach
from outreach.actions.leave import TOLD_AHEAD, tell_parents, write_leave
from outreach.actions.needs import set_needs
from outreach.company import company_of
from outreach.desk import desk_of
from outreach.facts import facts_of
from outreach.jobs import REGISTRY
from outreach.matching import two_for
from outreach.models import Around, Delivery, Leave, Notice, StandIn
from outreach.planner import Notice as Happening
from outreach.planner import Task, Withhold, plan
from outreach.stand_ins import next_absence, stand_in_ids
from outreach.vocabulary import Channel, Purpose, State, Withheld
from people.models import Account
from people.policy import Refused
from people.vocabulary import Reason, Rhythm, Role, WhoMay

from .company import ask, can_be_called, colleague, facilitator, make_facilitator, named, text_of
from .conftest import BEFORE, NOON, actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_no_groups")]
AWAY, BACK = NOON + timedelta(days=10), NOON + timedelta(days=17)


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


@pytest.mark.parametrize("start", [NOON - timedelta(hours=12), NOON + timedelta(hours=12)])
def test_what_begins_today_or_tomorrow_is_told_at_once_and_only_then(amina, sofie, start):
    away(sofie, start, BACK)
    assert told_of("outreach.leave") == [amina.pk]
    assert tell_parents(NOON) == 0


def test_what_begins_later_can_be_taken_back_before_anybody_is_told(amina, sofie):
    leave = away(sofie, NOON + timedelta(days=2), BACK)
    assert told_of("outreach.leave") == []
    absences.take_back(leave=leave, by=facilitator(sofie), now=NOON)
    assert not Notice.objects.exists()


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


# --- taken back, and back sooner ----------------------------------------------------------------------

OFF = "outreach.leave_off"


def told_of(subject: str) -> list[str]:
    """Who has an unread notice about this."""
    unread = Notice.objects.filter(subject=subject, read_at__isnull=True)
    return sorted(unread.values_list("person_id", flat=True))


def test_who_was_told_is_told_that_it_is_off_in_one_notice_and_nobody_else(amina, sofie, rf):
    gone, els = named("Fatma", 2), named("Els", 3)
    for parent in (gone, els):
        acts.choose_contact_person(staff_id=sofie.pk, by=actor(parent), now=NOON)
    leave = away(sofie)
    tell_parents(NOON)
    acts.let_go(around=Around.objects.get(person=gone, ended_at__isnull=True), by=actor(gone), now=NOON)
    acts.choose_contact_person(staff_id=sofie.pk, by=actor(named("Zeynep", 4)), now=NOON)  # after it was told
    absences.take_back(leave=Leave.objects.get(), by=facilitator(sofie), now=NOON)
    assert told_of(OFF) == sorted([amina.pk, els.pk])
    assert not {amina.pk, els.pk} & set(told_of("outreach.leave"))
    notice = Notice.objects.get(person=amina, subject=OFF)
    assert (notice.purpose, notice.by_id, notice.subject_id) == (Purpose.AROUND_ME, sofie.pk, leave.pk)
    assert subjects.address_of(OFF, amina.pk, leave.pk).endswith("/my/around/")
    assert "Sofie is there after all." in text_of(ask(rf, actor(amina), "my:around"))
    assert "after all" not in text_of(ask(rf, actor(gone), "my:around"))


def test_she_is_rung_once_for_the_absence_and_its_end_together(amina, sofie, outbox):
    away(sofie)
    tell_parents(NOON)
    absences.take_back(leave=Leave.objects.get(), by=facilitator(sofie), now=NOON)
    worker.run_once(NOON)
    assert len(outbox) == 1
    worker.run_once(NOON + timedelta(days=2))
    assert len(outbox) == 1


def test_that_it_is_off_never_rings_in_quiet_and_stands_there(sofie):
    quiet = named("Karim", 1, Rhythm.QUIET)
    acts.choose_contact_person(staff_id=sofie.pk, by=actor(quiet), now=NOON)
    away(sofie)
    tell_parents(NOON)
    absences.take_back(leave=Leave.objects.get(), by=facilitator(sofie), now=NOON)
    assert set(Delivery.objects.filter(subject=OFF).values_list("state", "reason")) == {
        (State.WITHHELD, Withheld.QUIET)
    }
    assert told_of(OFF) == [quiet.pk]


def test_what_was_told_to_nobody_is_taken_back_in_silence(amina, sofie):
    absences.take_back(leave=away(sofie), by=facilitator(sofie), now=NOON)
    away(sofie)
    tell_parents(NOON)
    absences.take_back(leave=Leave.objects.get(), by=facilitator(sofie), now=BACK)  # over already
    assert not Notice.objects.filter(subject=OFF).exists()


def test_that_it_is_off_says_nothing_more_once_she_has_another_contact_person(amina, sofie, rf):
    leave = away(sofie)
    tell_parents(NOON)
    absences.take_back(leave=Leave.objects.get(), by=facilitator(sofie), now=NOON)
    assert subjects.is_of_use(OFF, amina.pk, leave.pk)
    acts.choose_contact_person(staff_id=colleague("Hanne").pk, by=actor(amina), now=NOON)
    assert not subjects.is_of_use(OFF, amina.pk, leave.pk)
    assert "after all" not in text_of(ask(rf, actor(amina), "my:around"))


def test_back_sooner_is_told_to_who_was_told_and_merges_with_what_she_did_not_read(amina, sofie):
    leave, sooner = away(sofie), BACK - timedelta(days=3)
    assert absences.shorten(leave=leave, ends_at=sooner, by=facilitator(sofie), now=NOON)
    assert told_of("outreach.leave") == []  # nobody knew of it
    tell_parents(NOON)
    later = sooner - timedelta(days=1)
    assert absences.shorten(leave=leave, ends_at=later, by=facilitator(sofie), now=NOON)
    assert told_of("outreach.leave") == [amina.pk]
    assert Notice.objects.get(person=amina, subject="outreach.leave").merged_count == 2
    Notice.objects.update(read_at=NOON, unread_key=None)
    absences.shorten(leave=leave, ends_at=later - timedelta(days=1), by=facilitator(sofie), now=NOON)
    assert told_of("outreach.leave") == [amina.pk]
    assert next_absence(amina.pk, NOON).ends_at == later - timedelta(days=1)


@pytest.mark.parametrize("ends_at", [BACK, BACK + timedelta(days=1), AWAY, NOON - timedelta(days=1)])
def test_no_later_no_empty_and_no_past_absence_is_made_of_it(amina, sofie, ends_at):
    leave = away(sofie)
    assert not absences.shorten(leave=leave, ends_at=ends_at, by=facilitator(sofie), now=NOON)
    assert Leave.objects.get().ends_at == BACK


def test_nobody_shortens_the_absence_of_another(sofie, rf):
    leave = away(sofie)
    for someone in (facilitator(make_facilitator("Hanne")), facilitator(sofie, Role.COORDINATOR)):
        with pytest.raises(Refused):
            absences.shorten(leave=leave, ends_at=BACK - timedelta(days=1), by=someone, now=NOON)
        with pytest.raises(Refused):
            ask(rf, someone, "work:outreach_leave_sooner", {"last_day": "2026-11-15"}, leave_id=leave.pk)
    assert Leave.objects.get().ends_at == BACK


@pytest.mark.parametrize("who_may", WhoMay)
def test_whom_she_named_and_who_is_away_too_by_now_is_nobody(amina, sofie, who_may):
    """Fallen ill after she named her: it waits, or the team sees it, as if she had named nobody."""
    set_needs(person_id=amina.pk, by=actor(amina), now=NOON, who_may=who_may)
    can_be_called(amina)
    hanne, leave = stands_beside(amina, sofie), away(sofie, NOON - timedelta(days=1), BACK)
    StandIn.objects.create(person=amina, leave=leave, staff=hanne, named_at=NOON)
    asked = Happening(Purpose.CONTACT_ASKED)
    assert plan(facts_of([amina.pk], NOON)[amina.pk].needs, asked, NOON).outward.by == hanne.pk
    write_leave(starts_at=NOON, ends_at=NOON + timedelta(days=2), by=facilitator(hanne), now=NOON)
    outward = plan(facts_of([amina.pk], NOON)[amina.pk].needs, asked, NOON).outward
    assert (outward.by, outward.at) == (("", NOON) if who_may == WhoMay.TEAM else (sofie.pk, BACK))


def test_a_call_that_waited_for_her_to_be_back_waits_no_longer_than_she_is_away(amina, sofie):
    set_needs(person_id=amina.pk, by=actor(amina), now=NOON, who_may=WhoMay.CONTACT_PERSON)
    can_be_called(amina)
    leave = away(sofie, NOON - timedelta(days=1), BACK)
    reach(person_id=amina.pk, purpose=Purpose.CONTACT_ASKED, way=Channel.CALL, now=NOON)
    waits = Delivery.objects.filter(purpose=Purpose.CONTACT_ASKED)
    assert waits.get().due_at == BACK
    absences.shorten(leave=leave, ends_at=NOON + timedelta(days=1), by=facilitator(sofie), now=NOON)
    assert waits.get().due_at == NOON + timedelta(days=1)
    absences.take_back(leave=leave, by=facilitator(sofie), now=NOON)
    assert waits.get().due_at == NOON


def test_the_page_takes_a_sooner_day_and_refuses_another(amina, sofie, rf):
    leave = write_leave(
        starts_at=NOON + timedelta(days=1), ends_at=NOON + timedelta(days=11), by=facilitator(sofie), now=NOON
    )
    for wrong in ("", "x", "2026-11-02", "2026-11-13", "2026-11-20"):
        answer = ask(rf, facilitator(sofie), "work:outreach_leave_sooner", {"last_day": wrong}, leave_id=leave.pk)
        assert answer.status_code == 422
    answer = ask(rf, facilitator(sofie), "work:outreach_leave_sooner", {"last_day": "2026-11-08"}, leave_id=leave.pk)
    assert answer.status_code == 302
    assert Leave.objects.get().ends_at.isoformat() == "2026-11-08T23:00:00+00:00"


# --- stand-in ---------------------------------------------------------------------------------------


def test_without_a_name_there_is_nobody_and_with_a_name_there_is_that_one(amina, sofie):
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
    assert [one.name for one in two_for(amina.pk).matches] == ["Bram", "Hanne"]
    ask(rf, facilitator(hanne), "work:outreach_profile", {"languages": ["ar", "tr"]})
    assert [one.staff_id for one in two_for(amina.pk).matches] == [hanne.pk, bram.pk]


def test_a_contact_person_who_is_locked_out_is_as_one_who_is_away(amina, sofie):
    """The team does what she would have done; who lets in nobody else waits, and is asked about again each day."""
    hanne, account = stands_beside(amina, sofie), Account.objects.filter(person=sofie)
    check_in = Happening(Purpose.CHECK_IN, by=hanne.pk)

    def needs(now=NOON):
        return facts_of([amina.pk], now)[amina.pk].needs

    can_be_called(amina)
    assert [one.who.person_id for one in desk_of(facilitator(hanne), NOON).wanted] == []
    account.update(frozen_at=NOON, frozen_by_id="tess")
    assert [one.who.person_id for one in desk_of(facilitator(hanne), NOON).wanted] == [amina.pk]
    set_needs(person_id=amina.pk, by=actor(amina), now=NOON, who_may=WhoMay.CONTACT_PERSON)
    assert plan(needs(), check_in, NOON).outward == Withhold(Withheld.ONLY_CONTACT_PERSON, Channel.CALL)
    account.update(frozen_at=None, frozen_by_id="")
    assert not needs().is_away(NOON)
