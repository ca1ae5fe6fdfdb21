"""The pages on which a coordinator reads how many parents nobody knows now, never who, and chooses who takes over."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from outreach.actions.newcomers import add_newcomer
from outreach.actions.profile import say_of_oneself
from outreach.actions.taking_over import take_over
from outreach.alone_with import known_to_nobody
from outreach.company import company_of
from outreach.successors import who_could_take_over
from people.actions import keep_apart
from people.actions.accounts import freeze
from people.actions.staff import withdraw_role
from people.actor import PORTAL
from people.models import Person
from people.vocabulary import Role

from .company import ask, colleague, facilitator, make_facilitator, text_of
from .conftest import BEFORE, NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_no_groups")]


@pytest.fixture
def locked(zineb, sofie):
    freeze(account=sofie.account, by=PORTAL, now=NOON)
    return zineb


PAGES = ("work:today", "work:staff", "work:staff_member", "work:take_over")


def read(rf, who, name, staff, language="en") -> str:
    return text_of(ask(rf, who, name, language=language, **({"person_id": staff.pk} if "member" in name else {})))


def test_before_she_stops_her_page_says_how_many_and_that_she_can_ask_them_herself(zineb, sofie, hanne, marc, rf):
    said = read(rf, marc, "work:staff_member", sofie)
    assert "1 parent without an account is known to this colleague alone." in said
    assert "My days away, and about me" in said
    assert "known to this colleague" not in read(rf, marc, "work:staff_member", hanne)
    assert "Choose who takes over" not in said


def test_taking_the_role_away_leads_to_who_takes_over(zineb, sofie, hanne, marc, rf):
    answer = ask(rf, marc, "work:withdraw_role", {"role": "facilitator"}, person_id=sofie.pk)
    assert answer.url == reverse("work:take_over").replace("/nl/", "/en/")
    answer = ask(rf, marc, "work:withdraw_role", {"role": "facilitator"}, person_id=hanne.pk)
    assert answer.url.endswith(f"/work/staff/{hanne.pk}/")


def test_a_lock_is_not_held_up_and_the_count_stands_there_until_it_is_done(zineb, sofie, hanne, marc, rf):
    ask(rf, marc, "work:freeze_staff", {}, person_id=sofie.pk)
    sofie.account.refresh_from_db()
    assert sofie.account.frozen_at
    for name in PAGES:
        assert "1 parent without an account is known to nobody of the team now." in read(rf, marc, name, sofie)
    assert ask(rf, marc, "work:take_over", {"staff": hanne.pk}).status_code == 302
    assert company_of(hanne.pk) == {zineb.pk}
    for name in PAGES:
        assert "known to nobody" not in read(rf, marc, name, sofie)


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar", "tr"])
def test_a_coordinator_reads_no_name_anywhere(locked, sofie, hanne, marc, rf, language):
    for name in PAGES:
        page = read(rf, marc, name, sofie, language)
        assert "Zineb" not in page
        assert locked.pk not in page
    assert "Hanne" in read(rf, marc, "work:take_over", sofie, language)


def test_of_waiting_it_speaks_only_where_a_lock_is_the_reason(locked, sofie, marc, rf):
    hint = "Is an account locked for a short while only?"
    assert hint in read(rf, marc, "work:take_over", sofie)
    withdraw_role(person=sofie, role=Role.FACILITATOR, by=PORTAL, now=NOON)
    assert hint not in read(rf, marc, "work:take_over", sofie)


@pytest.mark.usefixtures("locked")
def test_only_who_may_choose_reads_of_it(sofie, rf):
    tess = facilitator(make_facilitator("Tess"), Role.TECHNICAL_ADMINISTRATOR)
    for name in ("work:today", "work:staff", "work:staff_member"):
        assert "without an account" not in read(rf, tess, name, sofie)


@pytest.mark.usefixtures("locked")
def test_somebody_must_be_chosen_and_nobody_else_is_a_choice(sofie, hanne, marc, rf):
    for given in ({}, {"staff": sofie.pk}, {"staff": marc.person_id}):
        answer = ask(rf, marc, "work:take_over", given)
        assert answer.status_code == 422
        assert "Choose one." in text_of(answer)
    assert known_to_nobody()


def test_sent_twice_it_is_done_once(locked, hanne, marc, rf):
    for _ in range(2):
        answer = ask(rf, marc, "work:take_over", {"staff": hanne.pk})
    assert answer.status_code == 200
    assert "Every parent is known to somebody of the team." in text_of(answer)
    assert company_of(hanne.pk) == {locked.pk}


@pytest.mark.usefixtures("zineb")
def test_for_who_is_left_somebody_else_is_chosen(sofie, hanne, marc, rf):
    add_newcomer(name="Rosa", language="nl", by=facilitator(sofie), now=BEFORE)
    say_of_oneself(most_families=1, by=facilitator(hanne))
    withdraw_role(person=sofie, role=Role.FACILITATOR, by=PORTAL, now=NOON)
    ask(rf, marc, "work:take_over", {"staff": hanne.pk})
    page = text_of(ask(rf, marc, "work:take_over"))
    assert "1 parent without an account" in page
    assert "Nobody of the team can take over now." in page


# --- who is proposed, in which order --------------------------------------------------------------------


def proposed(*parents) -> list[str]:
    return [one.name for one in who_could_take_over(one.pk for one in parents)]


@pytest.mark.usefixtures("hanne")
def test_who_speaks_the_language_stands_first_then_who_has_room(locked):
    bram = colleague("Bram")
    colleague("Aya", language="ar")
    add_newcomer(name="Ines", language="nl", by=facilitator(bram), now=BEFORE)
    assert proposed(locked) == ["Aya", "Hanne", "Bram"]


def test_who_is_kept_apart_full_or_locked_is_left_out_without_a_trace(locked, sofie, hanne, marc, rf):
    apart, full, shut = colleague("Bram"), colleague("Ines"), colleague("Lode")
    say_of_oneself(most_families=1, by=facilitator(full))
    add_newcomer(name="Rosa", language="nl", by=facilitator(full), now=BEFORE)
    freeze(account=shut.account, by=PORTAL, now=NOON)
    with CaptureQueriesContext(connection) as before:
        assert proposed(locked) == ["Bram", "Hanne"]
    keep_apart.mark(one=locked.pk, other=apart.pk, because="Spanning.", by=PORTAL, now=NOON)
    with CaptureQueriesContext(connection) as after:
        assert proposed(locked) == ["Hanne"]
    assert len(before) == len(after)
    page = text_of(ask(rf, marc, "work:take_over"))
    assert not [name for name in ("Bram", "Ines", "Lode", "Sofie", "apart") if name in page]


def test_twenty_parents_cost_no_statement_more_than_one(locked, sofie, hanne, marc, rf):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            ask(rf, marc, "work:take_over")
        counts.append(len(asked))
        for number in range(20):
            Person.objects.create(name=f"Ouder {number}", language="nl", created_at=BEFORE)
    assert counts[0] == counts[1]
    assert take_over(staff_id=hanne.pk, by=marc, now=NOON) == 41
