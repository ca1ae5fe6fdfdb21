"""An address to write to, also with 'at' and 'dot' in words."""

import re
from collections.abc import Iterator

from moderation.screening.folding import Folded

from .rule import Rule

LONGEST_NAME = 64
_HOST = re.compile(r"[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8}")
_AT = re.compile(r"@")
_IN_WORDS = re.compile(
    r"(?<=\w)(?: ?[(\[] ?(?:at|apenstaartje|arobase|arobas) ?[)\]] ?| (?:at|apenstaartje|arobase|arobas) )"
    r"[\w\-]{2,63} ?(?:\.|[(\[]? ?\b(?:dot|punt|point|nokta)\b ?[)\]]?) ?"
    r"(?:com|be|net|org|nl|fr|tr|ma|eu|de|uk|info)\b"
)


def find(folded: Folded) -> Iterator[tuple[int, int]]:
    text = folded.plain
    for at in _AT.finditer(text):
        host = _HOST.match(text, at.end())
        start = _name_before(text, at.start()) if host else at.start()
        if host and start < at.start():
            yield start, host.end()
    for match in _IN_WORDS.finditer(text):
        yield _name_before(text, match.start()), match.end()


def _name_before(text: str, end: int) -> int:
    """Where the name begins that ends here; at most 64 signs back."""
    start = end
    while start > max(0, end - LONGEST_NAME) and (text[start - 1].isalnum() or text[start - 1] in "_.+-"):
        start -= 1
    return start


RULE = Rule("email_address", find)
