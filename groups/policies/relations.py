"""The two relations that rules of groups rest on: being a member of a group, and accompanying it.

Asked once for the life of an actor. Sockets live longer than that: they ask `groups.live`, which remembers nothing.
"""

from groups.models import Facilitation, Group, Membership
from groups.vocabulary import PRESENT
from people.actor import Actor
from people.policy import Refused
from people.vocabulary import Reason, Role


def facilitated_ids(actor: Actor) -> frozenset[str]:
    """The groups this person accompanies now. Empty without the role, whatever the rows say."""
    if Role.FACILITATOR not in actor.roles:
        return frozenset()
    rows = Facilitation.objects.filter(person_id=actor.person_id, withdrawn_at__isnull=True)
    return actor.remember("groups.facilitated", lambda: frozenset(rows.values_list("group_id", flat=True)))


def accompanies(actor: Actor, group_id: str) -> bool:
    return group_id in facilitated_ids(actor)


def membership_of(actor: Actor, group_id: str) -> Membership | None:
    """The membership of this parent in the group, waiting or admitted; nothing for anyone else."""
    if Role.PARENT not in actor.roles:
        return None
    rows = Membership.objects.filter(person_id=actor.person_id, group_id=group_id, status__in=PRESENT)
    return actor.remember(("groups.membership", group_id), rows.first)


def require_member(actor: Actor, group: Group) -> Membership:
    """Admitted, the group open, and not held back by a new way in that someone handed out."""
    membership = membership_of(actor, group.pk)
    if membership is None or not membership.is_admitted or not group.is_open:
        raise Refused(Reason.NOT_YOURS)
    require_not_held(actor, group.pk)
    return membership


def require_not_held(actor: Actor, group_id: str) -> None:
    """While a new way in is not confirmed, nothing in other groups is undone: the paper may be in other hands."""
    if actor.hold and actor.hold.group_id != group_id:
        raise Refused(Reason.NOT_OPEN_NOW)


def require_facilitator(actor: Actor, group: Group) -> None:
    if not accompanies(actor, group.pk):
        raise Refused(Reason.NOT_YOURS)


def require_open(group: Group) -> None:
    if not group.is_open:
        raise Refused(Reason.GROUP_CLOSED)
