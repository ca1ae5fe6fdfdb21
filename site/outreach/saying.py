"""What a mail or a text message says: that there is something new, and to who wants that, what kind it is.

Never more. No name, no group, no subject and no word of a message can stand in it, as nothing here takes one.
"""

from collections.abc import Iterable

from django.utils.translation import pgettext_lazy as pl

from .planner import Needs
from .vocabulary import CLOSED_LIST, Kind, Purpose, kind_of

NEUTRAL = pl("notice.neutral", "There is something new for you.")
# What matters most comes first: a sending that tells several things says only one of them.
BY_KIND = {
    Kind.ANSWERS: pl("notice.answer", "There is an answer for you."),
    Kind.WORDS: pl("notice.words", "Someone would like to talk with you."),
    Kind.EVENTS: pl("notice.events", "We are thinking of you."),
    Kind.NEWS: pl("notice.news", "There is some news for you."),
}
NEVER_SAID = CLOSED_LIST | {Purpose.URGENT}


def kind_to_say(needs: Needs, purposes: Iterable[Purpose]) -> Kind | None:
    """The kind that a sending about all of this may say; None for who wants it discreet, as everybody does at first."""
    if needs.discreet:
        return None
    kinds = {kind_of(purpose) for purpose in purposes if purpose not in NEVER_SAID}
    return next((kind for kind in BY_KIND if kind in kinds), None)


def sentence(kind: Kind | None) -> str:
    """In the language of now."""
    return str(NEUTRAL if kind is None else BY_KIND[kind])
