"""Conversations opened, and announcements by the team."""

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

from .messages import post_message


@transaction.atomic
def start_conversation(
    *, group: Group, subject: str, by: Actor, language: str = "", now: datetime | None = None
) -> Conversation:
    """A new conversation in the group. Only facilitators open one; parents write in it."""
    rules.start_conversation.require(by, group)
    now = now or timezone.now()
    subject = " ".join(subject.split())
    if not subject:
        raise Refused(Reason.EMPTY)
    if len(subject) > SUBJECT_LIMIT:
        raise Refused(Reason.TOO_LONG)
    conversation = Conversation.objects.create(
        group=group,
        subject=subject,
        language=language or group.language,
        opened_at=now,
        opened_by_id=by.person_id,
    )
    record(
        "groups.conversation.started",
        by_id=by.person_id,
        subject="groups.conversation",
        subject_id=conversation.pk,
        now=now,
        group=group.pk,
    )
    return conversation


def announce(
    *, group: Group, text: str, key: str, by: Actor, language: str = "", now: datetime | None = None
) -> Message:
    """Something all members should know, from the team. The same form sent twice is one announcement."""
    rules.announce.require(by, group)
    place = Conversation.objects.select_related("group").get(group=group, kind=ConversationKind.ANNOUNCEMENTS)
    return post_message(
        conversation=place, text=text, key=key, by=by, language=language, kind=MessageKind.ANNOUNCEMENT, now=now
    )
