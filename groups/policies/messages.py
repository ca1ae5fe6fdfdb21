"""Rules about conversations and messages. Nobody reads by rank: coordinator, editor and administrator see none."""

from datetime import datetime

from django.db.models import Q, QuerySet

from groups.models import Conversation, Group, Membership, Message
from groups.vocabulary import OWN_STRIP, SHOWN, ConversationKind, MessageStatus
from people import keep_apart
from people.actor import Actor
from people.policy import Refused, policy
from people.vocabulary import Reason, Role

from .groups import IN_THE_GROUP, read_group, readable_groups
from .relations import require_facilitator, require_member, require_not_held, require_open


def hidden_authors(actor: Actor, group_id: str, others: set[str] | None = None) -> set[str]:
    """Members of the group whose words this parent must not meet. One look at the marks, whatever the answer."""
    return set(hidden_since(actor, group_id, others))


def hidden_since(actor: Actor, group_id: str, others: set[str] | None = None) -> dict[str, datetime]:
    """The same, with the moment from which on: what came after it never stood on a page of hers."""
    if Role.PARENT not in actor.roles:
        return {}

    def ask() -> dict[str, datetime]:
        people = others
        if people is None:
            people = set(Membership.objects.filter(group_id=group_id).values_list("person_id", flat=True))
        return keep_apart.marked_since(actor.person_id, people)

    return actor.remember(("groups.hidden", group_id), ask)


@policy("groups:conversation:start", roles=(Role.FACILITATOR,))
def start_conversation(actor: Actor, group: Group):
    """In an open group that one accompanies."""
    require_facilitator(actor, group)
    require_open(group)


@policy("groups:conversation:close", roles=(Role.FACILITATOR,))
def close_conversation(actor: Actor, conversation: Conversation):
    """Nothing new is written there any more, until it is opened again. The place for announcements stays open."""
    require_facilitator(actor, conversation.group)
    require_open(conversation.group)
    if conversation.kind == ConversationKind.ANNOUNCEMENTS:
        raise Refused(Reason.NOT_YOURS)


@policy("groups:conversation:read", roles=IN_THE_GROUP, held=True)
def read_conversation(actor: Actor, conversation: Conversation):
    """Who may read the group."""
    read_group.require(actor, conversation.group)


def readable_conversations(actor: Actor, conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """Which conversations `read_conversation` allows."""
    return conversations.filter(group__in=readable_groups(actor, Group.objects.all()))


@policy("groups:message:read", roles=IN_THE_GROUP, held=True)
def read_message(actor: Actor, message: Message):
    """What stands in the conversation, unless its author is kept apart from the reader; and one's own, always."""
    read_group.require(actor, message.conversation.group)
    if message.author_id == actor.person_id and message.status in (*SHOWN, *OWN_STRIP):
        return
    if message.status not in SHOWN:
        raise Refused(Reason.NOT_YOURS)
    if message.author_id in hidden_authors(actor, message.conversation.group_id):
        raise Refused(Reason.NOT_YOURS)


def readable_messages(actor: Actor, messages: QuerySet[Message]) -> QuerySet[Message]:
    """Which messages `read_message` allows."""
    groups = readable_groups(actor, Group.objects.all())
    own = Q(author_id=actor.person_id, status__in=(*SHOWN, *OWN_STRIP))
    shown = Q(status__in=SHOWN)
    if Role.PARENT in actor.roles:
        here = Membership.objects.filter(group__in=groups).values_list("person_id", flat=True)
        hidden = keep_apart.marked_among(actor.person_id, set(here))
        shown &= ~Q(author_id__in=hidden) | Q(author_id__isnull=True)
    return messages.filter(own | shown, conversation__group__in=groups)


@policy("groups:message:write", roles=IN_THE_GROUP, held=True)
def write_message(actor: Actor, conversation: Conversation):
    """A parent writes after accepting the house rules, under a name that is settled; staff as the team."""
    require_present(actor, conversation.group)
    if conversation.closed_at is not None:
        raise Refused(Reason.READ_ONLY_NOW)
    if Role.PARENT not in actor.roles:
        return
    if conversation.kind == ConversationKind.ANNOUNCEMENTS:
        raise Refused(Reason.READ_ONLY_NOW)
    membership = require_member(actor, conversation.group)
    if membership.rules_accepted_at is None or membership.pseudonym_key is None:
        raise Refused(Reason.RULES_FIRST)


def require_present(actor: Actor, group: Group) -> None:
    """Someone who could write in this group, if nothing else stood in the way."""
    if Role.PARENT in actor.roles:
        require_member(actor, group)
    else:
        require_facilitator(actor, group)
        require_open(group)


@policy("groups:message:announce", roles=(Role.FACILITATOR,))
def announce(actor: Actor, group: Group):
    """In an open group that one accompanies."""
    require_facilitator(actor, group)
    require_open(group)


@policy("groups:draft:keep", roles=IN_THE_GROUP, held=True)
def keep_draft(actor: Actor, conversation: Conversation):
    """Also before the rules are accepted, and when the conversation closed meanwhile: nothing typed is lost."""
    require_present(actor, conversation.group)


@policy("groups:message:withdraw", roles=IN_THE_GROUP, held=True)
def withdraw_message(actor: Actor, message: Message):
    """One's own, also after leaving the group; whether it can still be taken back is the table's answer."""
    if message.author_id != actor.person_id:
        raise Refused(Reason.NOT_YOURS)
    require_not_held(actor, message.conversation.group_id)


@policy("groups:message:change", roles=IN_THE_GROUP, held=True)
def change_message(actor: Actor, message: Message):
    """One's own, when it came back."""
    if message.author_id != actor.person_id:
        raise Refused(Reason.NOT_YOURS)
    write_message.require(actor, message.conversation)
    if message.status != MessageStatus.RETURNED:
        raise Refused(Reason.CHANGED_MEANWHILE)


@policy("groups:message:tell_team", roles=(Role.PARENT,), held=True)
def tell_team(actor: Actor, message: Message):
    """Someone else's message that stands in the conversation."""
    read_message.require(actor, message)
    if message.author_id == actor.person_id or message.status != MessageStatus.PUBLISHED:
        raise Refused(Reason.NOT_YOURS)


@policy("groups:message:decide", roles=(Role.FACILITATOR, Role.MODERATOR))
def decide_message(actor: Actor, message: Message):
    """The group's facilitators and the moderator on duty; never about one's own words."""
    if message.author_id == actor.person_id:
        raise Refused(Reason.OWN_CASE)
    if Role.MODERATOR not in actor.roles:
        require_facilitator(actor, message.conversation.group)
