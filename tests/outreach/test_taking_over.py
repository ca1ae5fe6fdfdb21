"""Whom nobody of the team knows any more: no door leaves a parent unseen, and who takes over asks her."""

import contextlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from audit.models import AccessEntry, AuditEntry
from outreach import subjects, worker
from outreach.actions import around as acts
from outreach.actions import reach
from outreach.actions.leave import tell_parents, write_leave
from outreach.actions.needs import set_needs
from outreach.actions.newcomers import add_newcomer
from outreach.actions.profile import say_of_oneself
from outreach.actions.taking_over import take_over
from outreach.alone_with import known_only_by, known_to_nobody
from outreach.candidates import candidate_ids
from outreach.company import company_of
from outreach.models import Around, Delivery, Notice, Place, SafeContact, Task
from outreach.vocabulary import Channel, Purpose
from people.actions import keep_apart
from people.actions.accounts import freeze, unfreeze
from people.actions.own_data import erase
from people.actions.staff import grant_role, withdraw_role
from people.actor import PORTAL
from people.models import Person
from people.policy import Refused
from people.vocabulary import Reason, Rhythm, Role, WhoMay
from tests.side_by_side import in_threads

from .company import ask, colleague, facilitator, household, make_facilitator, named, text_of
from .conftest import BEFORE, NOON
from .conftest import actor as parent_actor

