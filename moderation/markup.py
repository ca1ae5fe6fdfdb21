"""Everything that becomes HTML from words of people. The only place that knows bleach and nh3.

Members write plain text: it is escaped, links are made by Django's `urlize`, and no tag of theirs survives. Limited
HTML from outside (pasted, imported) passes two sieves with the same list: nh3, bleach's allow-list, and nh3 again.

bleach has reached its end of life: 6.4.0 is the last release, also for security. It is kept because this project was
asked to use it; nh3 alone gives the same list. To take it out, in one commit: remove `_first_sieve` and its call here,
the line in pyproject.toml and requirements, and the ban in ruff; the attack corpus of tests/moderation stays as it is.
`linkify` is never called: it takes 11 s for 20 KB of '&'.
"""

import re
import threading
from collections.abc import Iterable
from html import escape

import nh3
from bleach.sanitizer import Cleaner
from django.utils.html import format_html, urlize
from django.utils.safestring import SafeString, mark_safe

from people.own_words import few_marks

MOST = 20_000
TAGS = frozenset({"a", "blockquote", "br", "em", "h3", "li", "ol", "p", "strong", "ul"})
ATTRIBUTES = {"a": {"href"}}
PROTOCOLS = frozenset({"http", "https"})
REL = "nofollow noopener"
ROUNDS = 4
MOST_COSTLY = 1_000
DEEPEST = 16

_BEGINS_A_TAG = re.compile(r"<[A-Za-z/!?]")
_TAG = re.compile(r"<(/?)(?!br>)[a-z]")
_COSTLY = re.compile("[<>&\u00a0]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_TURNS = re.compile("[\u202d\u202e]")

_own = threading.local()


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308  (everything below has been escaped or sieved)


class TooLong(ValueError):
    """More than a sieve is given to do at once."""


def sanitise_html(html: str) -> SafeString:
    """Limited HTML: paragraphs, lines, lists, quotes, emphasis, one heading, links.

    Refuses more than 20,000 signs, or more tags and entities than a text of that length needs: the first sieve would
    take seconds for them. Idempotent: cleaning again changes nothing. What does not settle, or is nested deeper than
    words ever are, comes out as plain text.
    """
    if len(html) > MOST:
        raise TooLong("This text is too long to be taken over. Take it over in parts.")
    html = _CONTROL.sub("", html)
    if not _BEGINS_A_TAG.search(html):
        return _as_text(html)
    if len(_COSTLY.findall(html)) > MOST_COSTLY:
        raise TooLong("This text holds too many parts to be taken over at once. Take it over in parts.")
    cleaned = _second_sieve(html)  # in front as well: it is quick, and the slow one then meets no tricks of nesting
    for _ in range(ROUNDS):
        if _depth(cleaned) > DEEPEST or len(_COSTLY.findall(cleaned)) > 2 * MOST_COSTLY:
            break
        again = _sieve(cleaned)
        if again == cleaned:
            return _safe(cleaned)
        cleaned = again
    return _as_text(cleaned)


def _as_text(html: str) -> SafeString:
    return _safe(nh3.clean(html, tags=set()))


def _depth(html: str) -> int:
    """How many elements lie in one another at most, in HTML that is well nested already."""
    depth = deepest = 0
    for end in _TAG.findall(html):
        depth += -1 if end else 1
        deepest = max(deepest, depth)
    return deepest


def _sieve(html: str) -> str:
    return _second_sieve(_first_sieve(html))


def _second_sieve(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=lambda tag, name, value: value if name == "rel" or _leads_outside(tag, name, value) else None,
        url_schemes=set(PROTOCOLS),
        link_rel=REL,
    )


def _leads_outside(tag: str, name: str, value: str) -> bool:
    """Only whole addresses: one without a scheme would lead into this site, or anywhere ('//')."""
    return tag == "a" and name == "href" and value.lower().startswith(("http://", "https://"))


def _first_sieve(html: str) -> str:
    # One cleaner a thread: making it is what costs, and its parser has a state of its own.
    if not hasattr(_own, "cleaner"):
        _own.cleaner = Cleaner(
            tags=TAGS, attributes=_leads_outside, protocols=PROTOCOLS, strip=True, strip_comments=True
        )
    return _own.cleaner.clean(html)


_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


def as_paragraphs(text: str, language: str = "") -> SafeString:
    """Plain text of a member as safe HTML: paragraphs, line breaks, links that lead nowhere unseen.

    Each paragraph finds its own direction; `language`, where it is known, says how it is to be spoken.
    """
    paragraphs = [part for part in _BLANK_LINES.split(_lines(text).strip("\n")) if part.strip()]
    return _safe("\n".join(_paragraph(_linked(part), language) for part in paragraphs))


def with_marks(text: str, findings: Iterable[tuple[str, int, int]], language: str = "") -> SafeString:
    """The same text with numbered marks on what was found, for the reader of the team. Nothing in it is a link."""
    html, here = [], 0
    for start, end, numbers in _marked(findings, len(text)):
        html.append(escape(text[here:start]))
        html.append(f"<mark>{escape(text[start:end])}<sup>{', '.join(map(str, numbers))}</sup></mark>")
        here = end
    html.append(escape(text[here:]))
    whole = _lines("".join(html)).strip("\n")
    paragraphs = [part for part in _BLANK_LINES.split(whole) if part.strip()]
    return _safe("\n".join(_paragraph(part, language) for part in paragraphs))


def _marked(findings: Iterable[tuple[str, int, int]], length: int) -> list[tuple[int, int, list[int]]]:
    """Spans that do not overlap, each with the numbers of the findings in it (1, 2, … in the order of the text)."""
    spans: list[tuple[int, int, list[int]]] = []
    for number, (_, start, end) in enumerate(sorted(findings, key=lambda one: (one[1], one[2], one[0])), start=1):
        start, end = max(0, min(start, length)), max(0, min(end, length))
        if start >= end:
            continue
        if spans and start < spans[-1][1]:
            first, last, numbers = spans[-1]
            spans[-1] = (first, max(end, last), [*numbers, number])
        else:
            spans.append((start, end, [number]))
    return spans


def _lines(text: str) -> str:
    """Without control signs, without what makes letters stand in another order than they were read first, and with no
    more marks on a letter than one has: piled up they write over the words of others.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return few_marks(_TURNS.sub("", _CONTROL.sub("", lines)))


def _linked(text: str) -> str:
    # Everything in it is escaped by urlize; the attribute is its own and stands nowhere else in that form.
    return urlize(text, nofollow=True, autoescape=True).replace(
        ' rel="nofollow">', ' rel="noopener noreferrer nofollow">'
    )


def _paragraph(escaped: str, language: str) -> str:
    body = _safe(escaped.replace("\n", "<br>"))
    if language:
        return format_html('<p dir="auto" lang="{}">{}</p>', language, body)
    return format_html('<p dir="auto">{}</p>', body)
