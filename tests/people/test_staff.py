"""Who brings in whom: truth tables, nobody for themselves, and the command that makes the first account."""

import itertools

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEntry
from people import roles_changed
from people.actions import accounts, staff
from people.actor import PORTAL
from people.models import Authenticator, RoleGrant, StaffInvitation
from people.policies import staff as policies
from people.policy import Refused
from people.queries import granted_roles
from people.vocabulary import GRANTED_ROLES, Reason, Role
from tests.people.conftest import as_actor, is_signed_in, sign_in, sign_in_staff

pytestmark = pytest.mark.django_db
MAY = {
    Role.COORDINATOR: {Role.FACILITATOR, Role.MODERATOR, Role.EDITOR, Role.PARTNER},
    Role.TECHNICAL_ADMINISTRATOR: {Role.COORDINATOR, Role.TECHNICAL_ADMINISTRATOR},
}


@pytest.mark.parametrize(("inviter", "role"), itertools.product(GRANTED_ROLES, GRANTED_ROLES))
def test_who_invites_whom(invite, inviter, role):
    by = as_actor(invite(inviter, "one@demo.invalid"))
    if role in MAY.get(inviter, set()):
        assert staff.invite_staff(role=role, email="two@demo.invalid", name="Two", by=by).startswith("http")
    else:
        with pytest.raises(Refused):
            staff.invite_staff(role=role, email="two@demo.invalid", name="Two", by=by)


def test_nobody_grants_or_withdraws_a_role_of_their_own(invite):
    account = invite(Role.TECHNICAL_ADMINISTRATOR, "tess@demo.invalid")
    for act in (staff.grant_role, staff.withdraw_role):
        with pytest.raises(Refused) as refusal:
            act(person=account.person, role=Role.TECHNICAL_ADMINISTRATOR, by=as_actor(account))
        assert refusal.value.reason == Reason.OWN_CASE


@pytest.mark.parametrize("inviter", [Role.COORDINATOR, Role.TECHNICAL_ADMINISTRATOR])
def test_nobody_gives_herself_a_role_by_inviting_her_own_address(invite, inviter):
    own = invite(inviter, "marc@demo.invalid")
    for role in policies.GRANTS[inviter]:
        with pytest.raises(Refused) as refusal:
            staff.invite_staff(role=role, email="Marc@demo.invalid", by=as_actor(own))
        assert refusal.value.reason in (Reason.OWN_CASE, Reason.TOO_MANY)
    assert granted_roles(own.person_id) == {inviter}
    assert AuditEntry.objects.filter(kind="people.staff.invitation_refused", by_id=own.person_id).exists()


def test_nobody_gets_a_link_to_an_account_with_a_role_that_others_grant(invite):
    """The link sets a password and ends every sign-in: a coordinator could shut out whoever looks after the server."""
    coordinator, tess = (
        invite(Role.COORDINATOR, "marc@demo.invalid"),
        invite(Role.TECHNICAL_ADMINISTRATOR, "tess@x.invalid"),
    )
    sofie = invite()
    for by, to, role in ((coordinator, tess, Role.EDITOR), (tess, sofie, Role.COORDINATOR)):
        with pytest.raises(Refused) as refusal:
            staff.invite_staff(role=role, email=to.email, by=as_actor(by))
        assert refusal.value.reason == Reason.OTHERS_GRANT
        assert role not in granted_roles(to.person_id)
    staff.grant_role(person=tess.person, role=Role.EDITOR, by=as_actor(coordinator))
    assert granted_roles(tess.person_id) == {Role.TECHNICAL_ADMINISTRATOR, Role.EDITOR}


@pytest.mark.parametrize(
    ("inviter", "role"), [(Role.COORDINATOR, Role.PARTNER), (Role.TECHNICAL_ADMINISTRATOR, Role.COORDINATOR)]
)
def test_nobody_becomes_a_colleague_by_inviting_her_again(client, invite, inviter, role):  # rule 5
    """With a link to her account and without her second factor, who manages staff would read what she reads."""
    manager = invite(inviter, "marc@demo.invalid")
    colleague = invite(Role.FACILITATOR if inviter == Role.COORDINATOR else Role.COORDINATOR, "sofie@demo.invalid")
    sign_in_staff(client, manager)
    told = {"role": role, "name": "Sofie", "email": "Sofie@demo.invalid", "language": "nl"}
    page = client.post(reverse("work:staff_invite"), told)
    assert page.status_code == 200
    assert "/account/team/" not in page.content.decode()
    assert role in granted_roles(colleague.person_id)
    assert not StaffInvitation.objects.filter(account=colleague, used_at__isnull=True).exists()


