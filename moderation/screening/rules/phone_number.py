"""A number on which someone can be called: Belgian, or with a country in front. Digits of every script were folded.

Lines of services are not someone's: short numbers never match, and 0800 and 0900 are left out.
"""

import re
from collections.abc import Iterator

from moderation.screening.folding import Folded

from .rule import Rule

_ABROAD = r"(?:\+|00)[1-9](?:[ ./()\-]{0,2}\d){7,13}"
_HERE = r"0[1-9](?:[ ./\-]{0,2}\d){7,9}"
_NUMBER = re.compile(rf"(?<![\w+])(?:{_ABROAD}|{_HERE})(?!\d)")
_DATE = re.compile(r"0?\d{1,2}[ ./\-]{1,2}\d{1,2}[ ./\-]{1,2}(?:19|20)\d\d")
_SERVICE = re.compile(r"0[89]0\d")
_ABROAD_SERVICE = re.compile(r"(?:\+|00)32[89]00")
_SEPARATORS = re.compile(r"[ ./()\-]")


def find(folded: Folded) -> Iterator[tuple[int, int]]:
    for match in _NUMBER.finditer(folded.plain):
        digits = _SEPARATORS.sub("", match[0])
        if _DATE.match(match[0]) or _SERVICE.match(digits) or _ABROAD_SERVICE.match(digits):
            continue
        yield match.start(), match.end()


RULE = Rule("phone_number", find)
