"""Conversations opened, closed and opened again, and announcements by the team."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.record import record
from groups.models import Conversation, Group, Message
from groups.policies import messages as rules
from groups.vocabulary import SUBJECT_LIMIT, ConversationKind, MessageKind
from people.actor import Actor
from people.policy import Refused
from people.vocabulary import Reason
from vault.purpose import id_of_form

from .messages import post_message


@transaction.atomic
def start_conversation(
    *, group: Group, subject: str, by: Actor, language: str = "", key: str = "", now: datetime | None = None
) -> Conversation:
    """A new conversation in the group. Only facilitators open one; parents write in it. The same form sent twice is one
    conversation.
    """
    rules.start_conversation.require(by, group)
    now = now or timezone.now()
    subject = " ".join(subject.split())
    if not subject:
        raise Refused(Reason.EMPTY)
    if len(subject) > SUBJECT_LIMIT:
        raise Refused(Reason.TOO_LONG)
    conversation, is_new = Conversation.objects.get_or_create(
        pk=id_of_form("groups.conversation.form", key, by.person_id, group.pk, subject),
        defaults={
            "group": group,
            "subject": subject,
            "language": language or group.language,
            "opened_at": now,
            "opened_by_id": by.person_id,
        },
    )
    if not is_new:
        return conversation
    record("groups.conversation.started", **_about(conversation, by), now=now)
    return conversation


@transaction.atomic
def close_conversation(*, conversation: Conversation, by: Actor, now: datetime | None = None) -> None:
    """Everyone can read on; what waits to be read is still decided. Done already: nothing happens."""
    row = _locked(conversation)
    rules.close_conversation.require(by, row)
    if row.closed_at is None:
        row.closed_at, row.closed_by_id = now or timezone.now(), by.person_id
        row.save(update_fields=["closed_at", "closed_by_id"])
        record("groups.conversation.closed", **_about(row, by), now=now)


@transaction.atomic
def reopen_conversation(*, conversation: Conversation, by: Actor, now: datetime | None = None) -> None:
    row = _locked(conversation)
    rules.close_conversation.require(by, row)
    if row.closed_at is not None:
        row.closed_at, row.closed_by_id = None, ""
        row.save(update_fields=["closed_at", "closed_by_id"])
        record("groups.conversation.reopened", **_about(row, by), now=now)


def _locked(conversation: Conversation) -> Conversation:
    """Whoever writes holds this lock too: a message is there before the end, or refused after it."""
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("group")
    return rows.get(pk=conversation.pk)


def _about(row: Conversation, by: Actor) -> dict[str, str]:
    """Who did something to which conversation, as the record keeps it."""
    return {
        "by_id": by.person_id,
        "subject": "groups.conversation",
        "subject_id": row.pk,
        "group": row.group_id,
    }


def announce(
    *, group: Group, text: str, key: str, by: Actor, language: str = "", now: datetime | None = None
) -> Message:
    """Something all members should know, from the team. The same form sent twice is one announcement."""
    rules.announce.require(by, group)
    place = Conversation.objects.select_related("group").get(group=group, kind=ConversationKind.ANNOUNCEMENTS)
    return post_message(
        conversation=place, text=text, key=key, by=by, language=language, kind=MessageKind.ANNOUNCEMENT, now=now
    )
