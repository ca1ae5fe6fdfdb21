"""The name a parent chooses in a group: tidied, and compared by what it looks like, so that nobody passes for another
parent, nor for one of the team.

It stands beside words that were read first, and is itself read by nobody: so it holds nothing that could expose someone
or lead away, and does not change as often as somebody would write.
"""

import re
import unicodedata
from functools import cache

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
_NO_WORD = re.compile(r"[\W_]+")
# A word list is no judge of what somebody is called; a number is.
TELLS = frozenset(
    {
        *(FindingKind.PHONE_NUMBER, FindingKind.EMAIL_ADDRESS, FindingKind.STREET_ADDRESS),
        *(FindingKind.IDENTIFIER, FindingKind.PROFILE, FindingKind.WEB_LINK),
    }
)
_ALPHABETS = (
    "LATIN ARABIC CYRILLIC GREEK HEBREW ARMENIAN GEORGIAN TIFINAGH ETHIOPIC SYRIAC DEVANAGARI BENGALI GURMUKHI GUJARATI"
    " TAMIL TELUGU MALAYALAM SINHALA THAI KHMER MYANMAR TIBETAN CJK HIRAGANA KATAKANA HANGUL"
)
# What the team is called on these pages, as it looks: whole words, and parts that words are made with.
_WORDS = (
    "team staff admin ekip équipe teamlid teamleden ekibi ekibimiz فريق الفريق مشرف المشرف مشرفة المشرفة المشرفون منسق"
    " المنسق منسقة المنسقة مرافق المرافق مرافقة المرافقة المرافقون مدير المدير مديرة المديرة إدارة الإدارة"
)
_PARTS = "begeleid facilitat moderat coordinat koordinat accompagnat beheerder administrat danışman yönetici"


def tidy_name(name: str) -> str:
    """One line without invisible marks. Refuses an empty name, a long one, and one that is a number or an address."""
    shown = one_line(name)
    if not shown:
        raise Refused(Reason.EMPTY)
    if len(shown) > PSEUDONYM_LIMIT:
        raise Refused(Reason.TOO_LONG)
    if any(found.kind in TELLS for found in screen(shown).findings):
        raise Refused(Reason.NAME_TELLS)
    if _speaks_for_the_team(shown):
        raise Refused(Reason.NAME_TAKEN)
    if _mixes_alphabets(shown):
        raise Refused(Reason.NAME_MIXED)
    return shown


def _mixes_alphabets(name: str) -> bool:
    """A word with letters of two alphabets, or of one in which nobody here is called something, is made to look like
    another name.
    """
    for word in _NO_WORD.split(unicodedata.normalize("NFKC", name)):
        alphabets = {unicodedata.name(sign, "").partition(" ")[0] for sign in word if sign.isalpha()}
        if len(alphabets) > 1 or not alphabets <= set(_ALPHABETS.split()):
            return True
    return False


def folded_name(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def name_key(group_id: str, name: str) -> str:
    return keyed_hash("groups.pseudonym", group_id, folded_name(name))


def look_of(name: str) -> str:
    """What a name looks like to who reads it quickly: without marks, dashes and stretched letters, in one alphabet."""
    return passphrases.normalised(name.replace("@", " ")).translate(_LOOKS_LIKE)


@cache
def _of_the_team() -> tuple[frozenset[str], tuple[str, ...]]:
    return frozenset(map(look_of, _WORDS.split())), tuple(map(look_of, _PARTS.split()))


def _speaks_for_the_team(name: str) -> bool:
    """A name like 'Sofie (facilitator)' would make of any word of hers one of the team."""
    called, parts = _of_the_team()
    words = _words(name)
    if all(len(word) == 1 for word in words):
        words = ["".join(words)]  # spelled out
    return any(word in called or any(part in word for part in parts) for word in words)


def _words(name: str) -> list[str]:
    return list(filter(None, _NO_WORD.split(look_of(name))))


def _holds(name: str, other: str) -> bool:
    """Whether the other name stands in this one, whole."""
    return f"-{'-'.join(_words(other))}-" in f"-{'-'.join(_words(name))}-"


def is_free(group_id: str, name: str, *, except_for: str) -> bool:
    """No other member has, or had, a name that looks like it; and nobody of the team is called so, or a part of it."""
    rows = Membership.objects.filter(group_id=group_id, pseudonym_key__isnull=False).exclude(pk=except_for)
    team = dict(Facilitation.objects.filter(group_id=group_id).values_list("person_id", "person__name"))
    if look_of(name) in {look_of(one) for one in rows.values_list("pseudonym", flat=True)}:
        return False
    called = filter(None, (*team.values(), *names_of_staff(team).values()))
    return not any(look_of(one) == look_of(name) or (_words(one) and _holds(name, one)) for one in called)