def test_who_never_came_in_gets_a_fresh_link(invite):
    coordinator = as_actor(invite(Role.COORDINATOR, "marc@demo.invalid"))
    links = {staff.invite_staff(role=Role.EDITOR, email="lien@demo.invalid", by=coordinator) for _ in range(2)}
    assert len(links) == 2
    assert StaffInvitation.objects.filter(used_at__isnull=True, expires_at__gt=timezone.now()).count() == 1


def test_anyone_who_manages_staff_stops_a_thief_and_only_who_gives_the_roles_opens_again(client, invite):
    tess, sofie = invite(Role.TECHNICAL_ADMINISTRATOR, "tess@demo.invalid"), invite()
    coordinator = as_actor(invite(Role.COORDINATOR, "marc@demo.invalid"))
    accounts.freeze(account=sofie, by=as_actor(tess))
    with pytest.raises(Refused) as refusal:
        accounts.unfreeze(account=sofie, by=as_actor(tess))
    assert refusal.value.reason == Reason.NOT_YOURS
    sign_in_staff(client, tess)
    sofie.refresh_from_db()
    page = client.get(reverse("work:staff_member", args=[sofie.person_id])).content.decode()
    assert reverse("work:unfreeze_staff", args=[sofie.person_id]) not in page
    accounts.unfreeze(account=sofie, by=coordinator)
    page = client.get(reverse("work:staff_member", args=[sofie.person_id])).content.decode()
    assert reverse("work:freeze_staff", args=[sofie.person_id]) in page


def test_a_role_that_comes_with_an_invitation_ends_sessions_too(client, invite):  # G20
    coordinator, account = invite(Role.COORDINATOR, "marc@demo.invalid"), invite()
    sign_in_staff(client, account)
    staff.invite_staff(role=Role.FACILITATOR, email=account.email, by=as_actor(coordinator))
    assert is_signed_in(client)  # she had it already
    staff.invite_staff(role=Role.MODERATOR, email=account.email, by=as_actor(coordinator))
    assert not is_signed_in(client)


def test_invitations_are_no_way_to_ask_who_has_an_account(parent, invite):  # G18
    """An address of a parent cannot be taken; how often somebody hears so is little, and stands in the history."""
    accounts.set_email(account=parent, email="els@demo.invalid", by=PORTAL)
    coordinator = as_actor(invite(Role.COORDINATOR, "marc@demo.invalid"))
    reasons = []
    for _ in range(5):
        with pytest.raises(Refused) as refusal:
            staff.invite_staff(role=Role.EDITOR, email="els@demo.invalid", by=coordinator)
        reasons.append(refusal.value.reason)
    assert reasons == [Reason.ADDRESS_TAKEN] * 3 + [Reason.TOO_MANY] * 2
    refused = AuditEntry.objects.filter(kind="people.staff.invitation_refused", by_id=coordinator.person_id)
    assert refused.count() == 3
    assert not any("els" in str(row.details) + row.because for row in refused)


def test_tries_at_one_moment_ask_no_more_than_tries_one_by_one(parent, invite, monkeypatch):  # G18
    """Each is counted before the address is looked up; an invitation that goes well is not counted."""
    accounts.set_email(account=parent, email="els@demo.invalid", by=PORTAL)
    coordinator, looked_up = as_actor(invite(Role.COORDINATOR, "marc@demo.invalid")), []
    for number in range(5):
        staff.invite_staff(role=Role.EDITOR, email=f"een{number}@demo.invalid", by=coordinator)
    look_up = staff._staff_account

    def and_another_meanwhile(*given):
        looked_up.append(given)
        if len(looked_up) < 5:
            with pytest.raises(Refused):
                staff.invite_staff(role=Role.EDITOR, email="els@demo.invalid", by=coordinator)
        return look_up(*given)

    monkeypatch.setattr(staff, "_staff_account", and_another_meanwhile)
    with pytest.raises(Refused):
        staff.invite_staff(role=Role.EDITOR, email="els@demo.invalid", by=coordinator)
    assert len(looked_up) == staff.REFUSALS


def test_a_parent_is_never_given_a_role(parent, invite):
    with pytest.raises(Refused):
        staff.grant_role(person=parent.person, role=Role.EDITOR, by=PORTAL)
    with pytest.raises(Refused):
        staff.grant_role(person=invite().person, role=Role.PARENT, by=PORTAL)


