"""Word that goes out because of something in a group: rows of outreach, written in the transaction that caused them.

Nothing here says what was written, in which group or by whom; outreach decides whether, when and how it goes.
"""

from collections.abc import Iterable
from datetime import datetime

from outreach.actions import reach, reach_many
from outreach.vocabulary import Purpose

from . import queries
from .models import Conversation, Membership, Message


def new_in_conversation(
    conversation: Conversation, *, person_ids: Iterable[str], by_id: str, announced: bool, now: datetime
) -> None:
    """Something new stands in the conversation, for these members."""
    reach_many(
        person_ids=list(person_ids),
        purpose=Purpose.ANNOUNCEMENT if announced else Purpose.NEW_IN_SPACE,
        by_id=by_id,
        subject="groups.conversation",
        subject_id=conversation.pk,
        now=now,
    )


def decided(message: Message, *, by_id: str, now: datetime) -> None:
    """Someone decided about this message; its author hears that there is news."""
    if message.author_id and not message.by_staff:
        reach(
            person_id=message.author_id,
            purpose=Purpose.DECISION,
            by_id=by_id,
            subject="groups.conversation",
            subject_id=message.conversation_id,
            now=now,
        )


def admitted(membership: Membership, *, by_id: str, now: datetime) -> None:
    reach(
        person_id=membership.person_id,
        purpose=Purpose.ADMITTED,
        by_id=by_id,
        subject="groups.group",
        subject_id=membership.group_id,
        now=now,
    )


def access_ended(membership: Membership, *, by_id: str, now: datetime) -> None:
    """The team let someone go: this person hears that something changed, not what or where."""
    reach(
        person_id=membership.person_id,
        purpose=Purpose.ACCESS_CHANGED,
        by_id=by_id,
        subject="groups.access",
        subject_id=membership.pk,
        now=now,
    )


def team_task(group_id: str, *, now: datetime) -> None:
    """Something waits for the facilitators of this group."""
    reach_many(
        person_ids=sorted(queries.team_ids(group_id)),
        purpose=Purpose.TEAM_TASK,
        by_id="",
        subject="groups.group",
        subject_id=group_id,
        now=now,
    )
