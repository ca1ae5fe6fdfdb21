"""What may be shown of groups, ready for pages. Asks a fixed number of questions whatever the numbers; never counts
messages and never skips rows: pages of messages go from a known place backwards or onwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from outreach.queries import hours_of, unread
from outreach.staffed import Reading, next_reading
from people.actor import Actor
from people.models import Person
from people.policy import Refused
from people.queries import HandedOut, new_ways_in_to_confirm, staff_with
from people.vocabulary import Reason, Role

from .models import Conversation, Facilitation, Group, Invitation, Membership, Message
from .policies import groups as group_rules
from .policies.messages import hidden_authors
from .policies.relations import facilitated_ids, membership_of
from .vocabulary import (
    OWN_STRIP,
    PAGE,
    PAGE_LIMIT,
    PRESENT,
    SHOWN,
    ConversationKind,
    MembershipStatus,
    MessageStatus,
)


@dataclass(frozen=True)
class Voice:
    """Who speaks, as the readers of this group know them."""

    name: str
    is_team: bool
    ring: int = 0


@dataclass(frozen=True)
class Circle:
    """Everyone who was or is in a group, by person id. For names beside words; never shown as a list to parents."""

    members: dict[str, Membership]
    team: dict[str, Facilitation]

    @property
    def present_team(self) -> list[Facilitation]:
        return [one for one in self.team.values() if one.withdrawn_at is None]

    def voice_of(self, person_id: str | None) -> Voice:
        if person_id in self.team:
            return Voice(self.team[person_id].person.name, True)
        if person_id in self.members:
            return Voice(self.members[person_id].pseudonym, False, sum(person_id.encode()) % 3)
        return Voice("", False)


@dataclass(frozen=True)
class Shown:
    """One message as all readers of one language and audience see it."""

    id: str
    seq: int | None
    voice: Voice
    at: datetime
    text: str
    language: str
    status: str
    announced: bool
    is_mine: bool = False  # never in what is handed to open pages: there it is the same for all

    @property
    def is_removed(self) -> bool:
        return self.status == MessageStatus.REMOVED

    @property
    def is_gone(self) -> bool:
        return self.status not in SHOWN


@dataclass(frozen=True)
class Page:
    """Of a conversation, oldest first; `earlier` leads backwards, or is empty. `last`: the last this reader meets."""

    messages: list[Message]
    earlier: int | None
    last: int


def circle_of(group_id: str, only: Iterable[str] | None = None) -> Circle:
    """Everyone of a group; or `only` these persons, where names are opened for the authors of a few lines."""
    present = Membership.objects.filter(group_id=group_id)
    rows = Facilitation.objects.filter(group_id=group_id).select_related("person__organisation")
    if only is not None:
        wanted = set(only)
        present, rows = present.filter(person_id__in=wanted), rows.filter(person_id__in=wanted)
    members = {row.person_id: row for row in present}
    return Circle(members, {row.person_id: row for row in rows.order_by(F("withdrawn_at").asc(nulls_last=True))})


def circle_of_one(actor: Actor, group_id: str) -> Circle:
    """Just the actor, for a line of their own; what the policy asked already is not asked again."""
    membership = membership_of(actor, group_id)
    return Circle({actor.person_id: membership}, {}) if membership else circle_of(group_id, only=[actor.person_id])


def shown(message: Message, circle: Circle, reader: Actor | None = None) -> Shown:
    """As its readers meet it: of what the team took away, the words are the author's alone."""
    return Shown(
        id=message.pk,
        seq=message.sequence,
        voice=circle.voice_of(message.author_id),
        at=message.published_at or message.written_at,
        text="" if message.status == MessageStatus.REMOVED else message.text,
        language=message.language,
        status=message.status,
        announced=message.kind == "announcement",
        is_mine=reader is not None and message.author_id == reader.person_id,
    )


# --- things that stand in an address ----------------------------------------------------------------


def group_for(actor: Actor, group_id: str) -> Group:
    """The group of this id; the guard's policy says what this actor may do with it."""
    return _found(Group.objects.filter(pk=group_id).first())


def conversation_for(actor: Actor, conversation_id: str) -> Conversation:
    """With its group, and this person's draft in `draft_text`: one statement for all three."""
    mine = FilteredRelation("drafts", condition=Q(drafts__author_id=actor.person_id))
    rows = Conversation.objects.select_related("group").annotate(mine=mine, draft_text=F("mine__text"))
    return _found(rows.filter(pk=conversation_id).first())


def conversation_to_read(actor: Actor, conversation_id: str) -> Conversation:
    """The same, for a page that names everyone anyway: one's own membership comes out of that one look."""
    conversation = conversation_for(actor, conversation_id)
    group_id = conversation.group_id
    own = circle_for(actor, group_id).members.get(actor.person_id)
    mine = own if own and own.status in PRESENT and Role.PARENT in actor.roles else None
    actor.remember(("groups.membership", group_id), lambda: mine)
    return conversation


