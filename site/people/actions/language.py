"""The language a person is spoken to in, and the clock that her hours go by."""

from zoneinfo import ZoneInfo

from people.actor import Actor
from people.models import Person
from people.policies.accounts import choose_language


def choose(*, person: Person, language: str, time_zone: str, by: Actor) -> bool:
    """True when something changed. Refuses a zone that does not exist."""
    choose_language.require(by, person)
    ZoneInfo(time_zone)
    if (person.language, person.time_zone) == (language, time_zone):
        return False
    person.language, person.time_zone = language, time_zone
    person.save(update_fields=["language", "time_zone"])
    return True
