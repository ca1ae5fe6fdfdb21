"""What a facilitator may know of families: among the people she accompanies, who is kept apart and who lives together.

Never names anybody she does not accompany; of those, only the number of professionals around them is told.
"""

from dataclasses import dataclass

from people.queries import Mark, household_ids, household_of, marks_of, people_of

from .models import Facilitation, Membership
from .policies.relations import facilitated_ids
from .vocabulary import PRESENT


@dataclass(frozen=True)
class Apart:
    """A mark, with whom."""

    mark: Mark
    other: Membership


@dataclass(frozen=True)
class Home:
    """The household of one person as its facilitator sees it."""

    members: list[Membership]
    professionals: int
    cap: int

    @property
    def is_full(self) -> bool:
        return self.professionals >= self.cap


def accompanied_beside(actor, membership: Membership) -> list[Membership]:
    """Everyone else whom this actor accompanies, in all her open groups: members, and who waits there."""
    rows = Membership.objects.filter(
        group_id__in=facilitated_ids(actor), group__closed_at__isnull=True, status__in=PRESENT
    ).exclude(person_id=membership.person_id)
    return sorted(rows.select_related("group"), key=lambda row: (row.pseudonym.casefold(), row.group.name.casefold()))


def kept_apart(membership: Membership, beside: list[Membership]) -> list[Apart]:
    """The marks between this person and those beside."""
    places = _once(beside)
    return [Apart(mark, places[mark.other_id]) for mark in marks_of(membership.person_id, places)]


def _once(beside: list[Membership]) -> dict[str, Membership]:
    """One line for each person, whatever the groups."""
    places: dict[str, Membership] = {}
    for row in beside:
        places.setdefault(row.person_id, row)
    return places


def home_of(membership: Membership, beside: list[Membership]) -> Home | None:
    household = household_of(membership.person_id)
    if household is None:
        return None
    people = people_of(household)
    members = [row for person_id, row in _once(beside).items() if person_id in people]
    return Home(members, professionals_around(people), household.professional_cap)


def professionals_around(person_ids: set[str]) -> int:
    """How many facilitators stand around these people, over all their open groups. A number, never who or where."""
    groups = Membership.objects.filter(person_id__in=person_ids, status__in=PRESENT, group__closed_at__isnull=True)
    team = Facilitation.objects.filter(group_id__in=groups.values("group_id"), withdrawn_at__isnull=True)
    return team.values("person_id").distinct().count()


def could_live_with(membership: Membership, beside: list[Membership]) -> list[Membership]:
    """Those who can come into the same household: nobody is in two."""
    homes = household_ids([membership.person_id, *(row.person_id for row in beside)])
    own = homes.get(membership.person_id)
    if own is None:
        return beside
    return [row for row in beside if row.person_id not in homes]


def team_around(person_id: str) -> set[str]:
    """The relation 'accompanied by': who facilitates an open group that this person is in, or waits at."""
    groups = Membership.objects.filter(person_id=person_id, status__in=PRESENT, group__closed_at__isnull=True)
    team = Facilitation.objects.filter(group_id__in=groups.values("group_id"), withdrawn_at__isnull=True)
    return set(team.values_list("person_id", flat=True))
