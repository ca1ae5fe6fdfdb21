"""The name a parent chooses in a group: tidied, and compared by what it looks like, so that nobody passes for another
parent, nor for one of the team.

It stands beside words that were read first, and is itself read by nobody: so it holds nothing that could expose someone
or lead away, and does not change as often as somebody would write.
"""

import unicodedata

from groups.models import Facilitation, Membership
from groups.vocabulary import PSEUDONYM_LIMIT
from moderation.screening import screen
from moderation.vocabulary import FindingKind
from people import passphrases
from people.own_words import one_line
from people.policy import Refused
from people.queries import names_of_staff
from people.vocabulary import Reason
from vault.purpose import keyed_hash

# Letters of other alphabets, and figures, that are read as a Latin one; of two, as the capital is read.
_LOOKS_LIKE = str.maketrans(
    "авекмнорстухіјѕһԁԛԝӏ" + "αβεζηικμνορτυχ" + "l1|0",
    "abekmhopctyxijshdqwi" + "abezhikmnoptyx" + "iiio",
)
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


def look_of(name: str) -> str:
    """What a name looks like to who reads it quickly: without marks, dashes and stretched letters, in one alphabet."""
    return passphrases.normalised(name.replace("@", " ")).translate(_LOOKS_LIKE)


def is_free(group_id: str, name: str, *, except_for: str) -> bool:
    """No other member has, or had, a name that looks like it; and nobody of the team is called so."""
    rows = Membership.objects.filter(group_id=group_id, pseudonym_key__isnull=False).exclude(pk=except_for)
    team = dict(Facilitation.objects.filter(group_id=group_id).values_list("person_id", "person__name"))
    taken = {*rows.values_list("pseudonym", flat=True), *team.values(), *names_of_staff(team).values()}
    return look_of(name) not in {look_of(one) for one in taken}
