"""Two of the team who could be a parent's contact person, with the reasons in words. She chooses.

Who may not is left out without a trace, as in `candidates`. Nothing here is a judgement of anybody's work.
"""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import pgettext

from people.models import Person
from people.queries import names_of_staff
from people.relations import related

from .candidates import candidate_ids
from .models import Around, Place
from .stand_ins import languages_of

HOW_MANY = 2


@dataclass(frozen=True)
class Match:
    """`reasons` are whole sentences, the strongest first."""

    staff_id: str
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Fit:
    """What is weighed, plainly: her language, whether they know each other, and how many families already."""

    speaks: bool
    knows: bool
    families: int

    @property
    def order(self) -> tuple:
        return (not self.speaks, not self.knows, self.families)


def two_for(person_id: str) -> list[Match]:
    """In the same number of statements, whoever is left out."""
    person = Person.objects.get(pk=person_id)
    around = Around.objects.filter(
        person_id=person_id, agreed_at__isnull=False, ended_at__isnull=True, is_contact_person=False
    )
    team = candidate_ids(person_id) | set(around.values_list("staff_id", flat=True))
    fits = _fits(person, team)
    names = names_of_staff(team)
    best = sorted(fits, key=lambda one: (fits[one].order, names.get(one, ""), one))[:HOW_MANY]
    least = min((one.families for one in fits.values()), default=0)
    return [Match(one, names.get(one, ""), _reasons(fits[one], least)) for one in best]


def _fits(person: Person, team: set[str]) -> dict[str, Fit]:
    known = related("accompanied by", person.pk)
    rows = Place.objects.filter(staff_id__in=team).values("staff_id").annotate(families=Count("family_id"))
    families = {row["staff_id"]: row["families"] for row in rows}
    spoken = languages_of(team)
    return {one: Fit(person.language in spoken.get(one, ()), one in known, families.get(one, 0)) for one in team}


def _reasons(fit: Fit, least: int) -> tuple[str, ...]:
    said = []
    if fit.speaks:
        said.append(pgettext("match.speaks", "Speaks your language."))
    if fit.knows:
        said.append(pgettext("match.knows", "Accompanies your group already."))
    if fit.families == least:
        said.append(pgettext("match.room", "Has time for you."))
    return tuple(said)
