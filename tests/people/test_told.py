"""Who hears that someone else changed how she gets in; nobody hears of what she did herself."""

import pytest
from django.db import transaction

from outreach.models import Notice
from people import relations, told
from people.actions import accounts, recovery, staff
from people.actor import ANONYMOUS, PORTAL
from people.policy import Refused
from people.vocabulary import Reason, Role
from tests.people.conftest import PASSWORD, as_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    heard = []
    monkeypatch.setattr(told, "_TELLERS", [lambda person_id, what, by_id: heard.append((person_id, what))])
    return heard


def test_shutting_and_opening_an_account_is_told_each_time_it_changes_something(parent, heard):
    for _ in range(2):
        accounts.freeze(account=parent, by=PORTAL)
    accounts.unfreeze(account=parent, by=PORTAL)
    assert heard == [(parent.person_id, "frozen"), (parent.person_id, "unfrozen")]


def test_nobody_rings_a_parent_past_her_wish_by_shutting_and_opening(parent, heard):
    """Each is told by mail whatever she wishes: in silence it stays shut, which waits for nothing."""
    answers = []
    for _ in range(7):
        accounts.freeze(account=parent, by=PORTAL)
        try:
            accounts.unfreeze(account=parent, by=PORTAL)
        except Refused as refusal:
            answers.append(refusal.reason)
    assert answers == [Reason.TOO_MANY] * 2
    assert [what for _, what in heard] == ["frozen", "unfrozen"] * 5 + ["frozen"]


def test_a_new_password_is_told_unless_it_is_ones_own_doing(parent, heard):
    accounts.change_password(account=parent, password="maan-bos-peer-roos", by=as_actor(parent))
    assert heard == []
    accounts.change_password(account=parent, password=PASSWORD, by=PORTAL, how="code by mail")
    assert heard == [(parent.person_id, "password")]


def test_a_way_in_that_was_used_is_told(parent, facilitator, heard, monkeypatch):
    monkeypatch.setitem(relations._RELATIONS, "accompanies", [lambda person: {parent.person_id}])
    code = recovery.issue_new_way_in(account=parent, by=as_actor(facilitator), group_id="g" * 22)
    assert heard == []
    recovery.use_new_way_in(code=code, password="maan-bos-peer-roos", by=ANONYMOUS)
    assert heard == [(parent.person_id, "password")]


def test_a_role_given_or_taken_is_told_to_who_works_here_already(invite, heard):
    coordinator, sofie = as_actor(invite(Role.COORDINATOR, "marc@demo.invalid")), invite()
    assert heard == []  # the invitation itself says it
    for _ in range(2):
        staff.grant_role(person=sofie.person, role=Role.MODERATOR, by=coordinator)
    staff.withdraw_role(person=sofie.person, role=Role.MODERATOR, by=coordinator)
    staff.invite_staff(role=Role.EDITOR, email=sofie.email, by=coordinator)
    assert heard == [(sofie.person_id, "role")] * 3


def test_a_second_factor_taken_away_is_told(invite, heard):
    """Whoever has her password as well would have her account: nobody takes one over in silence."""
    coordinator, sofie = as_actor(invite(Role.COORDINATOR, "marc@demo.invalid")), invite()
    staff.reset_second_factor(account=sofie, by=coordinator, because="De telefoon is weg.")
    assert heard == [(sofie.person_id, "second_factor")]


def test_a_link_taken_up_in_her_place_is_told_to_who_works_here_already(invite, heard):
    """Only who keeps the server can make one."""
    sofie = invite()
    link = staff.invite_staff(role=Role.FACILITATOR, email=sofie.email, by=PORTAL)
    assert heard == []
    staff.accept_staff_invitation(token=link.rstrip("/").split("/")[-1], password=PASSWORD, by=ANONYMOUS)
    assert heard == [(sofie.person_id, "password")]


def test_the_portal_makes_a_notice_of_it_in_the_same_transaction(parent):
    with transaction.atomic():
        accounts.freeze(account=parent, by=PORTAL)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    accounts.freeze(account=parent, by=PORTAL)
    assert Notice.objects.get().purpose == "access_changed"
