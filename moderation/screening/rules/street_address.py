"""A street with a number, as it is written in Dutch, French, English, Turkish and Arabic.

Each pattern begins at the word for 'street', so that a long text costs no more than its length; what belongs before it
is added afterwards.
"""

import re
from collections.abc import Iterator

from moderation.screening.folding import Folded

from .rule import Rule

# What follows a number that counts something: 'na 3 jaar', 'depuis 2 ans'.
_COUNTED = (
    r"(?! ?(?:%|€|eur|uur|u\b|h\b|min|jaar|jaren|maand|week|weken|dag|keer|kind|zoon|dochter|kilometer|km|euro"
    r"|an\b|ans\b|mois|jour|fois|heure|semaine|enfant|fils|fille|year|month|day|hour|time|child|kid|son\b|boy|girl"
    r"|yil|ay\b|gun|saat|kez|kere|cocuk|yas|سن|عام|اعوام|شهر|اشهر|يوم|ايام|ساعه|ساعات|مر|اولاد|اطفال|دقي))"
)
_NUMBER = rf"\d{{1,4}}[a-z]?\b{_COUNTED}"
_NR = r"[ ,،]{0,2}(?:n°|n\.|no\.?|nr\.?|num\.?|numero|nummer|number|رقم)?[ :.]{0,2}"

_NL = re.compile(rf"(?:straat|steenweg|laan|plein|dreef|kaai|gracht|singel|weg|lei|markt|hof){_NR}{_NUMBER}")
_NL_NO_STREET = re.compile(
    r"(?:on|he|te|uit|mid)?(?:der)?weg|onderweg|terugweg|heenweg|uitweg|halfweg|straatweg|allerlei|velerlei|tweeerlei"
    r"|gerechtshof|plein|hof|lei|markt"
)
_FR = re.compile(
    r"\b(?:rue|avenue|boulevard|bd|chaussee|impasse|allee|quai|square|chemin|place)"
    r"(?: (?!(?:depuis|avec|pendant|avant|apres|dans|pour|et|a|il|elle|on|je|y|en)\b)[\w']{1,30}){1,5}?"
    rf"{_NR}{_NUMBER}"
)
_NUMBER_FIRST = re.compile(
    rf"\b\d{{1,4}}[a-z]?\b{_COUNTED},? (?:(?:rue|avenue|boulevard|chaussee|impasse|allee|quai|chemin) "
    r"|(?:(?!(?:the|this|that|on|in|at|to|of|by|along|down|and|or|from|a)\b)[\w']{2,30} ){1,3}"
    r"(?:street|road|avenue|lane|drive)\b)"
)
_TR = re.compile(
    r"\b(?:sokak|sokagi|sok\.|cadde|caddesi|cad\.|mahallesi|bulvari)"
    rf"(?: \w{{1,30}} (?:sokak|sokagi|sok\.))?{_NR}{_NUMBER}"
)
_AR = re.compile(rf"(?<!\w)(?:شارع|زنقه|زقاق|نهج|حي|درب)(?: [^\W\d]{{1,30}}){{1,4}}?{_NR}{_NUMBER}")
_PATTERNS = (_FR, _NUMBER_FIRST, _TR, _AR)
LONGEST_NAME = 40
SHORTEST_NAME = 3


_WORD = re.compile(r"[\w']+")


def _start_of_word(text: str, end: int) -> int:
    start = end
    while start > max(0, end - LONGEST_NAME) and (text[start - 1].isalnum() or text[start - 1] == "'"):
        start -= 1
    return start


def find(folded: Folded) -> Iterator[tuple[int, int]]:
    text = folded.plain
    for match in _NL.finditer(text):
        start = _start_of_word(text, match.start())
        word = _WORD.match(text, start)
        is_named = match.start() - start >= SHORTEST_NAME or match[0].startswith("steenweg")
        if word and is_named and not _NL_NO_STREET.fullmatch(word[0]):
            yield start, match.end()
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield match.start(), match.end()


RULE = Rule("street_address", find)
