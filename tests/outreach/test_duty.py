"""Duty: one's own hours oneself, never in days away; the one on duty sees the work of the team first, and parents are
promised only hours in which somebody is there.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import AuditEntry
from outreach import circles
from outreach.actions import duty as acts
from outreach.actions.leave import take_back, write_leave
from outreach.actions.retention import KEPT_SHIFTS, forget_old, forget_person
from outreach.actions.staffed_hours import set_hours
from outreach.circles import Circle, Source, Team
from outreach.desk import desk_of
from outreach.duty import on_duty, week_of
from outreach.models import Delivery, DutyShift, Notice
from outreach.queries import address_of
from outreach.staffed import Duty, Reading, next_reading, read_next
from outreach.views.duty import _day_asked
from outreach.vocabulary import Purpose, State
from people import relations
from people.actor import PORTAL
from people.models import Account, RoleGrant
from people.policy import Refused
from people.vocabulary import Reason, Rhythm, Role

from .company import ask, asked_for_contact, can_be_called, colleague, facilitator, named, stands_around, text_of
from .conftest import NOON

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Europe/Brussels")
HOUR = timedelta(hours=1)
OURS, THEIRS = "o" * 22, "t" * 22


@pytest.fixture
def town(monkeypatch):
    """Two teams of two; Amina and Els are accompanied by the first. Nobody else sees anything of it."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    return Town(monkeypatch)


class Town:
    def __init__(self, monkeypatch):
        self.sofie, self.hanne, self.bram, self.marc = (colleague(one) for one in ("Sofie", "Hanne", "Bram", "Marc"))
        self.teams = {OURS: {self.sofie.pk, self.hanne.pk}, THEIRS: {self.bram.pk}}
        self.parents: set[str] = set()
        nobody = {"names_for": lambda actor, ids: {}, "staff_of": lambda ids, seen_by="": {}}
        source = Source(of=self.of, teams=self.teams_of, **nobody)
        monkeypatch.setattr(circles, "_SOURCES", [source])
        monkeypatch.setitem(relations._RELATIONS, "accompanies", [self.accompanied_by])

    def of(self, actor):
        return [Circle(pk, pk[0], frozenset(self.parents)) for pk in (OURS,) if actor.person_id in self.teams[pk]]

    def teams_of(self, actor):
        sees_all = Role.COORDINATOR in actor.roles
        return [Team(pk, pk[0], frozenset(who)) for pk, who in self.teams.items() if sees_all or actor.person_id in who]

    def accompanied_by(self, staff_id):
        return self.parents if staff_id in self.teams[OURS] else set()

    def parent(self, name: str, number: int, rhythm: Rhythm = Rhythm.OFTEN):
        person = named(name, number, rhythm)
        self.parents.add(person.pk)
        return person


def on(staff, starts=NOON, ends=NOON + HOUR, *, by=None, team=OURS) -> DutyShift:
    return acts.put_on_duty(
        team_id=team, staff_id=staff.pk, starts_at=starts, ends_at=ends, by=by or facilitator(staff), now=NOON
    )


def away(staff, starts, ends):
    return write_leave(starts_at=starts, ends_at=ends, by=facilitator(staff), now=NOON)


# --- who may ----------------------------------------------------------------------------------------


def test_one_puts_oneself_on_duty_and_takes_it_back_once(town):
    shift = on(town.sofie)
    for _ in range(2):
        acts.take_shift_back(shift=shift, by=facilitator(town.sofie), now=NOON)
    assert not DutyShift.objects.exists()
    kinds = AuditEntry.objects.filter(kind__startswith="outreach.duty.").values_list("kind", flat=True)
    assert sorted(kinds) == ["outreach.duty.set", "outreach.duty.taken_back"]


def test_a_colleague_is_put_on_duty_by_a_coordinator_only(town):
    coordinator = facilitator(town.marc, Role.COORDINATOR)
    with pytest.raises(Refused):
        on(town.hanne, by=facilitator(town.sofie))
    shift = on(town.hanne, by=coordinator)
    with pytest.raises(Refused):
        acts.take_shift_back(shift=shift, by=facilitator(town.sofie), now=NOON)
    assert DutyShift.objects.get() == shift
    acts.take_shift_back(shift=shift, by=coordinator, now=NOON)
    assert not DutyShift.objects.exists()


