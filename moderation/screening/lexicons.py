"""The word lists, one file a language, read at first use: `kind = ["phrase", "begin*", "(he|she) … (left|ran) off"]`.

A missing or broken list stops the start by a system check; it never stops a message.
"""

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache
from itertools import product
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
# People put words in between: 'my husband has *every night* been hitting me'. So many may stand there, in one sentence.
GAP = "…"
WORDS_IN_GAP = 5
LONGEST_GAP = 60
_SENTENCE_ENDS = re.compile(r"[.!?؟](?![.!?؟])")
_CHOICE = re.compile(r"\(([^()]*)\)")

NOTHING: dict = {}
Span = tuple[int, int]
# A phrase of an entry with gaps, and whether it is open; found like a phrase of a kind, and put together afterwards.
Part = tuple[str, bool]


class Lexicon:
    """The phrases of all kinds and languages, found in one pass over the words of a text."""

    def __init__(self, entries: Iterable[tuple[str, str]]):
        # First word, next signs, length, phrase: of many that begin alike only as many are tried as there are lengths.
        self.by_first_word: dict[str, dict[str, dict[int, dict[str, list[tuple[bool, str | Part]]]]]] = {}
        self.by_head: dict[str, list[tuple[str, str | Part]]] = {}
        self.spelled: dict[str, list[tuple[str, str]]] = {}
        self.chains: dict[Part, dict[tuple[tuple[Part, ...], str], None]] = {}
        parts: set[Part] = set()
        for kind, entry in entries:
            phrases = [_part(phrase) for phrase in entry.split(GAP)]
            if any(_WORD.match(phrase) is None for phrase, _ in phrases):
                continue
            if len(phrases) == 1:
                self._add(phrases[0], kind)
                self._add_spelled(phrases[0][0], kind)
                continue
            self.chains.setdefault(phrases[0], {})[(tuple(phrases[1:]), kind)] = None
            for part in set(phrases) - parts:
                self._add(part, part)
            parts.update(phrases)

    def _add(self, part: Part, kind: str | Part) -> None:
        phrase, is_open = part
        first = _WORD.match(phrase)
        if first is None:
            return
        if is_open and first[0] == phrase:
            self.by_head.setdefault(phrase[:HEAD], []).append((phrase, kind))
        else:
            tails = self.by_first_word.setdefault(first[0], {})
            phrases = tails.setdefault(_tail(phrase, first.end()), {}).setdefault(len(phrase), {})
            phrases.setdefault(phrase, []).append((is_open, kind))

    def _add_spelled(self, phrase: str, kind: str) -> None:
        together = "".join(sign for sign in phrase if _is_letter(sign))
        if len(together) >= HEAD:
            self.spelled.setdefault(together[:HEAD], []).append((together, kind))

    def find(self, folded: Folded) -> dict[str, list[Span]]:
        """The spans of each kind in the folded text."""
        spans: dict[str | Part, list[Span]] = {}
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
        found = {kind: where for kind, where in spans.items() if isinstance(kind, str)}
        parts = {part: sorted(where) for part, where in spans.items() if not isinstance(part, str)}
        for first, where in parts.items():
            for rest, kind in self.chains.get(first, ()):
                whole = _chained(text, where, [parts[part] for part in rest]) if all(map(parts.get, rest)) else []
                if whole:
                    found.setdefault(kind, []).extend(whole)
        return found

    def _phrases(self, text: str, token: str, start: int, spans: dict) -> None:
        tails = self.by_first_word.get(token, {})
        for tail in {_tail(text, start + len(token)), ""}:
            for length, phrases in tails.get(tail, NOTHING).items():
                for is_open, kind in phrases.get(text[start : start + length], ()):
                    stop = start + length
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


@cache
def _part(phrase: str) -> Part:
    phrase = phrase.strip()
    return fold_entry(phrase.removesuffix("*")), phrase.endswith("*")


def _chained(text: str, firsts: list[Span], rest: list[list[Span]]) -> list[Span]:
    """Where the parts follow each other closely; looked for from whichever of two is rarer, so that none costs more."""
    for nexts in rest:
        joined = []
        if len(firsts) <= len(nexts):
            for start, stop in firsts:
                here = bisect_left(nexts, (stop,))
                if here < len(nexts) and _is_near(text, stop, nexts[here][0]):
                    joined.append((start, nexts[here][1]))
        else:
            for start, stop in nexts:
                here = bisect_right(firsts, start, key=lambda span: span[1]) - 1
                if here >= 0 and _is_near(text, firsts[here][1], start):
                    joined.append((firsts[here][0], stop))
        firsts = joined
    return firsts


def _is_near(text: str, stop: int, start: int) -> bool:
    if start - stop > LONGEST_GAP:
        return False
    between = text[stop:start]
    return between.count(" ") <= WORDS_IN_GAP + 1 and not _SENTENCE_ENDS.search(between)


def _tail(text: str, end: int) -> str:
    """The signs after a first word by which phrases are told apart; nothing where there are too few."""
    tail = text[end : end + TAIL]
    return tail if len(tail) == TAIL else ""


def _is_letter(sign: str) -> bool:
    return sign == "_" or sign.isalnum()


def _end_of_word(text: str, stop: int) -> int:
    rest = _WORD.match(text, stop)
    return rest.end() if rest else stop


def forms(entry: str) -> list[str]:
    """What an entry stands for: one of each of its choices."""
    pieces = _CHOICE.split(entry)
    choices = [piece.split("|") if here % 2 else [piece] for here, piece in enumerate(pieces)]
    return ["".join(one) for one in product(*choices)]


def read(language: str) -> dict[str, list[str]]:
    with (FOLDER / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def lexicon() -> Lexicon:
    """All phrases of every language that has a list."""
    lists = [read(file.stem) for file in sorted(FOLDER.glob("*.toml"))]
    return Lexicon(
        (kind, form) for one in lists for kind in KINDS for entry in one.get(kind, []) for form in forms(entry)
    )


def spans_of(kind: str, folded: Folded) -> list[tuple[int, int]]:
    """Where a text has phrases of this kind; the five kinds are looked up together, once a text."""
    if "lexicon" not in folded.found:
        folded.found["lexicon"] = lexicon().find(folded)
    return folded.found["lexicon"].get(kind, [])


def _is_too_short(part: str) -> bool:
    phrase = fold_entry(part.removesuffix("*"))
    return not phrase or (part.endswith("*") and " " not in phrase and len(phrase) < HEAD)


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
        if any(map(_is_too_short, {part.strip() for form in forms(entry) for part in form.split(GAP)}))
    ]
    wrong += [f"there is no kind {kind!r}." for kind in lists if kind not in KINDS]
    return wrong