LATER = NOON + timedelta(hours=1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_no_groups")]


def stops(staff) -> None:
    withdraw_role(person=staff, role=Role.FACILITATOR, by=PORTAL, now=NOON)


def is_locked(staff) -> None:
    freeze(account=staff.account, by=PORTAL, now=NOON)


def has_another_role(staff) -> None:
    grant_role(person=staff, role=Role.MODERATOR, by=PORTAL, now=NOON)
    stops(staff)


def is_deleted(staff) -> None:
    stops(staff)
    erase(account=staff.account, by=PORTAL, now=NOON)


def is_shut(staff) -> None:
    type(staff.account).objects.filter(person=staff).update(is_active=False)


DOORS = [stops, is_locked, has_another_role, is_deleted, is_shut]


def taken_over(hanne, marc) -> Around:
    take_over(staff_id=hanne.pk, by=marc, now=NOON)
    return Around.objects.get(staff=hanne, ended_at__isnull=True)


# --- no door leaves her unseen ------------------------------------------------------------------------


@pytest.mark.parametrize("door", DOORS)
def test_whatever_door_a_colleague_leaves_by_the_parents_only_she_knew_wait_for_another(
    zineb, sofie, hanne, marc, door
):
    assert (known_only_by(sofie.pk), known_to_nobody()) == ({zineb.pk}, set())
    door(sofie)
    assert (known_only_by(sofie.pk), known_to_nobody()) == (set(), {zineb.pk})
    around = taken_over(hanne, marc)
    assert (known_to_nobody(), known_only_by(hanne.pk)) == (set(), {zineb.pk})
    assert company_of(hanne.pk) == {zineb.pk}
    assert (around.agreed_at, around.unasked_since, around.is_contact_person) == (NOON, NOON, True)
    assert Around.objects.filter(person=zineb, ended_at__isnull=True).count() == 1


@pytest.fixture
def may_be_texted(zineb, sofie):
    """The portal could send her something: her number may be texted, and that is her first way."""
    SafeContact.objects.create(
        person=zineb, phone="+32470000001", may_text=True, changed_at=BEFORE, changed_by_id=sofie.pk
    )
    ways = (Channel.TEXT, Channel.CALL)
    set_needs(person_id=zineb.pk, by=facilitator(sofie), now=BEFORE, rhythm=Rhythm.OFTEN, channels=ways)
    Notice.objects.all().delete()
    Delivery.objects.all().delete()


@pytest.mark.usefixtures("may_be_texted")
@pytest.mark.parametrize("door", DOORS)
def test_nothing_is_sent_to_her_whatever_the_door(zineb, sofie, hanne, marc, door):
    door(sofie)
    around = taken_over(hanne, marc)
    acts.write_yes(around=around, by=facilitator(hanne), now=NOON)
    acts.write_no(around=around, by=facilitator(hanne), now=NOON)
    worker.deliver_due(worker.Counts(), NOON)
    assert not Notice.objects.filter(person=zineb).exists()
    assert not Delivery.objects.filter(person=zineb).exists()


def is_away(sofie) -> None:
    write_leave(starts_at=NOON + timedelta(days=2), ends_at=NOON + timedelta(days=9), by=facilitator(sofie), now=NOON)
    tell_parents(NOON)


def cannot_go_on(sofie) -> None:
    acts.say_limit(person=Around.objects.get(staff=sofie).person, by=facilitator(sofie), now=NOON)


@pytest.mark.usefixtures("may_be_texted")
@pytest.mark.parametrize("does", [is_away, cannot_go_on])
def test_what_she_could_not_read_is_not_sent_to_her(zineb, sofie, does):
    """A text message leads to a page; who has no account finds a sign-in there and nothing else."""
    does(sofie)
    worker.deliver_due(worker.Counts(), NOON)
    assert not Notice.objects.filter(person=zineb).exists()
    assert not Delivery.objects.filter(person=zineb).exists()


def test_her_contact_person_reads_that_it_is_theirs_to_tell(zineb, sofie, rf):
    def page() -> str:
        return text_of(ask(rf, facilitator(sofie), "work:outreach_person", parent_id=zineb.pk))

    words = "This parent has no account: tell them yourself"
    assert words in page()
    cannot_go_on(sofie)
    assert words in page()
    assert "is asked to choose" not in page()


def test_who_is_still_known_to_somebody_or_can_ask_herself_is_not_handed_over(zineb, sofie, hanne, marc):
    amina = named("Amina", 1)
    acts.choose_contact_person(staff_id=sofie.pk, by=parent_actor(amina), now=BEFORE)
    acts.propose(person=zineb, staff_id=hanne.pk, by=facilitator(sofie), said_yes=True, now=BEFORE)
    stops(sofie)
    assert known_to_nobody() == set()
    assert take_over(staff_id=hanne.pk, by=marc, now=NOON) == 0
    assert not Notice.objects.filter(person=hanne).exists()


def test_an_account_goes_only_after_the_role_so_that_nobody_vanishes_with_it(zineb, sofie):
    with pytest.raises(ProtectedError):
        erase(account=sofie.account, by=PORTAL, now=NOON)


def test_a_lock_waits_for_nobody_and_an_account_that_opens_again_is_as_before(zineb, sofie):
    is_locked(sofie)
    assert known_to_nobody() == {zineb.pk}
    sofie.account.refresh_from_db()
    unfreeze(account=sofie.account, by=PORTAL, now=NOON)
    assert (known_to_nobody(), company_of(sofie.pk)) == (set(), {zineb.pk})


def test_who_was_locked_out_stands_there_no_more_once_a_colleague_took_over(zineb, sofie, hanne, marc):
    is_locked(sofie)
    taken_over(hanne, marc)
    sofie.account.refresh_from_db()
    unfreeze(account=sofie.account, by=PORTAL, now=NOON)
    assert (company_of(sofie.pk), Place.objects.count()) == (set(), 1)


def test_what_she_waits_for_goes_on_with_who_takes_over(zineb, sofie, hanne, marc):
    """Also when only her contact person may call: with nobody in that place she would be forgotten."""
    SafeContact.objects.create(person=zineb, phone="+32470000001", changed_at=BEFORE, changed_by_id=sofie.pk)
    set_needs(
        person_id=zineb.pk,
        by=facilitator(sofie),
        now=BEFORE,
        rhythm=Rhythm.OFTEN,
        channels=(Channel.CALL,),
        who_may=WhoMay.CONTACT_PERSON,
    )
    reach(person_id=zineb.pk, purpose=Purpose.CONTACT_ASKED, now=BEFORE)
    worker.deliver_due(worker.Counts(), BEFORE)
    assert Task.objects.get().for_id == sofie.pk
    is_locked(sofie)
    taken_over(hanne, marc)
    assert Task.objects.get().for_id == hanne.pk


# --- who, and what is told of it ------------------------------------------------------------------------


def test_who_takes_over_reads_it_in_the_app_once_and_the_history_says_handed_over(zineb, sofie, hanne, marc):
    second = add_newcomer(name="Rosa", language="nl", by=facilitator(sofie), now=BEFORE)
    is_locked(sofie)
    assert take_over(staff_id=hanne.pk, by=marc, now=NOON) == 2
    told = Notice.objects.get(person=hanne)
    assert told.purpose == Purpose.HANDED_OVER
    assert subjects.is_of_use(told.subject, hanne.pk, told.subject_id)
    assert subjects.address_of(told.subject, hanne.pk, told.subject_id).endswith("/work/outreach/")
    entries = AuditEntry.objects.filter(kind="outreach.around.handed_over")
    assert {(one.by_id, one.subject_id) for one in entries} == {
        (marc.person_id, zineb.pk),
        (marc.person_id, second.pk),
    }
    assert entries.first().details == {"staff": hanne.pk, "before": sofie.pk}
    assert not AccessEntry.objects.filter(staff_id=marc.person_id).exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_nobody_but_a_coordinator_chooses(zineb, sofie, hanne, role):
    stops(sofie)
    by = facilitator(make_facilitator("Somebody"), role)
    with pytest.raises(Refused):
        take_over(staff_id=hanne.pk, by=by, now=NOON)
    assert known_to_nobody() == {zineb.pk}


def test_who_is_kept_apart_or_has_no_room_takes_over_the_others_and_the_refusal_is_the_one_sentence(
    zineb, sofie, hanne, marc
):
    rosa = add_newcomer(name="Rosa", language="nl", by=facilitator(sofie), now=BEFORE)
    keep_apart.mark(one=zineb.pk, other=hanne.pk, because="Spanning.", by=PORTAL, now=NOON)
    stops(sofie)
    assert take_over(staff_id=hanne.pk, by=marc, now=NOON) == 1
    assert (company_of(hanne.pk), known_to_nobody()) == ({rosa.pk}, {zineb.pk})
    with pytest.raises(Refused) as refusal:
        take_over(staff_id=hanne.pk, by=marc, now=NOON)
    assert refusal.value.reason == Reason.NOT_OPEN_NOW
    bram = colleague("Bram")
    say_of_oneself(most_families=1, by=facilitator(bram))
    add_newcomer(name="Ines", language="nl", by=facilitator(bram), now=BEFORE)
    with pytest.raises(Refused) as refusal:
        take_over(staff_id=bram.pk, by=marc, now=NOON)
    assert refusal.value.reason == Reason.NOT_OPEN_NOW


def test_nobody_takes_over_more_families_than_the_own_limit(zineb, sofie, hanne, marc):
    for name in ("Rosa", "Ines"):
        add_newcomer(name=name, language="nl", by=facilitator(sofie), now=BEFORE)
    say_of_oneself(most_families=2, by=facilitator(hanne))
    stops(sofie)
    assert take_over(staff_id=hanne.pk, by=marc, now=NOON) == 2
    assert len(known_to_nobody()) == 1


def test_a_full_house_takes_nobody_more(zineb, sofie, hanne, marc):
    karim = named("Karim", 2)
    household(zineb, karim, cap=1)
    stops(sofie)
    acts.choose_contact_person(staff_id=colleague("Bram").pk, by=parent_actor(karim), now=NOON)
    with pytest.raises(Refused) as refusal:
        take_over(staff_id=hanne.pk, by=marc, now=NOON)
    assert refusal.value.reason == Reason.NOT_OPEN_NOW
    assert Place.objects.count() == 1


def test_four_who_choose_at_once_put_one_colleague_beside_each(lasting):
    parents = {Person.objects.create(name=name, language="nl", created_at=BEFORE).pk for name in ("Rosa", "Ines")}
    team = [colleague(name) for name in ("Bram", "Hanne", "Lode", "Mia")]
    by, chosen = facilitator(make_facilitator("Marc"), Role.COORDINATOR), iter(team)
    in_threads(4, lambda: take_over(staff_id=next(chosen).pk, by=by, now=NOON))
    assert sorted(Around.objects.values_list("person_id", flat=True)) == sorted(parents)
    assert Place.objects.count() == 2
    assert (
        Notice.objects.filter(purpose=Purpose.HANDED_OVER).count() == Around.objects.values("staff").distinct().count()
    )


def test_who_is_chosen_while_she_stops_stands_around_nobody(lasting):
    """Two at one moment, on PostgreSQL: else a parent would wait for somebody who does not come."""
    by = facilitator(make_facilitator("Marc"), Role.COORDINATOR)
    for name in ("Bram", "Hanne", "Lode", "Mia", "Nele", "Wout"):
        Person.objects.create(name="Rosa", language="nl", created_at=BEFORE)
        chosen = colleague(name)
        acts_at_once = iter([lambda who=chosen: stops(who), lambda who=chosen: _chosen_if_open(who, by)])
        in_threads(2, lambda acts=acts_at_once: next(acts)())
        assert not Around.objects.filter(staff=chosen, ended_at__isnull=True).exists()


def _chosen_if_open(staff, by) -> None:
    with contextlib.suppress(Refused):
        take_over(staff_id=staff.pk, by=by, now=NOON)


def test_a_rollback_leaves_everything_as_it_was(zineb, sofie, hanne, marc):
    stops(sofie)
    with transaction.atomic():
        take_over(staff_id=hanne.pk, by=marc, now=NOON)
        transaction.set_rollback(True)
    assert known_to_nobody() == {zineb.pk}
    assert not Notice.objects.filter(person=hanne).exists()


# --- her yes and her no, on the phone -------------------------------------------------------------------


def test_her_yes_is_written_down_once_by_who_took_over_and_by_nobody_else(zineb, sofie, hanne, marc):
    stops(sofie)
    around = taken_over(hanne, marc)
    for other in (colleague("Bram"), marc):
        with pytest.raises(Refused):
            acts.write_yes(around=around, by=facilitator(other) if other is not marc else marc, now=LATER)
    for _ in range(2):
        acts.write_yes(around=around, by=facilitator(hanne), now=LATER)
    around.refresh_from_db()
    assert (around.unasked_since, around.agreed_at) == (None, LATER)
    assert AuditEntry.objects.filter(kind="outreach.around.agreed", subject_id=zineb.pk).count() == 1


def test_her_no_holds_at_once_and_that_colleague_never_takes_her_over_again(zineb, sofie, hanne, marc):
    stops(sofie)
    acts.write_no(around=taken_over(hanne, marc), by=facilitator(hanne), now=LATER)
    assert (company_of(hanne.pk), known_to_nobody()) == (set(), {zineb.pk})
    assert hanne.pk not in candidate_ids(zineb.pk)
    with pytest.raises(Refused):
        take_over(staff_id=hanne.pk, by=marc, now=LATER)
    take_over(staff_id=colleague("Bram").pk, by=marc, now=LATER)
    assert known_to_nobody() == set()


def test_her_no_about_anybody_around_her_is_written_by_who_stands_there(zineb, sofie, hanne):
    around = acts.propose(person=zineb, staff_id=hanne.pk, by=facilitator(sofie), said_yes=True, now=BEFORE)
    with pytest.raises(Refused) as refusal:
        acts.write_no(around=around, by=facilitator(colleague("Bram")), now=NOON)
    assert refusal.value.is_hidden
    acts.write_no(around=around, by=facilitator(sofie), now=NOON)
    assert company_of(hanne.pk) == set()


def test_nobody_writes_down_a_no_of_who_can_say_it_herself(sofie, hanne):
    amina = named("Amina", 1)
    around = acts.choose_contact_person(staff_id=sofie.pk, by=parent_actor(amina), now=BEFORE)
    for act in (acts.write_no, acts.write_yes):
        with pytest.raises(Refused) as refusal:
            act(around=around, by=facilitator(sofie), now=NOON)
        assert refusal.value.is_hidden


def test_the_database_knows_nobody_unasked_who_does_not_stand_there(zineb):
    with pytest.raises(IntegrityError), transaction.atomic():
        Around.objects.update(agreed_at=None, unasked_since=NOON)
