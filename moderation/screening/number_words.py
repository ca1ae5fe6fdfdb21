"""Figures that are written as words, in every language of the site: 'nul vier zeven acht', 'quatre-vingt-deux'.

A number to call on is said so by who reads it aloud, and written so by who wants it to go unread.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .folding import Folded, fold

_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 5
# What stands between two figures that belong together: '0478 en dan 12'.
_AND = re.compile(r"(?<=\d)\W{1,3}(?:(?:en|et|and|ve|dan|puis|then|sonra|ثم)\W{1,2}){1,2}(?=\d)(?!\d[.,]\d)")

_NL = "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien"
_NL_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig"
_FR = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_FR_TENS = "vingt trente quarante cinquante soixante septante quatre-vingt nonante"
_EN_ZEROS = "oh nought naught"
_EN = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TR = "sıfır bir iki üç dört beş altı yedi sekiz dokuz"
_TR_TENS = "on yirmi otuz kırk elli altmış yetmiş seksen doksan"
# As it is written, and as it is said; each with the endings that it takes.
_AR = (
    "صفر/زيرو واحد/واحدة اثنان/اثنين/اتنين/تنين/جوج ثلاثة/تلاتة/ثلاث اربعة/ربعة/اربع خمسة/خمس ستة/ست سبعة/سبع"
    " ثمانية/تمانية/ثماني/ثمان تسعة/تسع عشرة/عشر"
)
_AR_TENS = "عشر ثلاث/تلات اربع خمس ست سبع ثمان/تمان تسع"
# From eleven on, as they are said in Syria and in Morocco.
_AR_TEENS = (
    "حدعش/حداش اتنعش/طناش تلتعش/تلطاش اربعتعش/ربعطاش خمستعش/خمسطاش ستعش/سطاش سبعتعش/سبعطاش تمنتعش/تمنطاش تسعتعش/تسعطاش"
)
# Figure after figure without a gap: 'nulvierzeven'. No word of these begins another of its language.
_RUNS = (_NL.split()[:10], _FR.split()[:10], _EN.split()[:10], _TR.split())
SHORTEST_RUN = 6
# 'And', which Arabic writes to the word.
_AR_AND = "و"


def _dutch() -> Iterator[tuple[str, int]]:
    small = [*_NL.split(), "achttien", "negentien"]
    yield from ((word, value) for value, word in enumerate(small))
    for ten, word in enumerate(_NL_TENS.split(), 2):
        yield word, 10 * ten
        for unit in range(1, 10):
            for and_ in ("en", " en "):
                yield f"{small[unit]}{and_}{word}", 10 * ten + unit


def _french() -> Iterator[tuple[str, int]]:
    small = [*_FR.split(), "dix-sept", "dix-huit", "dix-neuf"]
    yield from ((word, value) for value, word in enumerate(small))
    for ten, word in enumerate(_FR_TENS.split(), 2):
        yield from ((one, 10 * ten) for one in (word, f"{word}s"))
        for unit in range(1, 20 if ten in (6, 8) else 10):
            yield from ((f"{word}{and_}{small[unit]}", 10 * ten + unit) for and_ in ("-", "-et-"))


def _english() -> Iterator[tuple[str, int]]:
    small = [*_EN.split(), "eighteen", "nineteen"]
    yield from ((word, value) for value, word in enumerate(small))
    yield from ((word, 0) for word in _EN_ZEROS.split())
    for ten, word in enumerate(_EN_TENS.split(), 2):
        yield word, 10 * ten
        yield from ((f"{word}{gap}{small[unit]}", 10 * ten + unit) for unit in range(1, 10) for gap in ("", " "))


def _turkish() -> Iterator[tuple[str, int]]:
    small = _TR.split()
    yield from ((word, value) for value, word in enumerate(small))
    for ten, word in enumerate(_TR_TENS.split(), 1):
        yield word, 10 * ten
        yield from ((f"{word}{gap}{small[unit]}", 10 * ten + unit) for unit in range(1, 10) for gap in ("", " "))


def _arabic() -> Iterator[tuple[str, int]]:
    small = [words.split("/") for words in _AR.split()]
    yield from ((word, value) for value, words in enumerate(small) for word in words)
    teens = [["احد", "احدى"], ["اثنا", "اثني"], *small[3:10]]
    yield from ((f"{word} {ten}", 11 + here) for here, words in enumerate(teens) for word in words for ten in small[10])
    yield from ((word, value) for value, words in enumerate(_AR_TEENS.split(), 11) for word in words.split("/"))
    for ten, roots in enumerate(_AR_TENS.split(), 2):
        for word in (f"{root}{ending}" for root in roots.split("/") for ending in ("ون", "ين")):
            yield word, 10 * ten
            yield from ((f"{unit} و{word}", 10 * ten + value) for value in range(1, 10) for unit in small[value])


def _hundreds(found: dict[str, int], words: str, hundred: Sequence[str], and_: Sequence[str]) -> dict[str, int]:
    """'vierhonderd' and 'vierhonderd achtenzeventig', in one word and apart."""
    more = dict(found)
    for value, word in enumerate(words.split()[2:10], 2):
        for head in (f"{word}{gap}{one}" for one in hundred for gap in ("", " ")):
            more[head] = 100 * value
            for gap in and_:
                more |= {f"{head}{gap}{rest}": 100 * value + under for rest, under in found.items() if under}
    return more


def _plain(phrase: str) -> str:
    return " ".join(_WORD.findall(fold(phrase).plain))


def _table() -> dict[str, str]:
    ar_heads = " ".join(words.split("/")[-1] for words in _AR.split())
    tables = (
        _hundreds(dict(_dutch()), _NL, ("honderd",), ("", " ")),
        _hundreds(dict(_french()), _FR, ("cent", "cents"), (" ",)),
        _hundreds(dict(_english()), _EN, ("hundred",), (" ", " and ")),
        _hundreds(dict(_turkish()), _TR, ("yüz",), ("", " ")),
        _hundreds(dict(_arabic()), ar_heads, ("مائة", "مئة", "ميه"), (" و",)),
    )
    twice = (("dubbel", _NL), ("double", _FR), ("double", _EN))
    doubled = {f"{two} {word}": f"{one}{one}" for two, words in twice for one, word in enumerate(words.split()[:10])}
    return {_plain(phrase): str(value) for table in (*tables, doubled) for phrase, value in table.items()}


_FIGURES = {phrase: value for phrase, value in _table().items() if phrase.count(" ") < _MOST_WORDS}
_FIRST: dict[str, int] = {}
for _phrase in _FIGURES:
    _head, _, _rest = _phrase.partition(" ")
    _FIRST[_head] = max(_FIRST.get(_head, 1), _phrase.count(" ") + 1)


_ONE_BY_ONE = {_plain(word): str(value) for words in _RUNS for value, word in enumerate(words)}
_RUN = re.compile("|".join(f"(?:{'|'.join(map(_plain, words))}){{2,}}" for words in _RUNS))
_OF_A_RUN = re.compile("|".join(sorted(_ONE_BY_ONE, key=len, reverse=True)))


@dataclass(frozen=True)
class Figures:
    """The folded text with figures for such words; sign i stood in it from `starts[i]` to `ends[i]`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def figures_of(folded: Folded) -> Figures:
    """For every rule that reads figures; put together once a text."""
    if "figures" not in folded.found:
        folded.found["figures"] = in_figures(folded.plain)
    return folded.found["figures"]


