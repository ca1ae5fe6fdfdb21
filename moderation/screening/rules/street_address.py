"""A street with a number, as it is written in Dutch, French, English, Turkish and Arabic.

Each pattern begins at the word for 'street', so that a long text costs no more than its length; what belongs before it
is added afterwards.
"""

import re
from collections.abc import Iterator

from moderation.screening.folding import Folded
from moderation.screening.number_words import Figures, figures_of

from .rule import Rule

# What follows a number that counts something, or that is a day: 'na 3 jaar', 'depuis 2 ans', 'le 4 mai'.
_COUNTED = (
    r"(?!/\d|:\d)(?! ?(?:%|€|eur|uur|u\b|h\b|min|jaar|jaren|maand|week|weken|dag|keer|kind|zoon|dochter|kilometer|km"
    r"|euro|an\b|ans\b|mois|jour|fois|heure|semaine|enfant|fils|fille|year|month|day|hour|time|child|kid|son\b|boy|girl"
    r"|mensen|vrouw|mann|gezin|families|personne|gens|femme|homme|famille|people|women|men\b"
    r"|jan|feb|fev|maart|mars|apr|avr|mei\b|mai\b|may\b|juni|juli|juin|juil|june|july|aug|aout|sept|okt|oct|nov|dec"
    r"|kisi|kadin|adam|yil|ay\b|gun|saat|kez|kere|cocuk|yas|سن|عام|اعوام|شهر|اشهر|يوم|ايام|ساعه|ساعات|مر|اولاد|اطفال|دقي))"
)
_NUMBER = rf"\d{{1,4}}[a-z]?\b{_COUNTED}"
_NR = r"[ ,،]{0,2}(?:n°|n\.|no\.?|nr\.?|num\.?|numero|(?:op )?nummer|number|رقم)?[ :.]{0,2}"

_NL = re.compile(
    rf"(?:straat|str\.?|steenweg|laan|plein|dreef|kaai|kade|gracht|singel|weg|lei|markt|hof|baan|dijk|steeg|dries)"
    rf"{_NR}{_NUMBER}"
)
_NL_NO_STREET = re.compile(
    r"(?:on|he|te|uit|mid)?(?:der)?weg|onderweg|terugweg|heenweg|uitweg|halfweg|straatweg|allerlei|velerlei|tweeerlei"
    r"|gerechtshof|plein|hof|lei|markt|(?:loop|start|rij|auto|glij|bowling|ijs|wieler|spoor|land|sleutel|zwem)baan"
)
# In two words, and so only where nothing follows that it could count.
_ENDS = r"(?= ?(?:$|[.,;:!?)]|bus\b|bte\b|in\b|te\b|a\b|\d{4}\b|vilvoorde|brussel|numara|kat\b))"
_AT_END = re.compile(_ENDS)
_NL_APART = re.compile(
    rf"(?<!\w)(?:(?:grote|oude|nieuwe|lange|korte) (?:markt|plein|straat|baan|weg){_NR}{_NUMBER}{_ENDS}"
    r"|huisnummer[ :]{0,2}\d{1,4})"
)
_FR = re.compile(
    r"\b(?:rue|avenue|av\.?|boulevard|bd|blvd|chaussee|impasse|allee|quai|square|chemin|sentier|place|clos|dreve"
    r"|venelle|residence)"
    r"(?: (?!(?:depuis|avec|pendant|avant|apres|dans|pour|et|a|il|elle|on|je|y|en|with|the|of)\b)[\w'\-]{1,30}){1,5}?"
    rf"{_NR}{_NUMBER}"
)
_NUMBER_FIRST = re.compile(
    rf"\b\d{{1,4}}[a-z]?\b{_COUNTED},? "
    r"(?:(?:rue|avenue|av\.|boulevard|bd|chaussee|impasse|allee|quai|chemin|clos|dreve|r\.(?= (?:de|du|des)\b)) "
    r"|(?:(?!(?:the|this|that|on|in|at|to|of|by|along|down|up|and|or|from|a|our|my|his|her|their)\b)[\w']{2,30} ){1,3}"
    r"(?:street|st|road|rd|avenue|ave|lane|drive|terrace|crescent)\b)"
)
_TR = re.compile(
    r"(?:\b(?:sokak|sokagi|sok\.|sk\.|cadde|caddesi|cad\.|cd\.|mahallesi|bulvari)"
    rf"(?: \w{{1,30}} (?:sokak|sokagi|sok\.))?{_NR}{_NUMBER}"
    r"|\bapartmani (?:no|kat|daire)[ :.]{0,2}\d{1,3}\b"
    r"|\b\d{1,4}\. ?(?:sk|sok|sokak|cad|cadde)\b\.? ?(?:no|d)[ :.]{0,2}\d{1,4}\b)"
)
_AR = re.compile(
    rf"(?<!\w)(?:شارع|زنقه|زقاق|نهج|حي|درب|ساحه|جاده|حاره|ميدان)(?: [^\W\d]{{1,30}}){{1,4}}?{_NR}{_NUMBER}"
)
_PATTERNS = (_NL_APART, _FR, _NUMBER_FIRST, _TR, _AR)
_SAID_NUMBER = re.compile(r"(?:n°|n\.|no\.?|nr\.?|numero|nummer|number|رقم)[ :.]{0,2}\d+$")
LONGEST_NAME = 40
SHORTEST_NAME = 3


_WORD = re.compile(r"[\w']+")


def _start_of_word(text: str, end: int) -> int:
    start = end
    while start > max(0, end - LONGEST_NAME) and (text[start - 1].isalnum() or text[start - 1] in "'-"):
        start -= 1
    return start


def find(folded: Folded) -> Iterator[tuple[int, int]]:
    yield from _streets(folded.plain)
    figures = figures_of(folded)
    if figures.text == folded.plain:
        return
    for start, end in _streets(figures.text):
        if _is_said(folded.plain, figures, start, end):
            yield figures.starts[start], figures.ends[end - 1]


def _is_said(plain: str, figures: Figures, start: int, end: int) -> bool:
    """'Kerkstraat twaalf', but not 'in de Kerkstraat twee oude vrouwen', nor 'een', which is an article as well."""
    text = figures.text
    first, last = figures.starts[end - 1], figures.ends[end - 1]
    if last - first > 1 and not plain[first:last].isdigit():
        return bool(_SAID_NUMBER.search(text, start, end)) or (text[end - 2] != " " and bool(_AT_END.match(text, end)))
    return figures.ends[start] - figures.starts[start] > 1 and text[start].isdigit() and text[start + 1] != " "


def _streets(text: str) -> Iterator[tuple[int, int]]:
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
