"""Who hears of an announcement: before it is posted as the wishes have it, afterwards as it was done."""

from dataclasses import dataclass

from django.utils import timezone

from outreach.foreseeing import Foreseen, When
from outreach.queries import became, preview
from outreach.vocabulary import Purpose
from people.actor import Actor
from people.keep_apart import marked_among

from .models import Conversation, Group
from .queries import members_of
from .vocabulary import ConversationKind, MembershipStatus


@dataclass(frozen=True)
class Hears:
    """A part of a group by when an announcement rings for it, and each person of it with the reason."""

    label: str
    people: list[tuple[str, Foreseen]]


def who_will_hear(actor: Actor, group: Group) -> list[Hears]:
    """Whom a sign of an announcement would reach now, later, or not, and why: for who accompanies the group."""
    names = _called(group)
    apart = marked_among(actor.person_id, names)
    return _heard(names, preview(set(names) - apart, Purpose.ANNOUNCEMENT, actor.person_id, timezone.now()))


def who_heard(group: Group) -> list[Hears]:
    """What was done with the last announcement."""
    names = _called(group)
    place = Conversation.objects.get(group=group, kind=ConversationKind.ANNOUNCEMENTS)
    return _heard(names, became(names, Purpose.ANNOUNCEMENT, "groups.conversation", place.pk, timezone.now()))


def _called(group: Group) -> dict[str, str]:
    return {row.person_id: row.pseudonym for row in members_of(group, MembershipStatus.ADMITTED)}


def _heard(names: dict[str, str], found: list[Foreseen]) -> list[Hears]:
    parts = [(when.label, [(names[one.person_id], one) for one in found if one.when == when]) for when in When]
    return [Hears(str(label), sorted(people, key=lambda pair: pair[0].casefold())) for label, people in parts if people]
