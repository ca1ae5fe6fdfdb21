"""Notes that a member of staff looked: at the members of a group, at the words of a conversation."""

from collections.abc import Iterable

from audit.record import looked
from groups.models import Group
from groups.policies import groups as rules
from people.actor import Actor

MEMBERS, CONVERSATION, INVITATIONS = "group_members", "group_conversation", "group_invitations"


def look(*, group: Group, person_ids: Iterable[str], purpose: str, by: Actor) -> None:
    """One row a person, purpose and quarter of an hour; a parent who reads the own group is not staff."""
    if by.is_staff:
        rules.run_group.require(by, group)
        looked(staff_id=by.person_id, person_ids=[one for one in person_ids if one], purpose=purpose)
