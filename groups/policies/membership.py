"""Rules about coming in, being there, and going."""

from groups.models import Group, Invitation, Membership
from groups.vocabulary import PRESENT, MembershipStatus
from people.actor import Actor
from people.policy import Refused, policy
from people.vocabulary import Reason, Role

from .relations import membership_of, require_facilitator, require_member, require_not_held, require_open


@policy("groups:invitation:issue", roles=(Role.FACILITATOR,))
def issue_invitation(actor: Actor, group: Group):
    """To an open group that one accompanies."""
    require_facilitator(actor, group)
    require_open(group)


@policy("groups:invitation:revoke", roles=(Role.FACILITATOR,))
def revoke_invitation(actor: Actor, invitation: Invitation):
    """Of a group that one accompanies."""
    require_facilitator(actor, invitation.group)


@policy("groups:invitation:show_card", roles=(Role.FACILITATOR,))
def show_card(actor: Actor, invitation: Invitation):
    """The link and the code in plain: for the facilitators of the group, while the invitation is open."""
    require_facilitator(actor, invitation.group)
    if invitation.used_at or invitation.revoked_at:
        raise Refused(Reason.LINK_USED)


@policy("groups:membership:admit", roles=(Role.FACILITATOR,))
def admit(actor: Actor, membership: Membership):
    """To a group that one accompanies."""
    require_facilitator(actor, membership.group)


@policy("groups:membership:end", roles=(Role.FACILITATOR,))
def end_membership(actor: Actor, membership: Membership):
    """In a group that one accompanies."""
    require_facilitator(actor, membership.group)


@policy("groups:membership:help_sign_in", roles=(Role.FACILITATOR,))
def help_sign_in(actor: Actor, membership: Membership):
    """End a member's sessions, or hand out a new way in: only for someone who is in the group now."""
    require_facilitator(actor, membership.group)
    if membership.status != MembershipStatus.ADMITTED:
        raise Refused(Reason.NOT_YOURS)


@policy("groups:membership:look_after", roles=(Role.FACILITATOR,))
def look_after(actor: Actor, membership: Membership):
    """What the team does for someone who is in the group or at its door, and which this person never learns of:
    the family, whom not to bring together, the account shut on request."""
    require_facilitator(actor, membership.group)
    if membership.status not in PRESENT:
        raise Refused(Reason.NOT_YOURS)


@policy("groups:membership:leave", roles=(Role.PARENT,), held=True)
def leave_group(actor: Actor, group: Group):
    """One may always go, also while waiting; not out of a group one is not in, nor of one that a new way in holds."""
    if membership_of(actor, group.pk) is None:
        raise Refused(Reason.NOT_YOURS)
    require_not_held(actor, group.pk)


@policy("groups:membership:choose_name", roles=(Role.PARENT,), held=True)
def choose_pseudonym(actor: Actor, group: Group):
    """One's own, in a group one is in."""
    require_member(actor, group)


@policy("groups:rules:accept", roles=(Role.PARENT,), held=True)
def accept_house_rules(actor: Actor, group: Group):
    """Of a group one is in."""
    require_member(actor, group)


@policy("groups:invitation:enter", roles=(Role.ANONYMOUS, Role.PARENT), otherwise=Reason.LINK_USED, held=True)
def enter(actor: Actor, subject: None = None):
    """The pages of an invitation are open to everyone but staff; what opens is the invitation, once."""
