"""Which sendings about groups a member of staff may know of: asked by outreach for the page of one parent.

Being in another group is nobody's business who does not accompany that group.
"""

from collections.abc import Collection

from people.actor import Actor

from .models import Conversation
from .policies.relations import facilitated_ids


def conversations(actor: Actor, conversation_ids: Collection[str]) -> set[str]:
    """Those of the groups that this actor accompanies."""
    rows = Conversation.objects.filter(pk__in=list(conversation_ids), group__in=facilitated_ids(actor))
    return set(rows.values_list("pk", flat=True))


def groups(actor: Actor, group_ids: Collection[str]) -> set[str]:
    """Those that this actor accompanies."""
    return set(facilitated_ids(actor)) & set(group_ids)
