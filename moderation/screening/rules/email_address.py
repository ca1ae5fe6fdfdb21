"""An address to write to, also with 'at' and 'dot' in words or in brackets, and with gaps where none belong."""

import re
from collections.abc import Iterator

from moderation.screening.folding import Folded

from .rule import Rule

LONGEST_NAME = 64
_HOST = re.compile(r"[\w\-]{1,63}(?:[.·。][\w\-]{1,63}){1,8}")
_AT = re.compile(r"@")
_AT_WORDS = r"(?:at|apenstaartje|apestaartje|apestaart|aapje|arobase|arobas|kuyruklu a|ات)"
_DOT_WORDS = r"(?:dot|punt|point|nokta|دوت|نقطه)"
ENDS = r"(?:com|be|net|org|nl|fr|tr|ma|eu|de|uk|info)\b"
_OPEN, _SHUT = r"[(\[{<\-]", r"[)\]}>\-]"
# After a bare 'at' a stop with a gap ends a sentence: 'look at me. De …'.
_IN_WORDS = re.compile(
    rf"(?<=\w)(?: ?{_OPEN} ?(?:{_AT_WORDS}|a) ?{_SHUT} ?| (?P<bare>{_AT_WORDS}) | ?{_OPEN}? ?@ ?{_SHUT}? ?)"
    rf"[\w\-]{{2,63}} ?(?:[.,·。](?(bare)(?! ))|{_OPEN}? ?\b{_DOT_WORDS}\b ?{_SHUT}?|{_OPEN} ?\. ?{_SHUT}) ?{ENDS}"
)
# Houses where nearly everybody has a mailbox need no ending, but after 'et', which is 'and' as well; nor does who
# spells the letters out.
_WELL_KNOWN = re.compile(
    rf"(?:@|\b(?:{_AT_WORDS}|(?P<and>et))\b ?{_SHUT}?) ?{_SHUT}? ?"
    r"(?:gmail|hotmail|outlook|yahoo|icloud|telenet|skynet|proximus|proton(?:mail)?)\b"
    rf"(?(and) ?(?:\.|{_DOT_WORDS})? ?{ENDS})"
)
# Written onto each other, and with a word that is not only for mail: then only where an ending follows.
_HOUSES = r"(?:gmail|hotmail|outlook|yahoo|icloud|جيميل|هوتميل|ياهو|اوتلوك)"
_WITH_ENDING = re.compile(
    rf"(?:at{_HOUSES}(?:{_DOT_WORDS})?|(?<=\w) (?:chez|bij|علي|عند|ات) {_HOUSES} ?(?:\.|{_DOT_WORDS}) ?)"
    r"(?:com|be|fr|nl|كوم)\b"
)
_SPELLED = re.compile(r"@ ?(?:\w ){2,30}\w\b")


def find(folded: Folded) -> Iterator[tuple[int, int]]:
    text = folded.plain
    for at in _AT.finditer(text):
        host = _HOST.match(text, at.end())
        if host:
            yield _name_before(text, at.start()), host.end()
    for pattern in (_IN_WORDS, _WELL_KNOWN, _WITH_ENDING, _SPELLED):
        for match in pattern.finditer(text):
            yield _name_before(text, match.start()), match.end()


def _name_before(text: str, end: int) -> int:
    """Where the name begins that ends here; at most 64 signs back."""
    start = end
    while start > max(0, end - LONGEST_NAME) and (text[start - 1].isalnum() or text[start - 1] in "_.+-"):
        start -= 1
    return start


RULE = Rule("email_address", find)