def test_who_is_put_on_duty_by_a_colleague_finds_it_in_the_app(town, rf):
    coordinator = facilitator(town.marc, Role.COORDINATOR)
    mine = on(town.sofie)
    assert not Notice.objects.exists()  # what one did oneself one knows
    on(town.sofie, NOON + 2 * HOUR, NOON + 3 * HOUR, by=coordinator)
    acts.take_shift_back(shift=mine, by=coordinator, now=NOON)
    told = Notice.objects.get()
    assert (told.person_id, told.purpose, told.merged_count) == (town.sofie.pk, Purpose.ON_DUTY, 2)
    assert not Delivery.objects.filter(state=State.WAITING).exists()
    assert address_of(told) == reverse("work:duty_week", args=[OURS])
    ask(rf, facilitator(town.sofie), "work:duty_week", team_id=OURS)
    assert Notice.objects.get().read_at == NOON


def test_nobody_is_on_duty_for_a_team_that_is_not_theirs(town, rf):
    for someone in (
        facilitator(town.bram),
        facilitator(town.marc, Role.COORDINATOR),
        facilitator(town.bram, Role.EDITOR),
    ):
        with pytest.raises(Refused) as refusal:
            on(town.bram, by=someone)
        assert refusal.value.is_hidden
    with pytest.raises(Refused):
        ask_of(town.bram, "work:duty_week", rf)
    assert not DutyShift.objects.exists()


def ask_of(staff, page, rf):
    return ask(rf, facilitator(staff), page, team_id=OURS)


def test_who_leaves_the_team_is_on_duty_for_it_no_more_and_only_for_it(town):
    town.teams[THEIRS].add(town.sofie.pk)
    on(town.sofie)
    kept = on(town.sofie, team=THEIRS)
    acts.leave_team(team_id=OURS, staff_id=town.sofie.pk, now=NOON)
    assert list(DutyShift.objects.all()) == [kept]


# --- days away --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("starts", "ends"), [(-5, 5), (0, 1), (-1, 0.5), (0.5, 2)])
def test_a_shift_inside_days_away_is_refused_with_a_sentence(town, starts, ends):
    away(town.sofie, NOON + starts * HOUR, NOON + ends * HOUR)
    with pytest.raises(Refused) as refusal:
        on(town.sofie)
    assert refusal.value.reason == Reason.AWAY_THEN
    assert "days away" in str(refusal.value.sentence) or "vrije dagen" in refusal.value.sentence
    on(town.hanne)


def test_days_away_that_only_touch_a_shift_are_no_hindrance(town):
    away(town.sofie, NOON + HOUR, NOON + 2 * HOUR)
    on(town.sofie)
    assert DutyShift.objects.count() == 1


def test_the_same_hours_twice_are_refused_and_another_team_is_not(town):
    town.teams[THEIRS].add(town.sofie.pk)
    on(town.sofie)
    with pytest.raises(Refused) as refusal:
        on(town.sofie, NOON + HOUR / 2, NOON + 2 * HOUR)
    assert refusal.value.reason == Reason.ON_DUTY_THEN
    on(town.sofie, team=THEIRS)
    on(town.sofie, NOON + HOUR, NOON + 2 * HOUR)


def test_days_away_written_later_leave_a_hole_that_the_team_sees_until_they_are_taken_back(town, rf):
    on(town.sofie)
    leave = away(town.sofie, NOON - HOUR, NOON + 5 * HOUR)
    assert on_duty(facilitator(town.hanne), NOON) == []
    assert "Who can take these hours?" in text_of(ask_of(town.hanne, "work:duty_week", rf))
    take_back(leave=leave, by=facilitator(town.sofie), now=NOON)
    assert [one.now[0].name for one in on_duty(facilitator(town.hanne), NOON)] == ["Sofie"]


@pytest.mark.parametrize("what", ["role", "frozen"])
def test_who_may_not_act_any_more_is_not_on_duty(town, what):
    on(town.sofie)
    if what == "role":
        RoleGrant.objects.filter(person=town.sofie).update(withdrawn_at=NOON, withdrawn_by_id="x")
    else:
        Account.objects.filter(person=town.sofie).update(frozen_at=NOON, frozen_by_id="x")
    assert on_duty(facilitator(town.hanne), NOON) == []
    assert next_reading(OURS, NOON).about is None


# --- what parents are promised ----------------------------------------------------------------------

TUESDAYS = [(1, time(9), time(12))]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def duty(day: int, begins: int, ends: int, holds: bool = True) -> Duty:
    return Duty(at(day, begins).astimezone(UTC), at(day, ends).astimezone(UTC), holds)


