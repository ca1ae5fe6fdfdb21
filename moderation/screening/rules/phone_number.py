"""A number on which someone can be called: Belgian, or with a country in front. Digits of every script were folded.

Whatever stands between the digits, however they are grouped, and in words: who wants a number to go unread writes it
so. Lines of services are not someone's: short numbers never match, and 0800 and 0900 are left out.
"""

import re
from collections.abc import Iterator

from moderation.screening.folding import Folded
from moderation.screening.number_words import figures_of

from .rule import Rule

_GAP = r"\W{0,4}"
_ABROAD = rf"(?:\+|(?<!\d)0{_GAP}0){_GAP}[1-9](?:[^\w+]{{0,4}}\d){{7,13}}"
# As a messenger takes them, without a plus: mobiles of Belgium, France, the Netherlands, Turkey and Morocco.
_NO_PLUS = rf"(?<!\d)(?:3{_GAP}2{_GAP}4|33{_GAP}[67]|31{_GAP}6|90{_GAP}5|212{_GAP}[67])(?:{_GAP}\d){{8,9}}"
_HERE = rf"(?<!\d)0{_GAP}[1-9](?:{_GAP}\d){{7,9}}"
_NO_ZERO = r"(?<![\d.,])4[5-9]\d(?:\W?\d\d){3}"
# In a line that runs from right to left the last group stands first: '56 34 12 0478'.
_TURNED = r"(?<!\d)\d\d(?:\W{1,4}\d\d){2}\W{1,4}04[5-9]\d"
_NUMBER = re.compile(rf"(?=[\d+])(?:{_ABROAD}|{_NO_PLUS}|{_HERE}|{_NO_ZERO}|{_TURNED})(?!\d)")
_DATE = re.compile(r"0?\d{1,2}[ ./\-]{1,2}\d{1,2}[ ./\-]{1,2}(?:19|20)\d\d")
_HOURS = re.compile(r"[0-2]?\d:[0-5]\d")
_SERVICE = re.compile(r"0[89]0\d|(?:\+|00)32[89]00")
# One moment after the other, and no other figure beside: '25/03, 26/03, 02/04', 'op 04/05: 14:00 - 16:00'.
_DAY = (
    r"(?:(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?:/(?:19|20)?\d\d)?"
    r"|(?:0[1-9]|[12]\d|3[01])[.\-](?:0[1-9]|1[0-2])(?:[.\-](?:19|20)\d\d)?)"
)
_CLOCK = r"(?:(?:[01]?\d|2[0-3]):[0-5]\d|(?:[01]\d|2[0-3])\.[0-5]\d)"
_MOMENT = rf"(?:{_DAY}|{_CLOCK})(?![/.:]?\d)"
_MOMENTS = re.compile(rf"(?=\d)(?<![\d+])(?<!\d\W)(?<!\d\W\W){_MOMENT}(?:[ ,;:()\-]{{1,3}}{_MOMENT})+(?!\W{{0,4}}\d)")
_SEPARATORS = re.compile(r"[ ./()\-]")
# Letters that stand for a figure: in a word with figures, and alone among figures.
_WITH_FIGURES = re.compile(r"(?<!\w)(?=[oilszbзб]{0,4}\d)[\doilszbзб]{2,20}(?!\w)")
_AS_FIGURES = str.maketrans("oilszbзб", "01152836")
_LETTER = re.compile(r"(?<![^\W\d_])o(?=\W{0,2}\d)|(?<=\d)[oil](?![^\W\d_il])|(?<=\d )[oil](?= ?\d)")


def find(folded: Folded) -> Iterator[tuple[int, int]]:
    figures = figures_of(folded)
    text = _WITH_FIGURES.sub(lambda word: word[0].translate(_AS_FIGURES), figures.text)
    text = _LETTER.sub(lambda letter: "0" if letter[0] == "o" else "1", text)
    text = _MOMENTS.sub(lambda moments: "x" * len(moments[0]), text)
    match = _NUMBER.search(text)
    while match:
        moment = _DATE.match(match[0]) or _HOURS.match(match[0])
        if moment or _SERVICE.match(_SEPARATORS.sub("", match[0])):
            # What follows a date or a service is looked at for itself.
            match = _NUMBER.search(text, match.start() + (moment.end() if moment else 1))
            continue
        yield figures.starts[match.start()], figures.ends[match.end() - 1]
        match = _NUMBER.search(text, match.end())


RULE = Rule("phone_number", find)
