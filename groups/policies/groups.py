"""Rules about groups themselves: made and closed by the coordinator, run by facilitators, read by members."""

from django.db.models import QuerySet

from groups.models import Facilitation, Group, Membership
from groups.vocabulary import MembershipStatus
from people.actor import Actor
from people.policy import policy
from people.vocabulary import Role

from .relations import facilitated_ids, require_facilitator, require_member, require_open

IN_THE_GROUP = (Role.PARENT, Role.FACILITATOR)


@policy("groups:group:list", roles=(Role.FACILITATOR, Role.COORDINATOR))
def list_groups(actor: Actor, group: Group | None = None):
    """The desk: a facilitator sees groups that are hers; a coordinator sees all, and no message of any."""


@policy("groups:group:make", roles=(Role.COORDINATOR,))
def make_group(actor: Actor, group: Group | None = None):
    """Only the coordinator; the relation is the whole city."""


@policy("groups:group:name", roles=(Role.COORDINATOR,))
def name_group(actor: Actor, group: Group):
    """Of a group that is open."""
    require_open(group)


@policy("groups:group:close", roles=(Role.COORDINATOR,))
def close_group(actor: Actor, group: Group):
    """A group that is closed already answers so in the action: the wish is met."""


@policy("groups:group:appoint", roles=(Role.COORDINATOR,))
def appoint_facilitator(actor: Actor, group: Group):
    """To a group that is open."""
    require_open(group)


@policy("groups:group:withdraw", roles=(Role.COORDINATOR,))
def withdraw_facilitator(actor: Actor, facilitation: Facilitation):
    """Also from a closed group."""


@policy("groups:group:set_mode", roles=(Role.FACILITATOR,))
def set_mode(actor: Actor, group: Group):
    """Of an open group that one accompanies."""
    require_facilitator(actor, group)
    require_open(group)


@policy("groups:group:run", roles=(Role.FACILITATOR,))
def run_group(actor: Actor, group: Group):
    """The facilitator's page of a group: who waits, invitations, members by the name they chose."""
    require_facilitator(actor, group)


@policy("groups:group:read", roles=IN_THE_GROUP, held=True)
def read_group(actor: Actor, group: Group):
    """Admitted members while the group is open; its facilitators also afterwards."""
    if Role.PARENT in actor.roles:
        require_member(actor, group)
    else:
        require_facilitator(actor, group)


def readable_groups(actor: Actor, groups: QuerySet[Group]) -> QuerySet[Group]:
    """Which groups `read_group` allows."""
    if Role.PARENT in actor.roles:
        mine = Membership.objects.filter(person_id=actor.person_id, status=MembershipStatus.ADMITTED)
        groups = groups.filter(pk__in=mine.values("group_id"), closed_at__isnull=True)
        return groups.filter(pk=actor.hold.group_id) if actor.hold else groups
    return groups.filter(pk__in=facilitated_ids(actor))


@policy("groups:own:see", roles=(Role.PARENT,), held=True)
def see_own_space(actor: Actor, subject: None = None):
    """A parent's own pages; each names nothing but what is this parent's."""
