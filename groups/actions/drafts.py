"""What someone typed and did not send, kept on the server: nothing typed is ever lost."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from groups import queries
from groups.models import Conversation, Draft, Message
from groups.policies import messages as rules
from groups.vocabulary import DRAFT_SECONDS, DRAFTS, TEXT_LIMIT
from people import limiter
from people.actor import Actor
from people.models import Account
from people.policy import Refused
from people.vocabulary import Reason


def save_draft(
    *, conversation: Conversation, text: str, by: Actor, key: str = "", now: datetime | None = None
) -> Draft | None:
    """Keeps the text as it stands; an empty one takes the draft away. Cut only far beyond what can be sent.

    `key` is that of the box it was typed in. A draft may overtake nothing: when the message of this key is there, the
    draft was on its way while it was sent, and would put sent words back into an empty box.
    """
    rules.keep_draft.require(by, conversation)
    granted = limiter.take("groups.draft", by.person_id, limit=DRAFTS, seconds=DRAFT_SECONDS).granted
    if not granted:
        raise Refused(Reason.TOO_MANY)
    with transaction.atomic():
        # Sending locks the same row: the draft comes wholly before it, and goes with it, or wholly after it.
        Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
        if key and Message.objects.filter(author_id=by.person_id, client_key=key).exists():
            return None
        return keep(conversation_id=conversation.pk, author_id=by.person_id, text=text, now=now)


def keep(*, conversation_id: str, author_id: str, text: str, now: datetime | None = None) -> Draft | None:
    """The writing itself, for actions that have asked their own policy."""
    if not text.strip():
        Draft.objects.filter(conversation_id=conversation_id, author_id=author_id).delete()
        return None
    draft, _ = Draft.objects.update_or_create(
        conversation_id=conversation_id,
        author_id=author_id,
        defaults={"text": text[: 4 * TEXT_LIMIT], "changed_at": now or timezone.now()},
    )
    return draft


def keep_lost_text(account: Account, what: str, text: str) -> bool:
    """Keeps what someone wrote while the session ended, after signing in again: as a draft, and only in a
    conversation that this account's person is a member of or accompanies. `what` is 'conversation:<id>'."""
    kind, _, conversation_id = what.partition(":")
    if kind != "conversation" or not queries.conversation_is_of_use(account.person_id, conversation_id):
        return False
    return keep(conversation_id=conversation_id, author_id=account.person_id, text=text) is not None
