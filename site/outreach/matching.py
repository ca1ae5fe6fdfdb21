"""Two of the team who could be a parent's contact person, with the reasons in words. She chooses.

Who may not, and who has as many families as she can carry, is left out without a trace, as in `candidates`. What the
parent asks for is weighed and forgotten: it stands nowhere. Nothing here is a judgement of anybody's work.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.translation import pgettext

from people.models import Person
from people.queries import locked_out, names_of_staff
from people.relations import related

from .candidates import candidate_ids, with_room
from .models import Around, Place
from .models.staff_profile import DayPart, Gender, Theme
from .said_of_themselves import Said, said_by

HOW_MANY = 2
USUAL_FAMILIES = 12  # how many we count for who did not say a limit, to weigh loads that differ in kind


@dataclass(frozen=True)
class Asked:
    """What she would rather have. Empty: it does not matter. Only the gender is obeyed; the rest is weighed."""

    gender: str = ""
    theme: str = ""
    hours: str = ""


@dataclass(frozen=True)
class Match:
    """`reasons` are whole sentences, the strongest first."""

    staff_id: str
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Two:
    """`obeyed` is not so when nobody of the gender she asked for is there now: then these are the alternative."""

    matches: list[Match]
    obeyed: bool = True


@dataclass(frozen=True)
class Fit:
    """What is weighed, plainly. `load` is the share of what somebody can carry that is taken already."""

    said: Said
    speaks: bool
    knows_theme: bool
    is_there: bool
    knows: bool
    load: float

    @property
    def order(self) -> tuple:
        return (not self.speaks, not self.knows_theme, not self.is_there, not self.knows, self.load)


@dataclass(frozen=True)
class _Team:
    fits: dict[str, Fit]
    names: dict[str, str] = field(default_factory=dict)

    def best(self, among: Iterable[str], asked: Asked) -> list[Match]:
        chosen = sorted(among, key=lambda one: (self.fits[one].order, self.names.get(one, ""), one))[:HOW_MANY]
        least = min((one.load for one in self.fits.values()), default=0)
        return [Match(one, self.names.get(one, ""), _reasons(self.fits[one], asked, least)) for one in chosen]


def two_for(person_id: str, asked: Asked | None = None) -> Two:
    """In the same number of statements, whoever is left out and whatever is asked."""
    asked = asked or Asked()
    person = Person.objects.get(pk=person_id)
    around = Around.objects.filter(
        person_id=person_id, agreed_at__isnull=False, ended_at__isnull=True, is_contact_person=False
    )
    beside = set(around.values_list("staff_id", flat=True))
    everyone = with_room(person_id, candidate_ids(person_id) | (beside - locked_out(beside)))
    team = _Team(_fits(person, everyone, asked), names_of_staff(everyone))
    as_asked = {one for one in everyone if asked.gender in ("", team.fits[one].said.gender)}
    return Two(team.best(as_asked or everyone, asked), obeyed=bool(as_asked) or not asked.gender)


def _fits(person: Person, team: set[str], asked: Asked) -> dict[str, Fit]:
    known = related("accompanied by", person.pk)
    rows = Place.objects.filter(staff_id__in=team).values("staff_id").annotate(families=Count("family_id"))
    families = {row["staff_id"]: row["families"] for row in rows}
    return {
        one: Fit(
            said,
            speaks=person.language in said.languages,
            knows_theme=asked.theme in said.themes,
            is_there=asked.hours in said.hours,
            knows=one in known,
            load=families.get(one, 0) / (said.most_families or USUAL_FAMILIES),
        )
        for one, said in said_by(team).items()
    }


def _reasons(fit: Fit, asked: Asked, least: float) -> tuple[str, ...]:
    said = []
    if fit.speaks:
        said.append(pgettext("match.speaks", "Speaks your language."))
    if asked.gender and fit.said.gender == asked.gender:
        said.append(_GENDERS[Gender(asked.gender)]())
    if fit.knows_theme:
        said.append(
            pgettext("match.theme", "Knows this well: {theme}.").format(theme=_inside(Theme(asked.theme).label))
        )
    if fit.is_there:
        said.append(_HOURS[DayPart(asked.hours)]())
    if fit.knows:
        said.append(pgettext("match.knows", "Accompanies your group already."))
    if fit.load == least:
        said.append(pgettext("match.room", "Has time for you."))
    return tuple(said)


def _inside(label: str) -> str:
    """A label in the middle of a sentence."""
    return label[:1].lower() + label[1:]


_GENDERS = {
    Gender.WOMAN: lambda: pgettext("match.woman", "Is a woman, as you asked."),
    Gender.MAN: lambda: pgettext("match.man", "Is a man, as you asked."),
}
_HOURS = {
    DayPart.DAYTIME: lambda: pgettext("match.daytime", "Can be reached in the daytime."),
    DayPart.EVENING: lambda: pgettext("match.evening", "Can be reached in the evening."),
    DayPart.WEEKEND: lambda: pgettext("match.weekend", "Can be reached in the weekend."),
}
