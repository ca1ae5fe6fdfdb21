"""What a member of staff says of herself, so that a parent can choose. Only oneself, and all of it may stay unsaid."""

from collections.abc import Iterable

from django.conf import settings

from outreach.models import StaffProfile
from outreach.models.staff_profile import DayPart, Gender, Theme
from outreach.policies import keep_profile
from people.actor import Actor


def say_of_oneself(
    *,
    languages: Iterable[str] = (),
    gender: str = "",
    themes: Iterable[str] = (),
    hours: Iterable[str] = (),
    most_families: int | None = None,
    by: Actor,
) -> None:
    """The whole of it at once. What the portal does not know is left aside."""
    keep_profile.require(by)
    said = {
        "languages": _known(dict(settings.LANGUAGES), languages),
        "gender": gender if gender in Gender else "",
        "themes": _known(Theme.values, themes),
        "hours": _known(DayPart.values, hours),
        "most_families": most_families,
    }
    StaffProfile.objects.update_or_create(person_id=by.person_id, defaults=said)


def _known(words: Iterable[str], said: Iterable[str]) -> list[str]:
    chosen = set(said)
    return [word for word in words if word in chosen]
