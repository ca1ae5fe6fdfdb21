"""A number that belongs to one person, or a place on the map: an account, the national number, two coordinates.

The first two hold check figures, so that no other long number is taken for one.
"""

import re
from collections.abc import Iterator

from moderation.screening.folding import Folded

from .rule import Rule

# How long an account number is, by country.
_LENGTHS = {
    **{"be": 16, "nl": 18, "fr": 27, "de": 22, "lu": 20, "tr": 26, "ma": 28, "gb": 22, "es": 24, "it": 27, "at": 20},
    **{"pt": 25, "pl": 28, "ro": 24, "bg": 22, "tn": 24, "dz": 26, "lt": 20, "ie": 22, "ch": 21, "gr": 27},
}
_ACCOUNT = re.compile(rf"(?<![^\W_])(?:{'|'.join(_LENGTHS)})(?:\W{{0,2}}\d){{2}}(?:\W{{0,2}}[a-z0-9]){{10,26}}")
# The day of birth, which of that day it is, and two figures to check it by.
_GAP = r"[ .\-/]{0,2}"
_NATIONAL = re.compile(rf"(?<!\d)\d\d{_GAP}\d\d{_GAP}\d\d{_GAP}\d{{3}}{_GAP}\d\d(?!\d)")
_DEGREES = r"[+\-]?\d{1,3}[.,]\d{4,12}°?"
_PLACE = re.compile(rf"(?<![\d.,]){_DEGREES} ?[nseo]? ?[,;/]? ?{_DEGREES}(?!\d)")
_PLACE_IN_MINUTES = re.compile(r"(?<!\d)\d{1,3} ?° ?\d{1,2}(?:[.,]\d{1,6})? ?['′][ \d.,]{0,8}[\"″'′]{0,2} ?[nsewo]\b")


def find(folded: Folded) -> Iterator[tuple[int, int]]:
    text = folded.plain
    for match in _ACCOUNT.finditer(text):
        end = _end_of_account(match)
        if end:
            yield match.start(), end
    for match in _NATIONAL.finditer(text):
        if _is_national(re.sub(r"\D", "", match[0])):
            yield match.start(), match.end()
    for pattern in (_PLACE, _PLACE_IN_MINUTES):
        for match in pattern.finditer(text):
            yield match.start(), match.end()


def _end_of_account(match: re.Match[str]) -> int | None:
    places = [here for here, sign in enumerate(match[0]) if sign.isalnum()]
    length = _LENGTHS[match[0][:2]]
    if len(places) < length:
        return None
    account = "".join(match[0][here] for here in places[:length])
    turned = account[4:] + account[:4]
    if int("".join(str(int(sign, 36)) for sign in turned)) % 97 != 1:
        return None
    return match.start() + places[length - 1] + 1


def _is_national(number: str) -> bool:
    born, check = int(number[:9]), int(number[9:])
    # The month is higher by 20 or 40 for who is not in the register; from 2000 on a 2 stands before the rest.
    is_day = int(number[2:4]) % 20 <= 12 and int(number[4:6]) <= 31
    return is_day and check in (97 - born % 97, 97 - (2_000_000_000 + born) % 97)


RULE = Rule("identifier", find)