def circle_for(actor: Actor, group_id: str) -> Circle:
    """The circle, asked once for the life of this actor."""
    return actor.remember(("groups.circle", group_id), lambda: circle_of(group_id))


def message_for(actor: Actor, message_id: str) -> Message:
    return _found(message_of(message_id))


def message_of(message_id: str) -> Message | None:
    return Message.objects.select_related("conversation__group").filter(pk=message_id).first()


def group_names(group_ids: Iterable[str]) -> dict[str, str]:
    return {group.pk: group.name for group in Group.objects.filter(pk__in=list(group_ids)).only("pk", "name")}


def open_group_ids() -> set[str]:
    return set(Group.objects.filter(closed_at__isnull=True).values_list("pk", flat=True))


def parents_accompanied_by(person_id: str) -> set[str]:
    """The relation 'accompanies': the present members of the groups this person facilitates, and who waits there."""
    rows = Membership.objects.filter(
        status__in=PRESENT,
        group__facilitations__person_id=person_id,
        group__facilitations__withdrawn_at__isnull=True,
    )
    return set(rows.values_list("person_id", flat=True))


def membership_for(actor: Actor, membership_id: str) -> Membership:
    return _found(Membership.objects.select_related("group").filter(pk=membership_id).first())


def invitation_for(actor: Actor, invitation_id: str) -> Invitation:
    return _found(Invitation.objects.select_related("group").filter(pk=invitation_id).first())


def facilitation_for(actor: Actor, facilitation_id: str) -> Facilitation:
    return _found(Facilitation.objects.select_related("group").filter(pk=facilitation_id).first())


def _found(thing):
    if thing is None:
        raise Refused(Reason.NOT_FOUND)
    return thing


# --- what a member or facilitator reads -------------------------------------------------------------


def groups_of(actor: Actor) -> list[Group]:
    """My groups, the one with the newest words first."""
    groups = group_rules.readable_groups(actor, Group.objects.filter(closed_at__isnull=True))
    return sorted(groups, key=lambda group: group.name.casefold())


def is_waiting(actor: Actor) -> bool:
    """Whether this parent waits to be let in somewhere; not where."""
    return Membership.objects.filter(person_id=actor.person_id, status=MembershipStatus.APPLIED).exists()


def has_news(actor: Actor) -> bool:
    """Whether something new waits for this person; outreach knows, and says no more than that."""
    return unread(actor.person_id)


def own_membership(actor: Actor, group: Group) -> Membership | None:
    return membership_of(actor, group.pk)


def conversations_of(actor: Actor, group: Group) -> list[Conversation]:
    """The conversations of a group, the liveliest first, and without the place for announcements.

    `lately` is the moment of the last words that this reader may meet: words of someone kept apart would show in it.
    """
    hidden = hidden_authors(actor, group.pk)
    lately = F("last_published_at")
    if hidden:
        there = messages_shown(OuterRef("pk")).exclude(author_id__in=hidden).order_by("-sequence")
        lately = Subquery(there.values("published_at")[:1])
    rows = Conversation.objects.filter(group=group, kind=ConversationKind.CONVERSATION).annotate(lately=lately)
    return list(rows.order_by(F("lately").desc(nulls_last=True), "-opened_at")[:100])


def announcements_of(actor: Actor, group: Group, limit: int = 3) -> list[Message]:
    """The newest announcements, newest first."""
    rows = Message.objects.filter(
        conversation__group=group,
        conversation__kind=ConversationKind.ANNOUNCEMENTS,
        sequence__isnull=False,
        status=MessageStatus.PUBLISHED,
    )
    return list(rows.order_by("-sequence")[:limit])


def announcements_place(group: Group) -> Conversation:
    return Conversation.objects.select_related("group").get(group=group, kind=ConversationKind.ANNOUNCEMENTS)


def messages_shown(conversation_id: str | OuterRef) -> QuerySet[Message]:
    """What stands in a conversation, by its place; the index of the keyset holds exactly these."""
    return Message.objects.filter(conversation_id=conversation_id, sequence__isnull=False, status__in=SHOWN)


def page_of_messages(
    conversation: Conversation,
    actor: Actor,
    *,
    before: int | None = None,
    after: int | None = None,
    limit: int = PAGE,
    circle: Circle | None = None,
) -> Page:
    """The newest page, the one before a place, or the one after it. One statement more tells whether there is more."""
    limit = max(1, min(limit, PAGE_LIMIT))
    others = set(circle.members) if circle else None
    rows = messages_shown(conversation.pk)
    hidden = hidden_authors(actor, conversation.group_id, others)
    if hidden:
        rows = rows.exclude(author_id__in=hidden)
    if after is not None:
        found = list(rows.filter(sequence__gt=after).order_by("sequence")[:limit])
        return Page(found, None, found[-1].sequence if found else after)
    if before is not None:
        rows = rows.filter(sequence__lt=before)
    found = list(rows.order_by("-sequence")[: limit + 1])
    more = len(found) > limit
    found = found[:limit][::-1]
    last = before - 1 if before is not None else found[-1].sequence if found else 0
    return Page(found, found[0].sequence if more else None, last)