def in_figures(text: str) -> Figures:
    words = list(_WORD.finditer(text))
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = here = 0
    while here < len(words):
        word = words[here][0]
        if word not in _FIRST and word[0] != _AR_AND and len(word) < SHORTEST_RUN:
            here += 1
            continue
        value, many = _longest(words, here)
        if value:
            start, end = words[here].start(), words[here + many - 1].end()
            before = " " if start and text[start - 1].isdigit() else ""
            after = " " if text[end : end + 1].isdigit() else ""
            parts += (text[done:start], before, value, after)
            starts += (*range(done, start), *(start for _ in before + value + after))
            ends += (*range(done + 1, start + 1), *(end for _ in before + value + after))
            done = end
        here += many
    rest = range(done, len(text))
    if not parts:
        return _together(Figures(text, rest, range(1, len(text) + 1)))
    return _together(Figures("".join((*parts, text[done:])), [*starts, *rest], [*ends, *(one + 1 for one in rest)]))


def _longest(words: list[re.Match[str]], here: int) -> tuple[str, int]:
    """The figures of the longest phrase that begins at this word, and of how many words it is made."""
    first = words[here][0]
    if first not in _FIRST and first[0] == _AR_AND and first[1:] in _FIRST:
        first = first[1:]
    if len(first) >= SHORTEST_RUN and first not in _FIRST and _RUN.fullmatch(first):
        return "".join(_ONE_BY_ONE[one[0]] for one in _OF_A_RUN.finditer(first)), 1
    phrase, found, many = first, _FIGURES.get(first, ""), 1
    for more in range(1, _FIRST.get(first, 1)):
        if here + more >= len(words) or words[here + more].start() - words[here + more - 1].end() > 2:
            break
        phrase += f" {words[here + more][0]}"
        if phrase in _FIGURES:
            found, many = _FIGURES[phrase], more + 1
    return found, many


def _together(figures: Figures) -> Figures:
    """Without 'and' between figures."""
    kept: list[int] = []
    done = 0
    for gap in _AND.finditer(figures.text):
        kept += range(done, gap.start() + 1)
        done = gap.end()
    if not done:
        return figures
    kept += range(done, len(figures.text))
    text = "".join([figures.text[one] for one in kept])
    return Figures(text, [figures.starts[one] for one in kept], [figures.ends[one] for one in kept])
