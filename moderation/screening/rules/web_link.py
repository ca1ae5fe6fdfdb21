"""A link to somewhere else. It does not make a text wait; the reader sees it marked."""

import re
from collections.abc import Iterator

from moderation.screening.folding import Folded

from .rule import Rule

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]{3,300}")


def find(folded: Folded) -> Iterator[tuple[int, int]]:
    for match in _LINK.finditer(folded.plain):
        yield match.start(), match.end()


RULE = Rule("web_link", find, must_wait=False)
