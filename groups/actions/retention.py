"""What the house keeps only so long. Run by the worker; says how many rows went, never which."""

from datetime import datetime

from django.db import transaction

from audit.record import record
from groups.models import Draft, Group, Invitation, Message
from groups.vocabulary import (
    CLOSED_KEPT,
    DRAFT_KEPT,
    INVITATION_KEPT,
    MESSAGE_KEPT,
    OWN_STRIP,
    UNSENT_KEPT,
    MessageStatus,
)

BATCH = 500


def forget_old(now: datetime) -> dict[str, int]:
    """Drafts after 7 days, invitations 30 days after they ended, messages after a year, unsent ones after 90 days,
    a group with all that is left in it a year after it closed.
    """
    gone = {
        "drafts": _forget(Draft.objects.filter(changed_at__lt=now - DRAFT_KEPT)),
        "invitations": _forget(Invitation.objects.filter(expires_at__lt=now - INVITATION_KEPT)),
        "messages": _forget(Message.objects.filter(published_at__lt=now - MESSAGE_KEPT)),
        "unsent": _forget(
            Message.objects.filter(
                status__in=(*OWN_STRIP[1:], MessageStatus.WITHDRAWN), written_at__lt=now - UNSENT_KEPT
            )
        ),
        "removed_texts": _empty_removed(now),
        "groups": _forget(Group.objects.filter(closed_at__lt=now - CLOSED_KEPT)),
    }
    if any(gone.values()):
        record("groups.old.forgotten", now=now, **gone)
    return gone


def _forget(rows) -> int:
    """In batches, so that no writer waits long."""
    total = 0
    while True:
        with transaction.atomic():
            keys = list(rows.values_list("pk", flat=True)[:BATCH])
            rows.model.objects.filter(pk__in=keys).delete()
        total += len(keys)
        if len(keys) < BATCH:
            return total


def _empty_removed(now: datetime) -> int:
    """The words of a message that was taken away stay its author's for a while, then only the mark stands."""
    old = Message.objects.filter(status=MessageStatus.REMOVED, decided_at__lt=now - UNSENT_KEPT).exclude(text="")
    return old.update(text="", reason="")
