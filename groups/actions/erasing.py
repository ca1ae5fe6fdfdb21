"""Lets go of someone who is being erased: leaves every group, and takes every word along.

Others' conversations keep their shape: where a message stood, a mark stays, without words and without an author. Not
where someone is whom she was kept apart from: the marks that hid her words go with her, and there a mark would tell.
"""

from datetime import datetime

from django.db.models import Q

from groups import live
from groups.models import Draft, Group, Invitation, Membership, Message
from groups.vocabulary import MessageStatus
from moderation.actions import reviews
from people import keep_apart

from .groups import end_access_on_commit, hold_conversations, locked


def forget_person(person_id: str, now: datetime) -> None:
    """Group after group in one order, each with the locks that leaving takes."""
    own = Message.objects.filter(author_id=person_id)
    hidden_from: dict[str, set[str]] = {}
    there = Q(memberships__person_id=person_id) | Q(conversations__messages__author_id=person_id)
    for group_id in _groups(there):
        locked(group_id)
        hidden_from[group_id] = keep_apart.marked_among(person_id, _people_of(group_id))
        reviews.settle_all_of(author_id=person_id, team_id=group_id, outcome="withdrawn", now=now)
        hold_conversations(group_id)
        end_access_on_commit(person_id, group_id)
    _take_words(own, hidden_from, now)
    Draft.objects.filter(author_id=person_id).delete()
    Membership.objects.filter(person_id=person_id).delete()
    Invitation.objects.filter(used_by_id=person_id).delete()


def _groups(there: Q) -> list[str]:
    return list(Group.objects.filter(there).order_by("pk").values_list("pk", flat=True).distinct())


def _people_of(group_id: str) -> list[str]:
    """Everyone who is or was in the group: who left reads again after coming back."""
    return list(Membership.objects.filter(group_id=group_id).values_list("person_id", flat=True))


def _take_words(own, hidden_from: dict[str, set[str]], now: datetime) -> None:
    """Whom she was kept apart from hears nothing of it: afterwards no row says any more whose words these were."""
    own.filter(sequence__isnull=True).delete()
    for message in own.select_for_update(of=("self",)).select_related("conversation").order_by("pk"):
        others = hidden_from[message.conversation.group_id]
        if others:
            # As if she had taken it back; what the team had taken away is in no table of moves that leads there.
            message.status = MessageStatus.WITHDRAWN
            message.decided_at, message.decided_by_id = now, ""
        elif message.status == MessageStatus.PUBLISHED:
            message.move(MessageStatus.REMOVED)
            message.decided_at, message.decided_by_id = now, ""
        message.author, message.text, message.note, message.reason = None, "", "", ""
        message.text_key = message.client_key = message.reason_key = ""
        message.save()
        live.hint_changed(message.conversation_id, message.pk, but=others)