def own_strip(conversation: Conversation, actor: Actor) -> list[Message]:
    """One's own messages that are not in the conversation, and removed ones whose words are still one's own."""
    rows = Message.objects.filter(
        author_id=actor.person_id,
        conversation=conversation,
        status__in=(*OWN_STRIP, MessageStatus.REMOVED),
    )
    return [row for row in rows.order_by("written_at") if row.text]


def reading_for(group_id: str, now: datetime | None = None) -> Reading:
    return next_reading(group_id, now or timezone.now())


# --- what staff see at their desk -------------------------------------------------------------------


def groups_accompanied(actor: Actor) -> list[Group]:
    """Groups this actor accompanies, closed ones last."""
    rows = Group.objects.filter(pk__in=facilitated_ids(actor))
    return sorted(rows, key=lambda group: (group.closed_at is not None, group.name.casefold()))


def all_groups(actor: Actor) -> list[Group]:
    """For the coordinator: every group with who accompanies it. No message, no member."""
    if Role.COORDINATOR not in actor.roles:
        return []
    rows = Group.objects.prefetch_related("facilitations__person__organisation")
    return sorted(rows, key=lambda group: (group.closed_at is not None, group.name.casefold()))


def present_team(group: Group) -> list[Facilitation]:
    rows = group.facilitations.filter(withdrawn_at__isnull=True).select_related("person__organisation")
    return list(rows.order_by("appointed_at"))


def team_ids(group_id: str) -> set[str]:
    """The persons who accompany this group now."""
    rows = Facilitation.objects.filter(group_id=group_id, withdrawn_at__isnull=True)
    return set(rows.values_list("person_id", flat=True))


def facilitators_to_appoint(group: Group, by: Actor) -> list[Person]:
    there = {one.person_id for one in present_team(group)} | {by.person_id}  # nobody appoints herself
    people = [one for one in staff_with(Role.FACILITATOR) if one.pk not in there]
    return sorted(people, key=lambda person: person.name.casefold())


def hours_as_typed(group: Group) -> dict[str, str]:
    """The hours in which the team reads, as the form takes them: a line a day."""
    lines: dict[str, list[str]] = {}
    for weekday, opens, closes in hours_of(group.pk):
        lines.setdefault(f"day_{weekday}", []).append(f"{opens:%H:%M}-{closes:%H:%M}")
    return {day: ", ".join(spans) for day, spans in lines.items()}


def waiting_at_the_door(actor: Actor) -> int:
    """How many wait to be let in to the groups this actor accompanies."""
    rows = Membership.objects.filter(group_id__in=facilitated_ids(actor), group__closed_at__isnull=True)
    return rows.filter(status=MembershipStatus.APPLIED).count()


def members_of(group: Group, status: MembershipStatus) -> list[Membership]:
    rows = Membership.objects.filter(group=group, status=status)
    return sorted(rows, key=lambda row: row.pseudonym.casefold())


def ways_in_to_confirm(actor: Actor, group: Group, members: list[Membership]) -> list[tuple[HandedOut, str]]:
    """New ways in that a colleague handed out in this group, each with the name of the member here."""
    names = {row.person_id: row.pseudonym for row in members}
    ways = new_ways_in_to_confirm(but_by=actor.person_id, group_id=group.pk)
    return [(way, names[way.person_id]) for way in ways if way.person_id in names]


def invitations_of(group: Group, now: datetime | None = None) -> list[Invitation]:
    """Those that can still be used, newest first."""
    rows = Invitation.objects.filter(
        group=group, used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now or timezone.now()
    )
    return list(rows.order_by("-issued_at")[:100])


def used_for_names(group: Group) -> dict[str, str]:
    """Who an invitation was meant for, by the person who used it: how a facilitator knows who is at the door."""
    rows = Invitation.objects.filter(group=group, used_by__isnull=False)
    return {row.used_by_id: row.for_name for row in rows}


def is_member_of_conversation(person_id: str, conversation_id: str) -> bool:
    """Whether this person is a present member of the conversation's open group."""
    return Membership.objects.filter(
        person_id=person_id,
        status=MembershipStatus.ADMITTED,
        group__closed_at__isnull=True,
        group__conversations=conversation_id,
    ).exists()


def conversation_is_of_use(person_id: str, conversation_id: str) -> bool:
    """Whether this person reads the conversation now: asked before a notice goes out, and for a text that was lost."""
    if is_member_of_conversation(person_id, conversation_id):
        return True
    rows = Facilitation.objects.filter(
        person_id=person_id, withdrawn_at__isnull=True, group__conversations=conversation_id
    )
    return rows.exists()


def group_is_of_use(person_id: str, group_id: str) -> bool:
    """The same for a notice about a group: for who is in it, or accompanies it."""
    members = Membership.objects.filter(
        person_id=person_id, group_id=group_id, status__in=PRESENT, group__closed_at__isnull=True
    )
    return members.exists() or person_id in team_ids(group_id)