@pytest.mark.db_free
@pytest.mark.parametrize(
    ("shifts", "now", "reading"),
    [
        ([], at(3, 8), Reading(False, at(3, 9))),
        ([duty(4, 14, 16)], at(3, 8), Reading(False, at(4, 14))),  # a planned week: its shifts alone
        ([duty(4, 14, 16)], at(5, 8), Reading(False, at(10, 9))),  # they are over: the next week was not planned
        ([duty(4, 14, 16, holds=False)], at(3, 8), Reading(False, at(10, 9))),  # planned, and nobody is there
        ([duty(11, 14, 16)], at(3, 8), Reading(False, at(3, 9))),  # next week is planned, this one is not
        ([duty(11, 14, 16)], at(3, 13), Reading(False, at(11, 14))),
        ([duty(3, 9, 11), duty(3, 11, 13)], at(3, 10, 15), Reading(True, at(3, 11), at(3, 13))),
        ([duty(1, 9, 11)], at(2, 8), Reading(False, at(3, 9))),  # Sunday ends a week
    ],
)
def test_a_week_with_shifts_is_promised_by_its_shifts_and_any_other_by_its_hours(shifts, now, reading):
    assert read_next(TUESDAYS, now, ZONE, shifts) == reading


def test_what_parents_read_follows_the_shifts_and_the_days_away(town):
    set_hours(team_id=OURS, hours=TUESDAYS, by=PORTAL)
    assert next_reading(OURS, at(3, 8)).about == at(3, 9)
    on(town.sofie, at(4, 14), at(4, 16))
    assert next_reading(OURS, at(3, 8)).about == at(4, 14)
    assert next_reading(THEIRS, at(3, 8)).about is None
    away(town.sofie, at(4, 0), at(5, 0))
    assert next_reading(OURS, at(3, 8)).about == at(10, 9)


def test_every_promise_is_an_hour_in_which_somebody_is_on_duty_or_the_hours_say_so(town):
    set_hours(team_id=OURS, hours=TUESDAYS, by=PORTAL)
    spans = [(at(4, 14), at(4, 16)), (at(6, 9), at(6, 10)), (at(18, 9), at(18, 12))]
    for starts, ends in spans:
        on(town.sofie, starts, ends)
    now = at(3, 13)
    for _ in range(12 * 24):
        now += HOUR / 2
        about = next_reading(OURS, now).about
        planned = any(starts <= about <= ends for starts, ends in spans)
        standing = about.date() in (date(2026, 11, 10), date(2026, 11, 24)) and time(9) <= about.time() <= time(12)
        assert about > now
        assert planned or standing


# --- the work of the team ---------------------------------------------------------------------------


def names(lines) -> list[str]:
    return [one.who.name for one in lines]


def test_who_is_on_duty_has_the_work_of_the_team_first_and_colleagues_see_it_too(town):
    town.parent("Amina", 1)
    mine = town.parent("Els", 2)
    stands_around(town.hanne, mine, contact_person=True)
    desks = {staff.pk: desk_of(facilitator(staff), NOON) for staff in (town.sofie, town.hanne)}
    assert names(desks[town.sofie.pk].wanted) == ["Amina"]
    assert names(desks[town.hanne.pk].wanted) == ["Amina", "Els"]
    on(town.sofie)
    hers, theirs = desk_of(facilitator(town.sofie), NOON), desk_of(facilitator(town.hanne), NOON)
    assert (names(hers.first), names(hers.wanted), names(hers.with_colleague)) == (["Amina"], [], [])
    assert (names(theirs.first), names(theirs.wanted), names(theirs.with_colleague)) == ([], ["Els"], ["Amina"])
    assert theirs.with_colleague[0].looks_first == ("Sofie",)


def test_a_task_for_the_team_goes_to_who_is_on_duty_first_and_one_for_a_person_stays_theirs(town):
    for_team, for_hanne = town.parent("Amina", 1, Rhythm.MINE), town.parent("Els", 2, Rhythm.MINE)
    stands_around(town.hanne, for_hanne, contact_person=True)
    for one in (for_team, for_hanne):
        can_be_called(one)
        asked_for_contact(one)
    on(town.sofie)
    hers, theirs = desk_of(facilitator(town.sofie), NOON), desk_of(facilitator(town.hanne), NOON)
    assert (names(hers.first), names(hers.wanted), hers.with_colleague) == (["Amina"], [], [])
    assert (names(theirs.wanted), names(theirs.with_colleague)) == (["Els"], ["Amina"])


def test_duty_for_another_team_changes_nothing_here(town):
    town.parent("Amina", 1)
    town.teams[THEIRS].add(town.sofie.pk)
    on(town.sofie, team=THEIRS)
    desk = desk_of(facilitator(town.sofie), NOON)
    assert (names(desk.wanted), desk.first) == (["Amina"], [])


