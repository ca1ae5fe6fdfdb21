"""The name a parent chooses in a group: tidied, and compared without case so that nobody passes for another.

It stands beside words that were read first, and is itself read by nobody: so it holds nothing that could expose someone
or lead away, and does not change as often as somebody would write.
"""

import unicodedata

from groups.models import Membership
from groups.vocabulary import PSEUDONYM_LIMIT
from moderation.screening import screen
from moderation.vocabulary import FindingKind
from people.own_words import one_line
from people.policy import Refused
from people.vocabulary import Reason
from vault.purpose import keyed_hash

# A word list is no judge of what somebody is called; a number is.
TELLS = frozenset(
    {FindingKind.PHONE_NUMBER, FindingKind.EMAIL_ADDRESS, FindingKind.STREET_ADDRESS, FindingKind.WEB_LINK}
)


def tidy_name(name: str) -> str:
    """One line without invisible marks. Refuses an empty name, a long one, and one that is a number or an address."""
    shown = one_line(name)
    if not shown:
        raise Refused(Reason.EMPTY)
    if len(shown) > PSEUDONYM_LIMIT:
        raise Refused(Reason.TOO_LONG)
    if any(found.kind in TELLS for found in screen(shown).findings):
        raise Refused(Reason.NAME_TELLS)
    return shown


def folded_name(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def name_key(group_id: str, name: str) -> str:
    return keyed_hash("groups.pseudonym", group_id, folded_name(name))


def is_free(group_id: str, key: str, *, except_for: str) -> bool:
    return not Membership.objects.filter(group_id=group_id, pseudonym_key=key).exclude(pk=except_for).exists()
