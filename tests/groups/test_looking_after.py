"""What a facilitator does around one person: the account shut, people kept apart, a household, a confirmed way in."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import AccessEntry, AuditEntry
from groups import families
from groups.actions import conversations, decisions, facilitation, looking_after, membership, messages
from groups.actions import groups as group_actions
from groups.models import Conversation, Facilitation
from groups.policies import membership as rules
from groups.vocabulary import Programme
from outreach.actions import around
from outreach.around_me import around_me
from outreach.models import Notice
from outreach.vocabulary import Purpose
from people.actions import recovery
from people.actions import staff as staff_roles
from people.actor import PORTAL
from people.keep_apart import any_marked
from people.models import Account, Authenticator, Household, NewWayIn, RoleGrant
from people.policy import Refused
from people.vocabulary import Reason, Role
from tests.worlds import client_of

from .conftest import NOON, PASSWORD, actor, staff


@pytest.fixture
def browser(world):
    def opened(person):
        if person.is_staff:
            Authenticator.objects.get_or_create(
                user=person.account, name="app", defaults={"key": "JBSWY3DPEHPK3PXP", "confirmed": True}
            )
        return client_of(person.account)

    return opened


def at(name, *parts):
    return reverse(name, args=parts)


def notices_of(person):
    return Notice.objects.filter(person=person, purpose=Purpose.ACCESS_CHANGED)


# --- the account ------------------------------------------------------------------------------------


def test_a_facilitator_shuts_and_opens_the_account_of_her_own_members_only(world, browser):  # G2, G24
    amina = world.joins("Amina")
    row = world.of(amina)
    open_page = client_of(amina.account)
    assert browser(world.youssef).post(at("work:freeze", row.pk)).status_code == 404
    assert browser(world.sofie).post(at("work:freeze", row.pk)).url == at("work:member", row.pk)
    frozen = Account.objects.get(person=amina)
    assert frozen.frozen_by_id == world.sofie.pk
    assert open_page.get(at("my:groups")).status_code == 302
    assert at("work:unfreeze", row.pk) in browser(world.sofie).get(at("work:member", row.pk)).content.decode()
    browser(world.sofie).post(at("work:unfreeze", row.pk))
    assert Account.objects.get(person=amina).frozen_at is None


def test_the_one_whose_access_changed_hears_of_it_once_until_it_is_read(world):
    amina = world.joins("Amina")
    row = world.of(amina)
    for _ in range(2):
        looking_after.freeze_account(membership=row, by=actor(world.sofie))
    looking_after.unfreeze_account(membership=row, by=actor(world.sofie))
    (notice,) = notices_of(amina)
    assert notice.merged_count == 2  # frozen, and opened again; the second freezing changed nothing


def test_a_membership_that_the_team_ends_is_told_and_one_that_a_parent_leaves_is_not(world):
    amina, els = world.joins("Amina"), world.joins("Els")
    membership.end_membership(membership=world.of(amina), by=actor(world.sofie), because="moved")
    membership.leave_group(group=world.ouders, by=actor(els))
    assert notices_of(amina).count() == 1
    assert notices_of(els).count() == 0


def test_a_rollback_of_the_end_tells_nobody(world):
    amina = world.joins("Amina")
    with transaction.atomic():
        membership.end_membership(membership=world.of(amina), by=actor(world.sofie), because="moved")
        transaction.set_rollback(True)
    assert notices_of(amina).count() == 0


# --- kept apart -------------------------------------------------------------------------------------


def test_the_choice_is_everyone_she_accompanies_and_nobody_else(world):  # G2
    amina, waiting, idris = world.joins("Amina"), world.applies("Els"), world.joins("Idris", world.vaders)
    beside = families.accompanied_beside(actor(world.sofie), world.of(amina))
    assert [row.pk for row in beside] == [waiting.pk]
    facilitation.appoint_facilitator(group=world.vaders, person=world.sofie, by=actor(world.marc))
    beside = families.accompanied_beside(actor(world.sofie), world.of(amina))
    assert {row.pk for row in beside} == {waiting.pk, world.of(idris, world.vaders).pk}


def test_two_people_are_kept_apart_with_a_reason_and_the_mark_is_lifted_with_one(world, browser):  # G11
    amina, els = world.joins("Amina"), world.joins("Els")
    one, other = world.of(amina), world.of(els)
    page, desk = at("work:apart", one.pk), browser(world.sofie)
    nameless = desk.post(page, {"mark-other": other.pk, "mark-because": ""})
    assert nameless.status_code == 422
    assert "field--wrong" in nameless.content.decode()
    assert desk.post(page, {"mark-other": other.pk, "mark-because": "An old quarrel"}).status_code == 302
    assert any_marked(amina.pk, [els.pk])
    shown = desk.get(page).content.decode()
    assert "An old quarrel" in shown
    assert "sofie" in shown
    lift = at("work:apart_lift", one.pk)
    assert desk.post(lift, {"lift-other": other.pk, "lift-because": ""}).status_code == 422
    assert any_marked(amina.pk, [els.pk])
    assert desk.post(lift, {"lift-other": other.pk, "lift-because": "They made peace"}).status_code == 302
    assert not any_marked(amina.pk, [els.pk])


def test_someone_she_does_not_accompany_is_no_choice_and_no_line(world, browser):  # G2
    amina, idris = world.joins("Amina"), world.joins("Idris", world.vaders)
    one, far = world.of(amina), world.of(idris, world.vaders)
    answer = browser(world.sofie).post(at("work:apart", one.pk), {"mark-other": far.pk, "mark-because": "x"})
    assert answer.status_code == 422
    for asked, other in ((one, far), (far, one)):  # neither of the two
        both = {"membership": asked, "other": other, "by": actor(world.sofie)}
        with pytest.raises(Refused):
            looking_after.mark_apart(because="x", **both)
        with pytest.raises(Refused):
            looking_after.put_in_one_household(**both)
    assert not any_marked(amina.pk, [idris.pk])
    assert not Household.objects.exists()
    assert "Idris" not in browser(world.sofie).get(at("work:apart", one.pk)).content.decode()


def test_a_look_at_marks_and_households_is_noted_and_never_shown(world, browser):  # safety: domain 5
    amina, els = world.joins("Amina"), world.joins("Els")
    one, other = world.of(amina), world.of(els)
    looking_after.mark_apart(membership=one, other=other, because="x", by=actor(world.sofie))
    looking_after.put_in_one_household(membership=one, other=other, by=actor(world.sofie))
    desk = browser(world.sofie)
    desk.get(at("work:apart", one.pk))
    desk.get(at("work:household", one.pk))
    rows = AccessEntry.objects.filter(purpose__in=("keep_apart", "household"))
    assert {(row.person_id, row.purpose) for row in rows} == {
        (person.pk, purpose) for person in (amina, els) for purpose in ("keep_apart", "household")
    }
    assert not any(row.shown_to_person for row in rows)


def test_no_parent_and_no_other_role_looks_after_anybody(world):  # G1
    amina = world.joins("Amina")
    row = world.of(amina)
    for person in (amina, world.marc, world.youssef, staff(Role.EDITOR, name="lien")):
        assert rules.look_after.reason(actor(person), row) == Reason.NOT_YOURS
    assert rules.look_after.allows(actor(world.sofie), row)
    membership.leave_group(group=world.ouders, by=actor(amina))
    assert not rules.look_after.allows(actor(world.sofie), world.of(amina))


# --- household --------------------------------------------------------------------------------------


def test_a_household_counts_the_professionals_around_all_its_members(world, browser):
    amina, els, idris = world.joins("Amina"), world.joins("Els"), world.joins("Idris", world.vaders)
    looking_after.put_in_one_household(membership=world.of(amina), other=world.of(els), by=actor(world.sofie))
    facilitation.appoint_facilitator(group=world.vaders, person=world.sofie, by=actor(world.marc))
    beside = families.accompanied_beside(actor(world.sofie), world.of(amina))
    home = families.home_of(world.of(amina), beside)
    assert (home.professionals, home.cap, home.is_full) == (1, 3, False)
    looking_after.put_in_one_household(
        membership=world.of(idris, world.vaders), other=world.of(amina), by=actor(world.sofie)
    )
    facilitation.appoint_facilitator(
        group=world.vaders, person=staff(Role.FACILITATOR, name="hanne"), by=actor(world.marc)
    )
    home = families.home_of(world.of(amina), beside)
    assert (home.professionals, home.is_full) == (3, True)
    assert {row.pseudonym for row in home.members} == {"Els", "Idris"}
    assert Household.objects.count() == 1
    page = browser(world.sofie).get(at("work:household", world.of(amina).pk)).content.decode()
    assert "notice--lamp" in page
    group_actions.close_group(group=world.vaders, by=actor(world.marc), now=NOON)
    assert families.home_of(world.of(amina), beside).professionals == 1


def test_one_person_goes_out_and_two_households_never_become_one(world, browser):
    names = ("Amina", "Els", "Nour", "Anna")
    one, two, three, four = (world.of(world.joins(name)) for name in names)
    by = actor(world.sofie)
    looking_after.put_in_one_household(membership=one, other=two, by=by)
    looking_after.put_in_one_household(membership=three, other=four, by=by)
    looking_after.put_in_one_household(membership=one, other=two, by=by)
    with pytest.raises(Refused) as refusal:
        looking_after.put_in_one_household(membership=one, other=three, by=by)
    assert refusal.value.reason == Reason.CHANGED_MEANWHILE
    desk = browser(world.sofie)
    assert desk.post(at("work:household", one.pk), {"other": three.pk}).status_code == 422
    assert desk.post(at("work:household_out", one.pk)).status_code == 302
    assert families.home_of(one, [two]) is None
    assert desk.post(at("work:household", one.pk), {"other": three.pk}).status_code == 302
    assert AuditEntry.objects.filter(kind="people.household.member_removed").count() == 1


# --- a new way in -----------------------------------------------------------------------------------


@pytest.fixture
def handed_out(world):
    """Sofie gave Amina a new way in; Hanne accompanies the group too."""
    amina = world.joins("Amina")
    hanne = staff(Role.FACILITATOR, name="hanne")
    facilitation.appoint_facilitator(group=world.ouders, person=hanne, by=actor(world.marc))
    code = membership.hand_out_new_way_in(membership=world.of(amina), by=actor(world.sofie))
    recovery.use_new_way_in(code=code, password=PASSWORD + "-new", by=PORTAL)
    return NewWayIn.objects.get(), hanne


def test_a_colleague_of_the_group_confirms_and_the_one_who_gave_it_cannot(world, browser, handed_out):
    way, hanne = handed_out
    confirm, desk = at("work:way_in_confirm", way.pk), at("work:group", world.ouders.pk)
    assert confirm not in browser(world.sofie).get(desk).content.decode()
    assert browser(world.sofie).post(confirm).status_code == 403
    assert browser(world.youssef).post(confirm).status_code == 404
    page = browser(hanne).get(desk).content.decode()
    assert confirm in page
    assert "sofie" in page
    assert browser(hanne).post(confirm).url == desk
    way.refresh_from_db()
    assert way.confirmed_by_id == hanne.pk
    assert confirm not in browser(hanne).get(desk).content.decode()


def test_the_coordinator_confirms_and_reads_no_name_of_a_member_or_group(world, browser, handed_out):  # G2
    way, _ = handed_out
    confirm = at("work:way_in_confirm", way.pk)
    today = browser(world.marc).get(at("work:today")).content.decode()
    assert confirm in today
    assert "sofie" in today
    for hidden in ("Amina", "Ouders", world.ouders.pk, way.account_id):
        assert hidden not in today
    assert confirm in browser(world.marc).get(at("work:groups")).content.decode()
    assert confirm not in browser(world.youssef).get(at("work:today")).content.decode()
    assert browser(world.marc).post(confirm).url == at("work:today")
    assert NewWayIn.objects.get().confirmed_by_id == world.marc.pk


# --- conversations closed and opened again ----------------------------------------------------------


def test_a_closed_conversation_is_read_and_not_written_until_it_is_opened_again(world, browser):
    amina, place = world.joins("Amina"), world.conversation()
    desk = browser(world.sofie)
    for _ in range(2):
        assert desk.post(at("work:conversation_close", place.pk)).url == at("work:group", world.ouders.pk)
    assert AuditEntry.objects.filter(kind="groups.conversation.closed").count() == 1
    place.refresh_from_db()
    assert place.closed_by_id == world.sofie.pk
    assert browser(amina).get(at("groups:conversation", place.pk)).status_code == 200
    with pytest.raises(Refused) as refusal:
        messages.post_message(conversation=place, text="Hallo", key="k" * 12, by=actor(amina))
    assert refusal.value.reason == Reason.READ_ONLY_NOW
    desk.post(at("work:conversation_reopen", place.pk))
    again = Conversation.objects.select_related("group").get(pk=place.pk)
    messages.post_message(conversation=again, text="Hallo", key="k" * 12, by=actor(amina))
    assert AuditEntry.objects.filter(kind="groups.conversation.reopened").count() == 1


def test_what_waits_in_a_closed_conversation_is_still_decided(world):
    amina, place = world.joins("Amina"), world.conversation()
    held = messages.post_message(conversation=place, text="Hallo", key="k" * 12, by=actor(amina))
    conversations.close_conversation(conversation=place, by=actor(world.sofie))
    decisions.publish_message(message=held, by=actor(world.sofie))
    held.refresh_from_db()
    assert held.status == "published"


def test_only_a_facilitator_of_the_group_closes_and_never_the_announcements(world):
    amina, place = world.joins("Amina"), world.conversation()
    announcements = Conversation.objects.select_related("group").get(group=world.ouders, kind="announcements")
    for person, where in ((amina, place), (world.youssef, place), (world.marc, place), (world.sofie, announcements)):
        with pytest.raises(Refused):
            conversations.close_conversation(conversation=where, by=actor(person))


def test_closed_when_and_by_whom_go_together_and_the_database_insists(world):
    rows = Conversation.objects.filter(pk=world.conversation().pk)
    for half in ({"closed_at": NOON}, {"closed_by_id": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**half)


# --- over the cap -----------------------------------------------------------------------------------


def test_one_more_than_the_cap_brings_the_page_back_with_who_is_there(world, browser):
    group = group_actions.make_group(
        name="Klein", programme=Programme.DEPARTED, professional_cap=1, by=PORTAL, now=NOON
    )
    facilitation.appoint_facilitator(group=group, person=world.sofie, by=actor(world.marc))
    answer = browser(world.marc).post(at("work:group_appoint", group.pk), {"person": world.youssef.pk})
    assert answer.status_code == 422
    assert "sofie" in answer.content.decode()
    assert group.facilitations.count() == 1


# --- a role that ends -------------------------------------------------------------------------------


def test_who_is_no_facilitator_any_more_stands_in_no_group_and_around_nobody(world, site):
    """Parents read exactly who can see what of theirs, and nobody waits for a colleague who cannot come."""
    amina = world.joins("Amina")
    place = reverse("groups:conversation", args=[world.conversation().pk])
    around.choose_contact_person(staff_id=world.sofie.pk, by=actor(amina), now=NOON)
    Notice.objects.all().delete()
    assert "sofie" in site(amina).get(place).content.decode()
    staff_roles.grant_role(person=world.sofie, role=Role.EDITOR, by=PORTAL)
    assert families.team_around(amina.pk) == {world.sofie.pk}
    for _ in range(2):
        staff_roles.withdraw_role(person=world.sofie, role=Role.FACILITATOR, by=PORTAL)
    assert families.team_around(amina.pk) == set()
    assert around_me(amina.pk).contact_person is None
    assert "sofie" not in site(amina).get(place).content.decode()
    (notice,) = Notice.objects.filter(person=amina)
    assert notice.purpose == Purpose.AROUND_ME
    assert site(amina).post(reverse("my:notice_open", args=[notice.pk])).url == reverse("my:around")
    assert AuditEntry.objects.filter(kind="groups.facilitator.withdrawn", details__person=world.sofie.pk).count() == 1
    staff_roles.grant_role(person=world.sofie, role=Role.FACILITATOR, by=PORTAL)
    assert families.team_around(amina.pk) == set()


def test_nobody_appoints_herself_to_a_group_whatever_roles_she_holds(world, site):
    """Who makes groups and is a facilitator too would else read by rank (rule 5)."""
    RoleGrant.objects.create(person=world.marc, role=Role.FACILITATOR, granted_at=NOON, granted_by_id=world.sofie.pk)
    with pytest.raises(Refused) as refusal:
        facilitation.appoint_facilitator(group=world.ouders, person=world.marc, by=actor(world.marc))
    assert refusal.value.reason == Reason.OWN_CASE
    page = site(world.marc).get(at("work:group_setup", world.ouders.pk)).content.decode()
    assert f'value="{world.marc.pk}"' not in page
    site(world.marc).post(at("work:group_appoint", world.ouders.pk), {"person": world.marc.pk})
    assert not Facilitation.objects.filter(person=world.marc).exists()
