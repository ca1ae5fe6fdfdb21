"""What a reader of the team decides about a message. Called through `groups.moderated`, never by a view."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.record import record
from groups import live, notices
from groups.models import Conversation, Message
from groups.policies import messages as rules
from groups.vocabulary import MessageStatus
from people.actor import Actor
from people.policy import Refused
from people.vocabulary import Reason

from .messages import give_place, locked_message, tell_published


@transaction.atomic
def publish_message(*, message: Message, by: Actor, now: datetime | None = None) -> Message:
    """The others may read it, from here on, at the place where they are now. Refuses in a closed group."""
    now = now or timezone.now()
    place = Conversation.objects.select_for_update(of=("self",)).select_related("group").get(pk=message.conversation_id)
    row = _decide(message, MessageStatus.PUBLISHED, by, now)
    if not place.group.is_open:
        raise Refused(Reason.GROUP_CLOSED)
    give_place(row, place, now=now)
    row.save()
    tell_published(row, place, now=now)
    return _told(row, "published", by, now)


@transaction.atomic
def return_message(*, message: Message, note: str, by: Actor, now: datetime | None = None) -> Message:
    """Back to its author, with a kind word."""
    if not note.strip():
        raise Refused(Reason.NEEDS_REASON)
    now = now or timezone.now()
    row = _decide(message, MessageStatus.RETURNED, by, now)
    row.note = note.strip()
    row.save(update_fields=["status", "decided_at", "decided_by_id", "note"])
    live.hint_own(row)
    return _told(row, "returned", by, now)


@transaction.atomic
def decline_message(
    *, message: Message, by: Actor, reason_key: str, words: str = "", now: datetime | None = None
) -> Message:
    """Not posted; the author reads why. The text stays the author's."""
    if not (reason_key or words.strip()):
        raise Refused(Reason.NEEDS_REASON)
    now = now or timezone.now()
    row = _decide(message, MessageStatus.DECLINED, by, now)
    row.reason_key, row.reason = reason_key, words.strip()
    row.save(update_fields=["status", "decided_at", "decided_by_id", "reason_key", "reason"])
    live.hint_own(row)
    return _told(row, "declined", by, now)


@transaction.atomic
def remove_message(
    *, message: Message, by: Actor, because: str, reason_key: str = "", now: datetime | None = None
) -> Message:
    """Takes a published message away: a mark stays, its author keeps the words and reads why."""
    if not because.strip():
        raise Refused(Reason.NEEDS_REASON)
    now = now or timezone.now()
    row = _decide(message, MessageStatus.REMOVED, by, now)
    row.reason_key, row.reason = reason_key, because.strip()
    row.save(update_fields=["status", "decided_at", "decided_by_id", "reason_key", "reason"])
    live.hint_changed(row.conversation_id, row.pk)
    live.hint_own(row)
    return _told(row, "removed", by, now, because=because)


def _decide(message: Message, to: MessageStatus, by: Actor, now: datetime) -> Message:
    row = locked_message(message.pk)
    rules.decide_message.require(by, row)
    row.move(to)
    row.decided_at, row.decided_by_id = now, by.person_id
    return row


def _told(row: Message, what: str, by: Actor, now: datetime, because: str = "") -> Message:
    notices.decided(row, by_id=by.person_id, now=now)
    record(
        f"groups.message.{what}",
        by_id=by.person_id,
        subject="groups.message",
        subject_id=row.pk,
        because=because,
        now=now,
        person=row.author_id or "",
    )
    return row
