"""The words of a story of contact: reads a wish, hours, days and moments, and writes a verdict. Pure."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time

from people.vocabulary import AroundEvents, Rhythm, WhoMay

from .models import Attempt
from .vocabulary import Channel, Kind, Outcome
from .wish import HardDay, QuietHours

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class NotAStory(ValueError):
    """What was given cannot be played. Says where, in words for who wrote it."""


# What may be said of a person and of a colleague.
OF_A_PERSON = frozenset(
    ["zone", "language", "account", "email", "phone", "text", "home", "device", "household", "contact_person", "needs"]
)
OF_A_COLLEAGUE = frozenset(["leave"])


def only_known(name: str, told: dict, known: Collection[str]) -> None:
    """Refuses what means nothing of somebody: a slip of the pen would change the story in silence."""
    unknown = set(told) - set(known)
    if unknown:
        raise NotAStory(f"Of {name!r} a story knows {', '.join(sorted(known))}; not {', '.join(sorted(unknown))}.")


def wish_from(told: dict) -> dict:
    """The parts of a wish as a story writes them, as `set_needs` takes them. Refuses a word that means nothing."""
    read = {
        "rhythm": lambda value: {"rhythm": Rhythm(value)},
        "until": lambda value: {"quiet_until": moment_from(value) if value else None},
        "channels": lambda value: {"channels": tuple(Channel(one) for one in value if one != Channel.IN_APP)},
        "by_kind": lambda value: {
            "channels_by_kind": {Kind(kind): tuple(map(Channel, ways)) for kind, ways in value.items()}
        },
        "hours": lambda value: {"quiet_hours": tuple(map(_hours, value))},
        "who_may": lambda value: {"who_may": WhoMay(value)},
        "events": lambda value: {"around_events": AroundEvents(value) if value else None},
        "discreet": lambda value: {"discreet": bool(value)},
        "hard_days": lambda value: {"hard_days": tuple(map(_hard_day, value))},
    }
    unknown = set(told) - set(read)
    if unknown:
        raise NotAStory(f"A wish knows {', '.join(sorted(read))}; not {', '.join(sorted(unknown))}.")
    changes: dict = {}
    for name, value in told.items():
        changes |= read[name](value)
    return changes


def _hours(told: list) -> QuietHours:
    start, end, *day = told
    weekday = WEEKDAYS.index(day[0]) if day else None
    return QuietHours(time.fromisoformat(start), time.fromisoformat(end), weekday)


def _hard_day(told: str | dict) -> HardDay:
    reach_out = isinstance(told, dict) and bool(told.get("reach_out"))
    day = told["day"] if isinstance(told, dict) else told
    if day.startswith("--"):
        return HardDay(date.fromisoformat(f"2024-{day[2:]}"), yearly=True, reach_out=reach_out)
    return HardDay(date.fromisoformat(day), yearly=False, reach_out=reach_out)


def moment_from(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise NotAStory(f"A moment carries its offset, for example 2026-11-03T10:00+01:00; not {text!r}.")
    return moment


def given(value, otherwise: str) -> str:
    return value if isinstance(value, str) else (otherwise if value else "")


def label(purpose: str, about: str) -> str:
    return f"{purpose} {about}".strip()


def shown(moment: datetime) -> str:
    here = moment.astimezone(UTC)
    return here.strftime("%Y-%m-%dT%H:%MZ" if not here.second else "%Y-%m-%dT%H:%M:%SZ")


def verdict_in(attempt: Attempt) -> str:
    if attempt.outcome in (Outcome.SENT, Outcome.HANDED):
        return "send"
    if attempt.until is not None:
        return f"defer until {shown(attempt.until)}"
    return f"withheld ({attempt.reason})"
