"""A paper or a link that is being used in the very moment in which it ends: it opens nothing."""

import pytest

from people import relations
from people.actions import accounts, recovery, staff
from people.actor import ANONYMOUS, PORTAL
from people.policy import Refused
from people.vocabulary import Reason, Role
from tests.people.conftest import as_actor

pytestmark = pytest.mark.django_db
HERS, THEIRS = "maan-bos-peer-roos", "kast-fiets-dertien-wolk"


@pytest.fixture
def accompanied(parent, facilitator, monkeypatch):
    monkeypatch.setitem(relations._RELATIONS, "accompanies", [lambda person: {parent.person_id}])
    return as_actor(facilitator)


def meanwhile(monkeypatch, module, act):
    """Once the paper was looked up, and before it is used."""
    judge = module.validate_password

    def judge_slowly(password, account):
        monkeypatch.setattr(module, "validate_password", judge)
        judge(password, account)
        act()

    monkeypatch.setattr(module, "validate_password", judge_slowly)


@pytest.mark.parametrize("end", ["another password", "shut", "shut and opened"])
def test_a_paper_that_ends_while_it_is_used_lets_nobody_in(parent, accompanied, monkeypatch, end):  # G23
    code = recovery.issue_new_way_in(account=parent, by=accompanied, group_id="g" * 22)

    def ends():
        if end == "another password":
            accounts.change_password(account=parent, password=HERS, by=as_actor(parent))
        else:
            accounts.freeze(account=parent, by=accompanied)
        if end == "shut and opened":
            accounts.unfreeze(account=parent, by=accompanied)

    meanwhile(monkeypatch, recovery, ends)
    with pytest.raises(Refused) as refusal:
        recovery.use_new_way_in(code=code, password=THEIRS, by=ANONYMOUS)
    assert refusal.value.reason == Reason.LINK_USED
    parent.refresh_from_db()
    assert not parent.check_password(THEIRS)


def test_a_link_to_an_account_of_the_team_that_is_shut_meanwhile_sets_no_password(facilitator, monkeypatch):
    link = staff.invite_staff(role=Role.FACILITATOR, email=facilitator.email, by=PORTAL)
    meanwhile(monkeypatch, staff, lambda: accounts.freeze(account=facilitator, by=PORTAL))
    with pytest.raises(Refused) as refusal:
        staff.accept_staff_invitation(token=link.rstrip("/").rpartition("/")[2], password=THEIRS, by=ANONYMOUS)
    assert refusal.value.reason == Reason.LINK_USED
    facilitator.refresh_from_db()
    assert not facilitator.check_password(THEIRS)
