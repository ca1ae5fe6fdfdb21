"""The word lists, one file a language, read at first use: `kind = ["phrase", "begin*"]`.

A missing or broken list stops the start by a system check; it never stops a message.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from .folding import Folded, fold_entry

FOLDER = Path(__file__).parent / "lexicons"
KINDS = ("danger_self", "danger_others", "departure", "violence_home", "child_at_risk")
_WORD = re.compile(r"\w+")
# 'And' and 'so' are written onto the next word in Arabic.
_JOINED_ON = ("و", "ف")
SHORTEST_JOINED = 2
# Beginnings are looked up by their first letters; no open entry of one word may be shorter.
HEAD = 4
TAIL = 4


class Lexicon:
    """The phrases of all kinds and languages, found in one pass over the words of a text."""

    def __init__(self, entries: Iterable[tuple[str, str]]):
        self.by_first_word: dict[str, dict[str, list[tuple[str, bool, str]]]] = {}
        self.by_head: dict[str, list[tuple[str, str]]] = {}
        self.spelled: dict[str, list[tuple[str, str]]] = {}
        for kind, entry in entries:
            phrase, is_open = fold_entry(entry.removesuffix("*")), entry.endswith("*")
            first = _WORD.match(phrase)
            if first is None:
                continue
            if is_open and first[0] == phrase:
                self.by_head.setdefault(phrase[:HEAD], []).append((phrase, kind))
            else:
                tails = self.by_first_word.setdefault(first[0], {})
                tails.setdefault(_tail(phrase, first.end()), []).append((phrase, is_open, kind))
            together = "".join(sign for sign in phrase if _is_letter(sign))
            if len(together) >= HEAD:
                self.spelled.setdefault(together[:HEAD], []).append((together, kind))

    def find(self, folded: Folded) -> dict[str, list[tuple[int, int]]]:
        """The spans of each kind in the folded text."""
        spans: dict[str, list[tuple[int, int]]] = {}
        text, firsts, heads = folded.words, self.by_first_word, self.by_head
        for word in _WORD.finditer(text):
            token, start = word[0], word.start()
            if token in firsts:
                self._phrases(text, token, start, spans)
            if token[:HEAD] in heads:
                self._begun(token, start, spans)
            if token[0] in _JOINED_ON and len(token) > SHORTEST_JOINED:
                self._phrases(text, token[1:], start + 1, spans)
                self._begun(token[1:], start + 1, spans)
        for letters, start, end in folded.spelled:
            for kind in self._spelled_out(letters):
                spans.setdefault(kind, []).append((start, end))
        return spans

    def _phrases(self, text: str, token: str, start: int, spans: dict) -> None:
        tails = self.by_first_word.get(token, {})
        for phrase, is_open, kind in (*tails.get(_tail(text, start + len(token)), ()), *tails.get("", ())):
            stop = start + len(phrase)
            if not text.startswith(phrase, start):
                continue
            if is_open:
                stop = _end_of_word(text, stop)
            elif stop < len(text) and _is_letter(text[stop]):
                continue
            spans.setdefault(kind, []).append((start, stop))

    def _begun(self, token: str, start: int, spans: dict) -> None:
        for beginning, kind in self.by_head.get(token[:HEAD], ()):
            if token.startswith(beginning):
                spans.setdefault(kind, []).append((start, start + len(token)))

    def _spelled_out(self, letters: str) -> set[str]:
        kinds = set()
        for here in range(len(letters) - HEAD + 1):
            for phrase, kind in self.spelled.get(letters[here : here + HEAD], ()):
                if letters.startswith(phrase, here):
                    kinds.add(kind)
        return kinds


def _tail(text: str, end: int) -> str:
    """The signs after a first word by which phrases are told apart; nothing where there are too few."""
    tail = text[end : end + TAIL]
    return tail if len(tail) == TAIL else ""


def _is_letter(sign: str) -> bool:
    return sign == "_" or sign.isalnum()


def _end_of_word(text: str, stop: int) -> int:
    rest = _WORD.match(text, stop)
    return rest.end() if rest else stop


def read(language: str) -> dict[str, list[str]]:
    with (FOLDER / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def lexicon() -> Lexicon:
    """All phrases of every language that has a list."""
    lists = [read(file.stem) for file in sorted(FOLDER.glob("*.toml"))]
    return Lexicon((kind, entry) for one in lists for kind in KINDS for entry in one.get(kind, []))


def spans_of(kind: str, folded: Folded) -> list[tuple[int, int]]:
    """Where a text has phrases of this kind; the five kinds are looked up together, once a text."""
    if "lexicon" not in folded.found:
        folded.found["lexicon"] = lexicon().find(folded)
    return folded.found["lexicon"].get(kind, [])


def what_is_wrong_with(language: str) -> list[str]:
    """Sentences about a missing or broken list; none when it is complete."""
    try:
        lists = read(language)
    except FileNotFoundError:
        return ["there is no word list for this language of the site."]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [f"it cannot be read: {error}"]
    wrong = [f"the list {kind!r} is missing or empty." for kind in KINDS if not lists.get(kind)]
    wrong += [
        f"{entry!r} is too short to stand for every ending."
        for entries in lists.values()
        for entry in entries
        if entry.endswith("*") and " " not in entry and len(fold_entry(entry[:-1])) < HEAD
    ]
    wrong += [f"there is no kind {kind!r}." for kind in lists if kind not in KINDS]
    return wrong
