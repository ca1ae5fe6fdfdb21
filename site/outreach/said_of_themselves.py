"""What those of the team said of themselves, for choosing among them, and how many families each carries."""

from dataclasses import dataclass

from django.db.models import Count, F

from people.models import Person

from .models import Place


@dataclass(frozen=True)
class Said:
    """Empty where nothing was said. The language of the screen is always among the languages."""

    languages: frozenset[str]
    gender: str = ""
    themes: frozenset[str] = frozenset()
    hours: frozenset[str] = frozenset()
    most_families: int | None = None


def said_by(team: set[str]) -> dict[str, Said]:
    """One statement, for who said something and for who did not."""
    fields = ("languages", "gender", "themes", "hours", "most_families")
    rows = Person.objects.filter(pk__in=team).values_list(
        "pk", "language", *(f"staff_profile__{one}" for one in fields)
    )
    return {
        pk: Said(
            frozenset({own, *(languages or ())}),
            gender or "",
            frozenset(themes or ()),
            frozenset(hours or ()),
            most_families,
        )
        for pk, own, languages, gender, themes, hours, most_families in rows
    }


def without_room(family_ids: set[str]) -> set[str]:
    """Who carries as many families as she said she can, and this family is not one of them. One statement."""
    rows = Place.objects.filter(staff__staff_profile__most_families__isnull=False)
    full = (
        rows.values("staff_id")
        .annotate(families=Count("family_id", distinct=True), most=F("staff__staff_profile__most_families"))
        .filter(families__gte=F("most"))
    )
    theirs = Place.objects.filter(family_id__in=family_ids)
    return set(full.exclude(staff_id__in=theirs.values("staff_id")).values_list("staff_id", flat=True))
