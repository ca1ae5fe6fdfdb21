"""Words for cards: sign-in names of three plain words, and passphrases that a parent may take over.

The lists hold kind, concrete words without accents, so that every phone can type them; what is typed is folded
before it is compared. Words come from the system's random source, never from what people choose.
"""

import re
import secrets
import unicodedata
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words"
DEFAULT = "nl"
SHORTEST_PASSPHRASE = 15

_DASHES = re.compile(r"[\s_\-\u2010-\u2015\u2212\u0640.,،]+")
# Spellings of one Arabic letter, and the Turkish letter without a dot: typed either way, meant as one.
_SAME_LETTER = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ı": "i"})


@cache
def words(language: str) -> tuple[str, ...]:
    file = WORDS / f"{language}.txt"
    if not file.is_file():
        file = WORDS / f"{DEFAULT}.txt"
    return tuple(file.read_text(encoding="utf-8").split())


def _some(language: str, count: int) -> list[str]:
    """Different words, drawn with the system's random source."""
    chosen: list[str] = []
    while len(chosen) < count:
        word = secrets.choice(words(language))
        if word not in chosen:
            chosen.append(word)
    return chosen


def three_words(language: str) -> str:
    """A sign-in name, to be tried until it is free."""
    return normalised("-".join(_some(language, 3)))


def suggest(language: str) -> str:
    """A passphrase: four words and a number, over forty bits and never under the shortest allowed."""
    while True:
        phrase = "-".join([*_some(language, 4), str(secrets.randbelow(90) + 10)])
        if len(phrase) >= SHORTEST_PASSPHRASE:
            return phrase


def normalised(name: str) -> str:
    """One spelling for a sign-in name however it was typed: capitals, accents, spaces for dashes, Arabic variants.

    An address keeps its signs; only case and the space around it are taken away.
    """
    name = unicodedata.normalize("NFKC", name or "").strip()
    if "@" in name:
        return name.casefold()
    folded = unicodedata.normalize("NFKD", name.translate(_SAME_LETTER).casefold())
    bare = "".join(sign for sign in folded if unicodedata.category(sign) not in {"Mn", "Cf", "Cc"} or sign.isspace())
    return _DASHES.sub("-", unicodedata.normalize("NFKC", bare).translate(_SAME_LETTER)).strip("-")
