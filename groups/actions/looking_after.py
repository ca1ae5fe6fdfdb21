"""What a facilitator does for one person and the family around: the account shut, people kept apart, a household.

Both people of an act must be among those she accompanies. None of it is ever told to a parent.
"""

from datetime import datetime

from django.db import transaction

from groups.models import Membership
from groups.policies import membership as rules
from people.actions import accounts, households, keep_apart
from people.actor import Actor
from people.models import Account
from people.policy import Refused
from people.queries import account_of, household_of
from people.vocabulary import Reason


def freeze_account(*, membership: Membership, by: Actor, now: datetime | None = None) -> None:
    """Shuts the account everywhere, at once. Someone asked, on the phone or in the street: no reason is needed."""
    rules.look_after.require(by, membership)
    accounts.freeze(account=_account(membership), by=by, now=now)


def unfreeze_account(*, membership: Membership, by: Actor, now: datetime | None = None) -> None:
    rules.look_after.require(by, membership)
    accounts.unfreeze(account=_account(membership), by=by, now=now)


def mark_apart(
    *, membership: Membership, other: Membership, because: str, by: Actor, now: datetime | None = None
) -> None:
    _require_both(by, membership, other)
    keep_apart.mark(one=membership.person_id, other=other.person_id, because=because, by=by, now=now)


def lift_mark(
    *, membership: Membership, other: Membership, because: str, by: Actor, now: datetime | None = None
) -> None:
    _require_both(by, membership, other)
    keep_apart.lift(one=membership.person_id, other=other.person_id, because=because, by=by, now=now)


@transaction.atomic
def put_in_one_household(*, membership: Membership, other: Membership, by: Actor, now: datetime | None = None) -> None:
    """Into the household that one of them has, or a new one. Refuses to bring two households together."""
    _require_both(by, membership, other)
    own, theirs = household_of(membership.person_id), household_of(other.person_id)
    if own is None and theirs is None:
        households.make(person_ids=[membership.person_id, other.person_id], by=by, now=now)
    elif own is None:
        households.add_member(household=theirs, person_id=membership.person_id, by=by, now=now)
    else:
        households.add_member(household=own, person_id=other.person_id, by=by, now=now)


def take_out_of_household(*, membership: Membership, by: Actor, now: datetime | None = None) -> None:
    """Only this person goes; done already: nothing happens."""
    rules.look_after.require(by, membership)
    household = household_of(membership.person_id)
    if household is not None:
        households.remove_member(household=household, person_id=membership.person_id, by=by, now=now)


def _require_both(by: Actor, membership: Membership, other: Membership) -> None:
    rules.look_after.require(by, membership)
    rules.look_after.require(by, other)


def _account(membership: Membership) -> Account:
    account = account_of(membership.person_id)
    if account is None:
        raise Refused(Reason.NOT_FOUND)
    return account
