"""Notes that a member of staff looked: at the members of a group, at the words of a conversation, at a family."""

from collections.abc import Iterable

from audit.record import looked
from audit.vocabulary import Look
from groups.models import Group, Membership
from groups.policies import groups as rules
from groups.policies import membership as membership_rules
from people.actor import Actor


def look(*, group: Group, person_ids: Iterable[str], purpose: Look, by: Actor) -> None:
    """One row a person, purpose and quarter of an hour; a parent who reads the own group is not staff."""
    if by.is_staff:
        rules.run_group.require(by, group)
        looked(staff_id=by.person_id, person_ids=[one for one in person_ids if one], purpose=purpose)


def look_at_family(*, membership: Membership, person_ids: Iterable[str], purpose: Look, by: Actor) -> None:
    """Looks at marks and households never show in anybody's own list: they would tell of the other."""
    membership_rules.look_after.require(by, membership)
    looked(staff_id=by.person_id, person_ids=[membership.person_id, *person_ids], purpose=purpose, shown=False)
