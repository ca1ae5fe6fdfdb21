"""Whom to call. One list for the whole platform, kept in starter/numbers.toml and read once.

Pure: no database, no request. A number is shown only when it stands in that list and among the allowed ones. If the
list cannot be read, 112 and 101 remain: a page without anyone to call must not exist.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import structlog
from django.utils.translation import override, pgettext

logger = structlog.get_logger("kring.resources")

FILE = Path(__file__).parent / "starter" / "numbers.toml"
# The only telephone numbers that this portal may ever show. Digits as they are dialled.
ALLOWED = frozenset({"112", "101", "1712", "1813", "080032123", "106", "107", "102", "103"})
SHOWN = {"fr": ("112", "101", "1712", "107", "103")}
SHOWN_ELSEWHERE = ("112", "101", "1712", "106", "102")
EMERGENCIES = ("112", "101")
FIVE = 5


@dataclass(frozen=True)
class Number:
    """A line of the list: how to dial it, how it is written, for what needs and in which languages it answers."""

    key: str
    dial: str
    shown: str
    name: str = ""
    languages: tuple = ()
    needs: tuple = ()
    order: int = 0
    checked_on: object = None
    what: dict = field(default_factory=dict, hash=False, compare=False)

    @property
    def first(self):
        """112 is drawn before all others."""
        return self.dial == "112"

    def says(self, language):
        return Told(self, self.what.get(language) or self.what.get("en") or self.name)


@dataclass(frozen=True)
class Told:
    """A number with its words in one language: what a template shows."""

    number: Number
    what: str

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.number, name)


def crisis(language):
    """The five of the bar, in the order of the language, with their words."""
    short = language.split("-")[0]
    known = by_dial()
    told = [known[dial].says(short) for dial in SHOWN.get(short, SHOWN_ELSEWHERE) if dial in known]
    return told if any(one.dial == "112" for one in told) else floor(short)


def by_key(key, language):
    """One number with its words, or None."""
    return next((number.says(language) for number in every() if key in (number.key, number.dial)), None)


def by_need(need, language):
    """Every number for a need, those that answer in the language first."""
    found = [number for number in every() if need in number.needs]
    found.sort(key=lambda number: (language not in number.languages, number.order))
    return [number.says(language) for number in found]


def by_needs(needs, language):
    """Whom to call now, for someone whose words made us look up: 112 first, then the numbers of each need, the most
    pressing need first. A line in another language stands there when its need has none that answers in this one."""
    found = {told.dial: told for told in crisis(language)[:1]}
    for need in needs:
        for_need = by_need(need, language)
        lines = [told for told in for_need if told.dial not in EMERGENCIES]
        answered = [told for told in lines if language in told.languages]
        fit = [told for told in for_need if told not in lines] + (answered or lines)
        found |= {told.dial: told for told in fit if told.dial not in found}
    return list(found.values())[:FIVE]


def choices():
    """For the editor's forms: the key, and the number with its name."""
    return [(number.key, f"{number.shown} {number.name}".strip()) for number in every()]


@cache
def every():
    try:
        rows = tomllib.loads(FILE.read_text("utf-8")).get("numbers", [])
        found = [number_from(row) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        logger.exception("resources.numbers.unreadable")
        return ()
    return tuple(sorted((one for one in found if one.dial in ALLOWED), key=lambda number: number.order))


@cache
def by_dial():
    return {number.dial: number for number in every()}


def number_from(row):
    return Number(
        key=str(row["key"]),
        dial="".join(str(row["dial"]).split()),
        shown=str(row.get("shown") or row["dial"]),
        name=str(row.get("name", "")),
        languages=tuple(row.get("languages", ())),
        needs=tuple(row.get("needs", ())),
        order=int(row.get("order", 0)),
        checked_on=row.get("checked_on") or None,
        what=dict(row.get("what", {})),
    )


def floor(language):
    with override(language):
        return [
            Told(Number("112", "112", "112"), pgettext("crisis.112", "Danger to life, fire, ambulance")),
            Told(Number("101", "101", "101"), pgettext("crisis.101", "Police, in an emergency")),
        ]
