"""What everyone does with the own account and nobody with that of another, whatever the role (G2)."""

import pytest

from people.actions import accounts, recovery
from people.actor import PORTAL
from people.models import NewWayIn
from people.policies import accounts as account_policies
from people.policies import own_data, passkeys, sessions
from people.vocabulary import Reason, Role

from .conftest import PASSWORD, as_actor

OWN = [
    account_policies.change_password,
    account_policies.set_email,
    own_data.take_own_data,
    own_data.erase_account,
    passkeys.keep_passkeys,
    passkeys.add_passkey,
    sessions.set_pin,
]


@pytest.mark.parametrize("rule", OWN, ids=lambda rule: rule.act)
def test_ones_own_and_nobody_elses(parent, invite, rule):
    another = accounts.open_account(language="fr", password=PASSWORD, by=PORTAL)
    staff = [invite(role, f"{role}@demo.invalid") for role in (Role.FACILITATOR, Role.COORDINATOR)]
    assert rule.allows(as_actor(parent), parent)
    for account in (another, *staff):
        assert rule.reason(as_actor(account), parent) == Reason.NOT_YOURS, account.pk


def test_a_paper_that_is_not_used_yet_is_still_told_of_once_it_is(parent):
    recovery.issue_new_way_in(account=parent, by=PORTAL, group_id="g" * 22)
    recovery.mark_shown(account=parent, by=as_actor(parent))
    assert NewWayIn.objects.get().shown_at is None
