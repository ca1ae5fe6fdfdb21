"""Brings a text into one plain form, so that a word is found however it was typed; remembers where each sign came from.

Compatibility forms, case, accents, vowel signs, hamza and taa marbuta, dotted and dotless i, digits of every script, in
rings, on keys and in Braille, signs without width and the usual stand-ins (0 for o, @ for a) all become the plain Latin
or Arabic letter.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

# What decomposition does not bring together.
ALIKE = str.maketrans(
    {
        **{"ى": "ي", "ی": "ي", "ة": "ه", "ٱ": "ا", "ک": "ك", "گ": "ك", "ء": "", "ـ": ""},
        **{"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss"},
        # Cyrillic and Greek letters that look Latin.
        **dict(zip("асеорхуіјѕ", "aceopxyijs", strict=True)),
        **dict(zip("αεικνορτυχ", "aeiknoptux", strict=True)),
        **dict.fromkeys("’‘ʼ`´ʹ＇‛", "'"),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("*_~", ""),
        **dict.fromkeys("\u1160\u115f\u2800", " "),  # fillers, and the empty cell of Braille
        **dict.fromkeys("\U0001f10b\U0001f10c", "0"),  # in a ring, and of no script
        **dict(zip("⠚⠁⠃⠉⠙⠑⠋⠛⠓⠊", "0123456789", strict=True)),
    }
)
STAND_INS = str.maketrans("013457@$", "oieastas")
_STAND_IN = re.compile(r"(?<=[^\W\d_])[01345@$]|[01345@$](?=[^\W\d_])")
_HYPHEN = str.maketrans("-", " ")
# A word spelled out with gaps: at least four single letters with one sign between each.
_SPELLED = re.compile(r"(?<!\w)(?:[^\W\d_][ .\-]){3,200}[^\W\d_](?!\w)")


LONGEST_FOLD = 4
_FIGURES = frozenset(range(10))


def _fold_sign(sign: str) -> str:
    """One sign in its plain form; nothing for marks and signs without width, a space for every gap."""
    category = unicodedata.category(sign)
    if category == "Cf":
        return ""
    if category[0] == "Z" or sign in "\t\n\r\v\f":
        return " "
    folded = []
    for part in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", sign).casefold()):
        if unicodedata.category(part) in ("Mn", "Me", "Cf"):
            continue
        value = unicodedata.numeric(part, None)  # of signs as well that are a word for it, as in Chinese
        folded.append(str(int(value)) if value in _FIGURES else part)
    plain = "".join(folded).translate(ALIKE)
    return plain if len(plain) <= LONGEST_FOLD else " "  # a whole blessing in one sign is a gap between words


class _Table(dict):
    """Each sign is folded once and remembered; there are not more than Unicode has."""

    def __missing__(self, sign: str) -> str:
        self[sign] = _fold_sign(sign)
        return self[sign]


_TABLE = _Table()


@dataclass(frozen=True)
class Folded:
    """A folded text. `places[i]` is where sign i stood in the text as it was written; `length` is that text's.

    `found` is for what several rules look up together.
    """

    plain: str
    places: Sequence[int]
    length: int
    found: dict = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def words(self) -> str:
        """For word lists: hyphens are gaps, stand-ins are letters. The same length as `plain`."""
        return _STAND_IN.sub(lambda found: found[0].translate(STAND_INS), self.plain).translate(_HYPHEN)

    @cached_property
    def spelled(self) -> list[tuple[str, int, int]]:
        """Words that were spelled out with gaps, written together, and where each began and ended."""
        found = []
        for match in _SPELLED.finditer(self.plain):
            letters = "".join(sign for sign in match[0] if sign not in " .-")
            found.append((letters, match.start(), match.end()))
        return found

    def original(self, start: int, end: int) -> tuple[int, int]:
        """A span of the folded text as a span of the text as it was written."""
        last = self.places[end - 1] + 1
        return self.places[start], min(last, self.length)


def fold(text: str) -> Folded:
    parts = [_TABLE[sign] for sign in text]
    plain = "".join(parts)
    places: Sequence[int] = range(len(text))
    if len(plain) != len(text) or "" in parts:
        places = [place for place, part in enumerate(parts) for _ in part]
    if plain.startswith(" ") or "  " in plain:
        kept = [here for here, sign in enumerate(plain) if sign != " " or (here and plain[here - 1] != " ")]
        plain, places = "".join([plain[here] for here in kept]), [places[here] for here in kept]
    return Folded(plain, places, len(text))


def fold_entry(entry: str) -> str:
    """An entry of a word list in the form in which texts are compared with it."""
    return fold(entry).words.strip()
