"""A letter on paper: printed, put in a plain envelope and posted by someone of the team.

It says what every notice says. Who finds it learns that someone wrote, and no more: no group, no subject, no address
of a page. A sender stands above it only where the parent's safe-contact card says from where staff may say they are.
"""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import get_language_info, pgettext


@dataclass(frozen=True)
class Letter:
    """One page, in the language and direction of who reads it."""

    language: str
    direction: str
    sender: str
    greeting: str
    lines: tuple[str, ...]
    closing: str


def compose(*, language: str, sender: str = "", number: str = "") -> Letter:
    """The letter for a person who reads this language now. `sender` and `number` are as the card allows, or empty."""
    with translation.override(language):
        lines = [
            pgettext("notice.neutral", "There is something new for you."),
            pgettext("letter.when", "It can wait until it suits you."),
        ]
        if number:
            lines.append(pgettext("letter.call", "You can also call:"))
        return Letter(
            language=language,
            direction="rtl" if get_language_info(language)["bidi"] else "ltr",
            sender=" ".join(sender.split()),
            greeting=pgettext("letter.greeting", "Good day,"),
            lines=tuple(lines),
            closing=pgettext("letter.closing", "With our best wishes"),
        )