def test_the_desk_costs_the_same_with_one_shift_and_with_twenty(town):
    town.parent("Amina", 1)
    counts = []
    for start in (0, 1):
        for hours in range(start, 1 if start == 0 else 20):
            on(town.sofie, NOON + hours * HOUR, NOON + (hours + 1) * HOUR)
        with CaptureQueriesContext(connection) as asked:
            desk_of(facilitator(town.hanne), NOON)
            week_of(Team(OURS, "o", frozenset(town.teams[OURS])), date(2026, 11, 3), facilitator(town.hanne), NOON)
        counts.append(len(asked))
    assert counts[0] == counts[1]


# --- the pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar", "tr"])
def test_the_desk_says_who_is_on_duty_and_who_comes_next(town, rf, language):
    on(town.sofie)
    on(town.hanne, NOON + 24 * HOUR, NOON + 25 * HOUR)
    page = text_of(ask(rf, facilitator(town.hanne), "work:outreach", language=language))
    assert "Sofie" in page
    assert "Hanne" in page
    if language == "en":
        assert "On duty now: Sofie, until 13:00" in page.replace("\u2068", "").replace("\u2069", "")


def test_a_shift_is_added_on_the_page_and_taken_back_there(town, rf):
    given = {"day": "2026-11-05", "begins": "09:00", "ends": "12:00"}
    answer = ask(rf, facilitator(town.sofie), "work:duty_week", given, team_id=OURS)
    assert answer.status_code == 302
    shift = DutyShift.objects.get()
    assert (shift.staff_id, shift.starts_at, shift.ends_at) == (town.sofie.pk, at(5, 9), at(5, 12))
    assert "Sofie" in text_of(ask_of(town.hanne, "work:duty_week", rf))
    answer = ask(rf, facilitator(town.sofie), "work:duty_back", {}, shift_id=shift.pk)
    assert answer["Location"].endswith("?week=2026-11-05")
    assert not DutyShift.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": "2026-11-02"},
        {"day": "2099-01-01"},
        {"day": "x"},
        {"begins": "12:00", "ends": "09:00"},
        {"begins": "09:00", "ends": "09:00"},
        {"day": "2026-11-03", "begins": "09:00", "ends": "10:00"},
        {"begins": ""},
        {"day": "2027-03-28", "begins": "02:10", "ends": "02:40"},
    ],
)
def test_hours_that_cannot_be_are_said_beside_the_field(town, rf, wrong):
    given = {"day": "2026-11-05", "begins": "09:00", "ends": "12:00"} | wrong
    assert ask(rf, facilitator(town.sofie), "work:duty_week", given, team_id=OURS).status_code == 422
    assert not DutyShift.objects.exists()


def test_days_away_are_said_beside_the_field_with_what_was_typed(town, rf):
    away(town.sofie, at(5, 0), at(6, 0))
    given = {"day": "2026-11-05", "begins": "09:00", "ends": "12:00"}
    answer = ask(rf, facilitator(town.sofie), "work:duty_week", given, team_id=OURS)
    assert answer.status_code == 422
    assert "Those hours lie in days away." in text_of(answer)
    assert 'value="09:00"' in answer.content.decode()


def test_a_coordinator_chooses_who_and_a_facilitator_cannot(town, rf):
    given = {"day": "2026-11-05", "begins": "09:00", "ends": "12:00", "staff": town.hanne.pk}
    ask(rf, facilitator(town.sofie), "work:duty_week", given, team_id=OURS)
    assert DutyShift.objects.get().staff_id == town.sofie.pk
    ask(rf, facilitator(town.marc, Role.COORDINATOR), "work:duty_week", given, team_id=OURS)
    assert DutyShift.objects.filter(staff=town.hanne).count() == 1
    given["staff"] = town.bram.pk
    answer = ask(rf, facilitator(town.marc, Role.COORDINATOR), "work:duty_week", given, team_id=OURS)
    assert answer.status_code == 422


@pytest.mark.parametrize("week", ["", "2026-11-12", "x", "2026-13-40", "9999-12-31", "0001-01-01", "2026-11-12\x00"])
def test_any_week_that_is_asked_for_opens(town, rf, week):
    request = rf.get(reverse("work:duty_week", args=[OURS]), {"week": week})
    assert abs(_day_asked(request) - date(2026, 11, 3)) <= timedelta(days=400)


def test_shifts_go_four_weeks_after_they_ended(town):
    on(town.sofie)
    forget_old(NOON + HOUR + KEPT_SHIFTS)
    assert DutyShift.objects.exists()
    forget_old(NOON + HOUR + KEPT_SHIFTS + timedelta(seconds=1))
    assert not DutyShift.objects.exists()


def test_who_is_erased_leaves_the_duty_and_nobody_else_does(town):
    on(town.sofie)
    theirs = on(town.hanne, NOON + HOUR, NOON + 2 * HOUR)
    forget_person(town.sofie.pk, NOON)
    assert list(DutyShift.objects.all()) == [theirs]
