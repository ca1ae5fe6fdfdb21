"""What an open page without a socket must take away: places whose words its reader does not meet any more."""

from dataclasses import dataclass

from django.db.models import Q

from people.actor import Actor

from .models import Conversation, Message
from .policies.messages import hidden_since
from .queries import Circle, Shown, shown
from .vocabulary import PAGE_LIMIT, MessageStatus


@dataclass(frozen=True)
class Gone:
    """The place of a message, and nothing of it."""

    id: str
    seq: int
    is_gone: bool = True


def gone_between(conversation: Conversation, actor: Actor, first: int, last: int, circle: Circle) -> list[Shown | Gone]:
    """Of the places that an open page shows, those where this reader does not meet the words any more.

    Of someone kept apart only what stood there before: the place of anything later would tell that she wrote. Nor the
    places that someone left without a mark who was kept apart and is erased: nobody knows any more from whom.
    """
    hidden = hidden_since(actor, conversation.group_id, set(circle.members))
    without_a_mark = Q(author_id__isnull=True, status=MessageStatus.WITHDRAWN)
    gone = ~Q(status=MessageStatus.PUBLISHED) & ~Q(author_id__in=hidden) & ~without_a_mark
    for author_id, since in hidden.items():
        gone |= Q(author_id=author_id, published_at__lte=since)
    rows = Message.objects.filter(gone, conversation=conversation, sequence__range=(first, last)).order_by("sequence")
    return [Gone(one.pk, one.sequence) if one.author_id in hidden else shown(one, circle) for one in rows[:PAGE_LIMIT]]