def test_a_change_of_roles_is_recorded_once_ends_sessions_and_is_told(client, invite, monkeypatch):  # G20 G37
    heard = []
    monkeypatch.setattr(roles_changed, "_LISTENERS", [lambda person_id, roles: heard.append(roles)])
    coordinator, account = invite(Role.COORDINATOR, "marc@demo.invalid"), invite()
    heard.clear()
    sign_in_staff(client, account)
    for _ in range(2):
        staff.grant_role(person=account.person, role=Role.MODERATOR, by=as_actor(coordinator))
    assert AuditEntry.objects.filter(kind="people.role.granted", by_id=coordinator.person_id).count() == 1
    assert heard == [frozenset({Role.FACILITATOR, Role.MODERATOR})]
    assert not is_signed_in(client)
    staff.withdraw_role(person=account.person, role=Role.MODERATOR, by=as_actor(coordinator))
    assert granted_roles(account.person_id) == {Role.FACILITATOR}
    assert RoleGrant.objects.get(role="moderator").withdrawn_by_id == coordinator.person_id


def test_the_editor_role_and_the_editors_group_go_together(invite):
    group, _ = Group.objects.get_or_create(name="Editors")
    account = invite(Role.EDITOR, "lien@demo.invalid")
    assert list(account.groups.all()) == [group]
    staff.withdraw_role(person=account.person, role=Role.EDITOR, by=PORTAL)
    assert not account.groups.exists()


def test_a_lost_extra_code_is_taken_away_by_who_manages_that_role_with_a_reason(invite):
    coordinator, account = invite(Role.COORDINATOR, "marc@demo.invalid"), invite()
    with pytest.raises(Refused):
        staff.reset_second_factor(account=account, by=as_actor(coordinator), because=" ")
    with pytest.raises(Refused):
        staff.reset_second_factor(account=coordinator, by=as_actor(coordinator), because="phone lost")
    staff.reset_second_factor(account=account, by=as_actor(coordinator), because="phone lost")
    assert not Authenticator.objects.filter(user=account).exists()


def test_the_command_prints_one_link_and_nothing_of_a_parent(capsys, parent):
    call_command("invite_staff", role="technical_administrator", email="tess@demo.invalid", name="Tess")
    out = capsys.readouterr().out.strip()
    assert out.startswith("http")
    assert "/account/team/" in out
    assert "\n" not in out
    with pytest.raises(CommandError):
        call_command("invite_staff", role="editor", email="no-address")


def test_make_keys_prints_only_the_path(capsys):
    call_command("make_keys")
    assert capsys.readouterr().out.strip().endswith("keys.env")


@pytest.mark.parametrize("role", GRANTED_ROLES)
def test_only_managers_see_the_team(client, invite, role):  # G1
    sign_in_staff(client, invite(role, "one@demo.invalid"))
    page = client.get(reverse("work:staff"))
    assert page.status_code == (200 if role in MAY else 404)


def test_a_parent_sees_no_staff_page(client, parent):  # G1
    sign_in(client)
    assert client.get(reverse("work:staff")).status_code == 404


def test_a_coordinator_invites_through_the_page_and_the_link_is_shown_once(client, invite):
    sign_in_staff(client, invite(Role.COORDINATOR, "marc@demo.invalid"))
    told = {"role": "facilitator", "name": "Sofie", "email": "sofie@demo.invalid", "language": "nl"}
    page = client.post(reverse("work:staff_invite"), told)
    assert page.status_code == 200
    assert "/account/team/" in page.content.decode()
    assert "/account/team/" not in client.get(reverse("work:staff")).content.decode()
    assert client.post(reverse("work:staff_invite"), {**told, "role": "coordinator"}).status_code == 422


def test_the_pages_of_a_member_of_staff_do_what_their_buttons_say(client, invite):
    account = invite()
    sign_in_staff(client, invite(Role.COORDINATOR, "marc@demo.invalid"))

    def press(name, **told):
        assert client.post(reverse(f"work:{name}", args=[account.person_id]), told).status_code == 302
        account.refresh_from_db()

    press("grant_role", role="moderator")
    assert granted_roles(account.person_id) == {Role.FACILITATOR, Role.MODERATOR}
    press("withdraw_role", role="moderator")
    for _ in range(2):  # also from a page that is old
        press("freeze_staff")
        assert account.frozen_at
    press("unfreeze_staff")
    assert account.frozen_at is None
    press("reset_second_factor", because="phone lost")
    assert client.get(reverse("work:staff_member", args=[account.person_id])).status_code == 200


def test_the_list_costs_the_same_for_one_and_for_twenty(client, invite, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sign_in_staff(client, invite(Role.COORDINATOR, "marc@demo.invalid"))
    counts = []
    for batch in (1, 19):
        for number in range(batch):
            invite(Role.FACILITATOR, f"{batch}-{number}@demo.invalid", device=False)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("work:staff"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_grantable_roles_are_those_of_the_table(invite):
    for role in GRANTED_ROLES:
        actor = as_actor(invite(role, f"{role.value.replace('_', '-')}@demo.invalid"))
        assert set(policies.grantable_by(actor)) == MAY.get(role, set())
