"""The page of today: every line follows a wish, and nobody stands there who did not want to."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import AccessEntry
from audit.vocabulary import Look
from outreach.actions import reach
from outreach.actions.needs import set_needs
from outreach.company import company_of
from outreach.desk import desk_of
from outreach.models import Leave, StandIn, Task
from outreach.models.contact_moment import MomentOutcome
from outreach.policies import open_person, see_desk
from outreach.vocabulary import Channel, Purpose, Withheld
from outreach.wish import HardDay
from people import relations
from people.policy import Refused
from people.vocabulary import GRANTED_ROLES, Rhythm, Role, WhoMay

from .company import (
    ask,
    asked_for_contact,
    can_be_called,
    facilitator,
    make_facilitator,
    named,
    spoke,
    stands_around,
    text_of,
)
from .conftest import NOON, actor, make_parent

pytestmark = pytest.mark.django_db
LANGUAGES = ["nl", "fr", "en", "ar", "tr"]


@pytest.fixture
def sofie(db):
    return make_facilitator("Sofie")


@pytest.fixture
def accompanies(monkeypatch):
    """Lets a member of staff accompany these parents, as a group would."""
    pairs: dict[str, set[str]] = {}
    monkeypatch.setitem(relations._RELATIONS, "accompanies", [lambda staff_id: pairs.get(staff_id, set())])

    def let(staff, *parents):
        pairs.setdefault(staff.pk, set()).update(one.pk for one in parents)

    return let


def wanted(staff, now=NOON) -> list[str]:
    return [one.who.name for one in desk_of(facilitator(staff), now).wanted]


@pytest.mark.parametrize(
    ("rhythm", "days_ago", "is_there"),
    [
        (Rhythm.OFTEN, None, True),
        (Rhythm.OFTEN, 6, False),
        (Rhythm.OFTEN, 7, True),
        (Rhythm.SOMETIMES, None, True),
        (Rhythm.SOMETIMES, 29, False),
        (Rhythm.SOMETIMES, 30, True),
        (Rhythm.MATTERS, None, False),
        (Rhythm.MINE, 400, False),
        (Rhythm.QUIET, 400, False),
    ],
)
def test_who_wants_contact_now_follows_the_rhythm_alone(sofie, accompanies, rhythm, days_ago, is_there):
    parent = named("Amina", 1, rhythm)
    accompanies(sofie, parent)
    if days_ago is not None:
        spoke(sofie, parent, NOON - timedelta(days=days_ago))
    assert wanted(sofie) == (["Amina"] if is_there else [])


def test_a_call_that_nobody_answered_did_not_reach_her_and_not_wanting_did(sofie, accompanies):
    amina, els = named("Amina", 1), named("Els", 2)
    accompanies(sofie, amina, els)
    spoke(sofie, amina, NOON - timedelta(days=1), MomentOutcome.NO_ANSWER)
    spoke(sofie, els, NOON - timedelta(days=1), MomentOutcome.DID_NOT_WANT)
    assert wanted(sofie) == ["Amina"]


def test_in_quiet_hours_and_on_a_hard_day_it_stands_under_later_with_the_reason(sofie, accompanies):
    amina = named("Amina", 1, quiet=[(time(10), time(17))])
    els = named("Els", 2, hard_days=(HardDay(date(2020, 11, 3), words="zijn verjaardag"),))
    accompanies(sofie, amina, els)
    desk = desk_of(facilitator(sofie), NOON)
    assert desk.wanted == []
    assert [(one.who.name, one.at.isoformat(), one.because) for one in desk.later] == [
        ("Amina", "2026-11-03T16:00:00+00:00", Withheld.QUIET_HOURS.sentence),
        ("Els", "2026-11-03T23:00:00+00:00", Withheld.HARD_DAY.sentence),
    ]
    assert [(one.who.name, one.day, one.hard.words) for one in desk.hard] == [
        ("Els", date(2026, 11, 3), "zijn verjaardag")
    ]


def test_hard_days_are_seen_two_weeks_ahead_and_no_further(sofie, accompanies):
    days = tuple(HardDay(date(2026, 11, 3) + timedelta(days=ahead), yearly=False) for ahead in (-1, 13, 14))
    parent = named("Els", 1, Rhythm.MATTERS, hard_days=days)
    accompanies(sofie, parent)
    assert [one.day for one in desk_of(facilitator(sofie), NOON).hard] == [date(2026, 11, 16)]


def test_a_parent_with_a_contact_person_stands_on_that_page_only(sofie, accompanies):
    youssef, parent = make_facilitator("Youssef"), named("Amina", 1)
    accompanies(sofie, parent)
    stands_around(youssef, parent, contact_person=True)
    assert (wanted(sofie), wanted(youssef)) == ([], ["Amina"])


def test_while_the_contact_person_is_away_the_named_one_sees_her_else_the_team(sofie, accompanies):
    youssef, hanne, parent = make_facilitator("Youssef"), make_facilitator("Hanne"), named("Amina", 1)
    accompanies(sofie, parent)
    accompanies(hanne, parent)
    stands_around(youssef, parent, contact_person=True)
    away = Leave.objects.create(staff=youssef, starts_at=NOON - timedelta(days=1), ends_at=NOON + timedelta(days=9))
    assert (wanted(sofie), wanted(hanne)) == (["Amina"], ["Amina"])
    StandIn.objects.create(person=parent, leave=away, staff=hanne, named_at=NOON)
    assert (wanted(sofie), wanted(hanne)) == ([], ["Amina"])


def test_only_my_contact_person_keeps_her_off_every_other_page_also_during_leave(sofie, accompanies):
    youssef, parent = make_facilitator("Youssef"), named("Amina", 1, who_may=WhoMay.CONTACT_PERSON)
    accompanies(sofie, parent)
    stands_around(youssef, parent, contact_person=True)
    Leave.objects.create(staff=youssef, starts_at=NOON - timedelta(days=1), ends_at=NOON + timedelta(days=9))
    desk = desk_of(facilitator(sofie), NOON)
    assert (desk.wanted, desk.tasks, desk.later) == ([], [], [])


def test_who_asked_for_contact_stands_first_also_out_of_quiet(sofie, accompanies):
    parent, other = named("Zeynep", 1, Rhythm.QUIET), named("Amina", 2)
    accompanies(sofie, parent, other)
    can_be_called(parent)
    asked_for_contact(parent)
    desk = desk_of(facilitator(sofie), NOON)
    assert [(one.who.name, one.purpose, one.way) for one in desk.wanted] == [
        ("Zeynep", Purpose.CONTACT_ASKED, Channel.CALL),
        ("Amina", Purpose.CHECK_IN, Channel.EMAIL),
    ]
    assert desk.quiet == []


@pytest.mark.parametrize("by_email", [True, False])
def test_who_asked_for_contact_is_seen_whatever_her_ways_until_she_was_reached(sofie, accompanies, by_email):
    parent = named("Fatma", 1, Rhythm.MINE, by_email=by_email)
    accompanies(sofie, parent)
    reach(person_id=parent.pk, purpose=Purpose.CONTACT_ASKED, now=NOON - timedelta(hours=1))
    desk = desk_of(facilitator(sofie), NOON)
    assert [(one.who.name, one.purpose) for one in desk.wanted] == [("Fatma", Purpose.CONTACT_ASKED)]
    spoke(sofie, parent, NOON, MomentOutcome.NO_ANSWER)
    assert wanted(sofie) == ["Fatma"]
    spoke(sofie, parent, NOON)
    assert wanted(sofie) == []


def test_a_task_waits_out_the_quiet_hours_and_goes_when_the_wish_changes(sofie, accompanies):
    parent = named("Amina", 1, Rhythm.MATTERS)
    accompanies(sofie, parent)
    can_be_called(parent)
    asked_for_contact(parent)
    assert wanted(sofie) == ["Amina"]
    set_needs(person_id=parent.pk, by=actor(parent), now=NOON, hard_days=(HardDay(date(2026, 11, 3)),))
    desk = desk_of(facilitator(sofie), NOON)
    assert ([one.who.name for one in desk.wanted], [one.way for one in desk.later]) == ([], [Channel.CALL])
    assert [one.asked_at for one in desk.later] == [NOON]
    set_needs(person_id=parent.pk, by=actor(parent), now=NOON, channels_by_kind={})
    desk = desk_of(facilitator(sofie), NOON)
    assert Task.objects.get().reason == Withheld.NOT_THIS_WAY
    assert (desk.wanted, [one.way for one in desk.later]) == ([], [Channel.EMAIL])  # she did ask, and is not forgotten
    assert [one.asked_at for one in desk.later] == [NOON]


def test_a_task_for_the_contact_person_stands_on_no_other_page(sofie, accompanies):
    youssef, parent = make_facilitator("Youssef"), named("Amina", 1, Rhythm.MATTERS)
    accompanies(sofie, parent)
    stands_around(youssef, parent, contact_person=True)
    can_be_called(parent)
    asked_for_contact(parent)
    assert (wanted(sofie), wanted(youssef)) == ([], ["Amina"])


def test_who_wants_quiet_stands_there_only_as_a_wish(sofie, accompanies, rf):
    accompanies(sofie, named("Karim", 1, Rhythm.QUIET), named("Fatma", 2, Rhythm.MINE), named("Els", 3, Rhythm.MATTERS))
    desk = desk_of(facilitator(sofie), NOON)
    assert [one.name for one in desk.quiet] == ["Fatma", "Karim"]
    said = text_of(ask(rf, facilitator(sofie), "work:outreach"))
    assert "Silence is an answer too. You need not do anything here." in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_no_word_of_blame_in_any_language(sofie, accompanies, rf, language):
    accompanies(sofie, named("Karim", 1, Rhythm.QUIET), named("Amina", 2), named("Fatma", 3, Rhythm.MINE))
    said = text_of(ask(rf, facilitator(sofie), "work:outreach", language=language)).lower()
    assert "karim" in said
    for word in ("inactive", "overdue", "inactief", "te laat", "achterstallig", "inactif", "en retard", "متأخر",
                 "غير نشط", "pasif", "gecikmiş"):  # fmt: skip
        assert word not in said


def test_need_to_know_rank_alone_shows_nobody(sofie, rf):
    parent = named("Amina", 1)
    assert desk_of(facilitator(sofie), NOON).everyone == []
    with pytest.raises(Refused):
        ask(rf, facilitator(sofie), "work:outreach_person", parent_id=parent.pk)


def test_standing_around_opens_only_between_her_yes_and_the_end(sofie):
    parent = named("Amina", 1)
    around = stands_around(sofie, parent, agreed=None)
    assert company_of(sofie.pk) == set()
    type(around).objects.filter(pk=around.pk).update(agreed_at=NOON)
    assert company_of(sofie.pk) == {parent.pk}
    assert open_person.allows(facilitator(sofie), parent)
    type(around).objects.filter(pk=around.pk).update(ended_at=NOON, ended_by_id=parent.pk, place=None)
    assert company_of(sofie.pk) == set()
    assert not open_person.allows(facilitator(sofie), parent)


def test_only_facilitators_have_this_page_and_a_relation_is_not_enough(sofie, accompanies):
    parent = named("Amina", 1)
    accompanies(sofie, parent)
    for role in (*GRANTED_ROLES, Role.STAFF_WITHOUT_SECOND_FACTOR, Role.PARENT):
        may = role == Role.FACILITATOR
        assert see_desk.allows(facilitator(sofie, role)) == may
        assert open_person.allows(facilitator(sofie, role), parent) == may
    assert not open_person.allows(facilitator(sofie), make_parent(2))


def test_every_look_is_in_the_access_log_that_the_parent_reads(sofie, accompanies, rf):
    amina, els = named("Amina", 1), named("Els", 2, Rhythm.QUIET)
    accompanies(sofie, amina, els)
    ask(rf, facilitator(sofie), "work:outreach")
    seen = set(AccessEntry.objects.values_list("person_id", "purpose", "shown_to_person"))
    assert seen == {(amina.pk, Look.WISH, True), (els.pk, Look.WISH, True)}


def test_the_number_of_statements_is_the_same_for_one_parent_and_for_twenty(sofie, accompanies, rf):
    counts = []
    for total in (1, 20):
        for number in range(len(company_of(sofie.pk)), total):
            parent = named(f"Ouder {number}", number, list(Rhythm)[number % 5])
            accompanies(sofie, parent)
            if number % 2 == 0:
                can_be_called(parent)
                asked_for_contact(parent)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert ask(rf, facilitator(sofie), "work:outreach").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 10
