"""Who stands around a parent: never without her yes, gone when she says so, never a crowd, never a trace of a mark."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import AccessEntry
from audit.vocabulary import Look
from outreach import subjects
from outreach.actions import around as acts
from outreach.actions.leave import write_leave
from outreach.actions.needs import set_needs
from outreach.actions.newcomers import add_newcomer
from outreach.alone_with import alone_with
from outreach.around_me import around_for_staff, around_me
from outreach.candidates import candidate_ids
from outreach.company import company_of
from outreach.desk import desk_of
from outreach.facts import facts_of
from outreach.matching import two_for
from outreach.models import Around, Delivery, Notice, Place
from outreach.vocabulary import Purpose
from people import relations
from people.actions import keep_apart
from people.actions.accounts import freeze, unfreeze
from people.actions.own_data import erase
from people.actor import PORTAL
from people.models import KeepApart
from people.policy import Refused
from people.vocabulary import Reason, Rhythm, Role

from .company import ask, colleague, facilitator, household, named, spoke, text_of
from .conftest import BEFORE, NOON, actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_no_groups")]


@pytest.fixture
def sofie(db):
    return colleague("Sofie")


@pytest.fixture
def amina(sofie):
    """Her contact person is Sofie, by her own choice."""
    parent = named("Amina", 1)
    acts.choose_contact_person(staff_id=sofie.pk, by=actor(parent), now=BEFORE)
    return parent


def apart(one, other) -> None:
    keep_apart.mark(one=one.pk, other=other.pk, because="Spanning.", by=PORTAL, now=NOON)


def proposed(amina, sofie, staff, **more) -> Around:
    return acts.propose(person=amina, staff_id=staff.pk, by=facilitator(sofie), now=NOON, **more)


# --- her yes, her no --------------------------------------------------------------------------------


def test_she_is_asked_first_and_before_her_yes_nothing_is_open(amina, sofie):
    hanne = colleague("Hanne")
    around = proposed(amina, sofie, hanne)
    notice = Notice.objects.get(person=amina, purpose=Purpose.AROUND_ME)
    assert (notice.subject, notice.subject_id) == ("outreach.around", around.pk)
    assert subjects.is_of_use("outreach.around", amina.pk, around.pk)
    assert company_of(hanne.pk) == set()
    acts.agree(around=around, by=actor(amina), now=NOON)
    assert company_of(hanne.pk) == {amina.pk}
    assert not subjects.is_of_use("outreach.around", amina.pk, around.pk)


def test_her_no_and_please_leave_hold_at_once_and_free_the_place(amina, sofie):
    hanne = colleague("Hanne")
    around = proposed(amina, sofie, hanne)
    acts.agree(around=around, by=actor(amina), now=NOON)
    acts.let_go(around=around, by=actor(amina), now=NOON)
    assert company_of(hanne.pk) == set()
    assert list(Place.objects.values_list("staff_id", flat=True)) == [sofie.pk]
    assert hanne.pk not in candidate_ids(amina.pk)
    with pytest.raises(Refused):
        proposed(amina, sofie, hanne)


def test_nobody_else_answers_for_her(amina, sofie):
    hanne, other = colleague("Hanne"), named("Els", 2)
    around = proposed(amina, sofie, hanne)
    for someone in (actor(other), facilitator(sofie), facilitator(hanne), facilitator(sofie, Role.COORDINATOR)):
        for act in (acts.agree, acts.let_go):
            with pytest.raises(Refused) as refusal:
                act(around=around, by=someone, now=NOON)
            assert refusal.value.is_hidden
    around.refresh_from_db()
    assert (around.agreed_at, around.ended_at) == (None, None)


def test_only_who_is_in_her_company_can_ask_her(amina):
    hanne = colleague("Hanne")
    with pytest.raises(Refused) as refusal:
        acts.propose(person=amina, staff_id=hanne.pk, by=facilitator(hanne), now=NOON)
    assert refusal.value.is_hidden
    assert not Notice.objects.filter(purpose=Purpose.AROUND_ME).exists()


def test_a_rollback_asks_her_nothing(amina, sofie):
    with transaction.atomic():
        proposed(amina, sofie, colleague("Hanne"))
        transaction.set_rollback(True)
    assert not Notice.objects.filter(purpose=Purpose.AROUND_ME).exists()
    assert Around.objects.count() == 1


# --- no crowd ---------------------------------------------------------------------------------------


def test_the_fourth_needs_one_to_go_and_the_closest_never_does(amina, sofie):
    three = [colleague(name) for name in ("Bram", "Hanne", "Youssef")]
    first = proposed(amina, sofie, three[0])
    proposed(amina, sofie, three[1])
    assert around_for_staff(amina.pk, NOON).is_full
    with pytest.raises(Refused) as refusal:
        proposed(amina, sofie, three[2])
    assert refusal.value.reason == Reason.FULL
    with pytest.raises(Refused):
        proposed(amina, sofie, three[2], instead_of=Around.objects.get(is_contact_person=True).pk)
    proposed(amina, sofie, three[2], instead_of=first.pk)
    assert Place.objects.count() == 3
    assert not Around.objects.filter(pk=first.pk, ended_at__isnull=True).exists()


def test_somebody_around_another_parent_cannot_be_sent_away_from_here(amina, sofie):
    els = named("Els", 2)
    acts.choose_contact_person(staff_id=sofie.pk, by=actor(els), now=NOON)
    theirs = acts.propose(person=els, staff_id=colleague("Bram").pk, by=facilitator(sofie), now=NOON)
    with pytest.raises(Refused):
        proposed(amina, sofie, colleague("Hanne"), instead_of=theirs.pk)
    assert Around.objects.get(pk=theirs.pk).ended_at is None


def test_the_database_refuses_a_crowd_past_the_code(amina):
    for number, ceiling in ((4, 3), (0, 3), (1, 3)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Place.objects.create(family_id=amina.pk, staff=colleague(f"N{number}"), number=number, ceiling=ceiling)


def test_the_ceiling_counts_for_the_household_and_only_staff_see_that(amina, sofie, rf):
    karim = named("Karim", 2)
    household(amina, karim, cap=2)
    youssef, hanne = colleague("Youssef"), colleague("Hanne")
    acts.choose_contact_person(staff_id=youssef.pk, by=actor(karim), now=NOON)
    with pytest.raises(Refused) as refusal:
        proposed(amina, sofie, hanne)
    assert refusal.value.reason == Reason.FULL
    page = text_of(ask(rf, facilitator(sofie), "work:outreach_around", parent_id=amina.pk))
    assert "2 of 2" in page
    assert "Youssef" not in page
    for parent, theirs, not_theirs in ((amina, "Sofie", "Youssef"), (karim, "Youssef", "Sofie")):
        mine = text_of(ask(rf, actor(parent), "my:around"))
        assert theirs in mine
        assert not_theirs not in mine
        assert "2 of 2" not in mine


def test_a_full_house_of_the_family_is_no_news_to_a_parent(amina):
    karim = named("Karim", 2)
    household(amina, karim, cap=1)
    with pytest.raises(Refused) as refusal:
        acts.choose_contact_person(staff_id=colleague("Youssef").pk, by=actor(karim), now=NOON)
    assert refusal.value.reason == Reason.NOT_OPEN_NOW


def test_many_in_a_fortnight_are_said_as_a_number_to_staff(amina, sofie, rf):
    for name in ("Bram", "Hanne", "Youssef"):
        spoke(colleague(name), amina, NOON)
    assert not around_for_staff(amina.pk, NOON).is_crowded
    spoke(sofie, amina, NOON)
    for name in ("work:outreach_around", "work:outreach_person"):
        page = text_of(ask(rf, facilitator(sofie), name, parent_id=amina.pk))
        assert "Many people came these two weeks." in page


def test_many_over_more_than_a_fortnight_are_no_crowd_on_any_page(amina, sofie, rf):
    for days, name in ((0, "Bram"), (0, "Hanne"), (0, "Youssef"), (14, "Zoë")):
        spoke(colleague(name), amina, NOON - timedelta(days=days))
    for name in ("work:outreach_around", "work:outreach_person"):
        assert "Many people came" not in text_of(ask(rf, facilitator(sofie), name, parent_id=amina.pk))


def test_a_place_around_a_household_stays_for_who_is_left_when_one_of_them_is_erased(amina, sofie):
    karim = named("Karim", 2)
    household(amina, karim)
    acts.choose_contact_person(staff_id=sofie.pk, by=actor(karim), now=BEFORE)
    assert Place.objects.count() == 1
    erase(account=amina.account, by=actor(amina), now=NOON)
    assert (company_of(sofie.pk), Place.objects.count()) == ({karim.pk}, 1)
    erase(account=karim.account, by=actor(karim), now=NOON)
    assert (company_of(sofie.pk), Place.objects.count()) == (set(), 0)


def test_a_crowd_is_shown_to_no_parent_and_says_of_nobody_in_the_household_that_they_came(amina, sofie, rf):
    karim = named("Karim", 2)
    household(amina, karim, cap=2)
    for name in ("Bram", "Hanne", "Youssef"):
        spoke(colleague(name), karim, NOON)
    page = text_of(ask(rf, facilitator(sofie), "work:outreach_person", parent_id=amina.pk))
    assert "Many people came these two weeks." in page
    assert not [name for name in ("Bram", "Hanne", "Youssef", "Karim") if name in page]
    for name in ("my:around", "my:contact", "my:moments"):
        assert "Many people" not in text_of(ask(rf, actor(amina), name))


# --- conflicts leave no trace -----------------------------------------------------------------------


def test_who_is_kept_apart_of_the_household_or_in_conflict_is_never_proposed(amina, sofie):
    marked, homely, near, free = (colleague(name) for name in ("Bram", "Hanne", "Youssef", "Zoë"))
    fatma = named("Fatma", 2)
    acts.choose_contact_person(staff_id=near.pk, by=actor(fatma), now=NOON)
    assert candidate_ids(amina.pk) == {marked.pk, homely.pk, near.pk, free.pk}
    apart(amina, marked)
    apart(amina, fatma)
    household(amina, homely)
    assert candidate_ids(amina.pk) == {free.pk}
    assert {one.staff_id for one in two_for(amina.pk).matches} == {free.pk}
    for staff in (marked, homely, near):
        with pytest.raises(Refused) as refusal:
            acts.choose_contact_person(staff_id=staff.pk, by=actor(amina), now=NOON)
        assert refusal.value.reason == Reason.NOT_OPEN_NOW


def test_who_is_locked_out_is_proposed_to_nobody_until_the_account_opens_again(amina, sofie):
    hanne = colleague("Hanne")
    freeze(account=hanne.account, by=PORTAL, now=NOON)
    assert candidate_ids(amina.pk) == set()
    hanne.account.refresh_from_db()
    unfreeze(account=hanne.account, by=PORTAL, now=NOON)
    assert candidate_ids(amina.pk) == {hanne.pk}


def test_a_mark_costs_no_statement_more(amina, sofie):
    marked, _ = colleague("Bram"), colleague("Hanne")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            around_me(amina.pk)
            two_for(amina.pk)
        counts.append(len(asked))
        if not KeepApart.objects.exists():
            apart(amina, marked)
    assert counts[0] == counts[1]


def test_who_stood_there_before_a_mark_shows_no_more(amina, sofie, rf):
    assert "Sofie" in text_of(ask(rf, actor(amina), "my:around"))
    apart(amina, sofie)
    assert "Sofie" not in text_of(ask(rf, actor(amina), "my:around"))


# --- choosing ---------------------------------------------------------------------------------------


def test_another_contact_person_without_a_word_and_the_first_sees_nothing_more(amina, sofie, rf):
    hanne = colleague("Hanne")
    answer = ask(rf, actor(amina), "my:around_choose", {"choice": "1", "staff": hanne.pk})
    assert answer.status_code == 302
    needs = facts_of([amina.pk], NOON)[amina.pk].needs
    assert needs.contact_person == hanne.pk
    assert (company_of(sofie.pk), company_of(hanne.pk)) == (set(), {amina.pk})
    assert not Notice.objects.filter(person_id__in=[sofie.pk, hanne.pk]).exists()


def test_only_one_of_the_two_that_were_proposed_is_a_choice(amina, rf):
    others = [colleague(name, language="tr") for name in ("Bram", "Hanne")] + [colleague("Youssef"), colleague("Zoë")]
    two = two_for(amina.pk).matches
    assert [one.name for one in two] == ["Youssef", "Zoë"]
    answer = ask(rf, actor(amina), "my:around_choose", {"choice": "1", "staff": others[0].pk})
    assert answer.status_code == 422
    assert Around.objects.get(is_contact_person=True, ended_at__isnull=True).staff.name == "Sofie"


def test_language_first_then_who_knows_her_then_room(monkeypatch):
    parent = named("Fatma", 1)
    type(parent).objects.filter(pk=parent.pk).update(language="tr")
    speaks, knows, free = colleague("Ada", "tr"), colleague("Bea"), colleague("Cem")
    monkeypatch.setitem(relations._RELATIONS, "accompanied by", [lambda person_id: {knows.pk}])
    for number in range(2):
        acts.choose_contact_person(staff_id=speaks.pk, by=actor(named("X", 10 + number)), now=NOON)
    assert [(one.staff_id, one.reasons) for one in two_for(parent.pk).matches] == [
        (speaks.pk, ("Spreekt jouw taal.",)),
        (knows.pk, ("Begeleidt jouw groep al.", "Heeft tijd voor jou.")),
    ]
    assert free.pk not in {one.staff_id for one in two_for(parent.pk).matches}


def test_the_database_holds_one_contact_person(amina, sofie):
    around = proposed(amina, sofie, colleague("Hanne"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Around.objects.filter(pk=around.pk).update(is_contact_person=True)


# --- the page ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar", "tr"])
def test_she_reads_who_asks_and_decides_with_one_tap(amina, sofie, rf, language):
    around = proposed(amina, sofie, colleague("Hanne"))
    page = ask(rf, actor(amina), "my:around", language=language).content.decode()
    assert "Hanne" in page
    assert f"/{language}/my/around/{around.pk}/yes/" in page
    assert ask(rf, actor(amina), "my:around_yes", {}, around_id=around.pk).status_code == 302
    assert Around.objects.get(pk=around.pk).agreed_at == NOON


def test_leaving_asks_once_more_and_changes_nothing_by_looking(amina, rf):
    around = Around.objects.get()
    page = text_of(ask(rf, actor(amina), "my:around_leave", around_id=around.pk))
    assert "Nobody asks you why." in page
    assert Around.objects.get().ended_at is None
    ask(rf, actor(amina), "my:around_leave", {}, around_id=around.pk)
    assert Around.objects.get().ended_by_id == amina.pk


def test_asking_for_contact_twice_is_one_notice_and_holds_in_quiet(amina, rf):
    from outreach.actions.needs import set_needs

    set_needs(person_id=amina.pk, by=actor(amina), now=NOON, rhythm=Rhythm.QUIET)
    for _ in range(2):
        ask(rf, actor(amina), "my:around_ask", {})
    assert Notice.objects.filter(purpose=Purpose.CONTACT_ASKED).count() == 1
    assert Delivery.objects.filter(purpose=Purpose.CONTACT_ASKED).count() == 1


# --- who has no account -----------------------------------------------------------------------------


@pytest.fixture
def newcomer(sofie):
    return add_newcomer(name="Zineb", language="ar", by=facilitator(sofie), now=BEFORE)


def test_who_has_no_account_says_yes_on_the_phone_and_is_not_alone_when_her_contact_person_is_away(newcomer, sofie, rf):
    hanne = colleague("Hanne")
    sent = {"staff": hanne.pk}
    refused = ask(rf, facilitator(sofie), "work:outreach_around", sent, parent_id=newcomer.pk)
    assert refused.status_code == 422
    assert "Ask the parent first." in text_of(refused)
    ask(rf, facilitator(sofie), "work:outreach_around", sent | {"said_yes": "on"}, parent_id=newcomer.pk)
    around = Around.objects.get(staff=hanne)
    assert (around.agreed_at, around.is_contact_person) == (NOON, False)
    assert not Notice.objects.filter(person=newcomer).exists()
    set_needs(person_id=newcomer.pk, by=facilitator(sofie), now=BEFORE, rhythm=Rhythm.OFTEN)
    assert [one.who.person_id for one in desk_of(facilitator(hanne), NOON).wanted] == []
    write_leave(starts_at=NOON, ends_at=NOON + timedelta(days=9), by=facilitator(sofie), now=NOON)
    assert [one.who.person_id for one in desk_of(facilitator(hanne), NOON).wanted] == [newcomer.pk]


def test_before_days_away_one_sees_whom_nobody_else_knows_until_a_colleague_is_beside_them(newcomer, amina, sofie, rf):
    me = facilitator(sofie)
    assert [(one.person_id, one.name) for one in alone_with(me)] == [(newcomer.pk, "Zineb")]
    said = text_of(ask(rf, me, "work:outreach_me"))
    assert "Zineb" in said
    assert "Amina" not in said
    assert AccessEntry.objects.filter(person_id=newcomer.pk, purpose=Look.AROUND).exists()
    acts.propose(person=newcomer, staff_id=colleague("Hanne").pk, by=me, said_yes=True, now=NOON)
    assert alone_with(me) == []


def test_nobody_says_yes_for_who_can_say_it_herself_nor_for_who_was_not_asked(amina, newcomer, sofie):
    hanne, by = colleague("Hanne"), facilitator(sofie)
    for person, said_yes in ((amina, True), (newcomer, False)):
        with pytest.raises(Refused):
            acts.propose(person=person, staff_id=hanne.pk, by=by, said_yes=said_yes, now=NOON)
    assert Around.objects.filter(ended_at__isnull=True).count() == 2
