"""Who of the team could take over the parents whom nobody knows any more, for a coordinator to choose from.

The order speaks of the colleagues alone: who speaks the language of most of them and has most room stands first. Who
may not is left out without a trace, as in `candidates`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from people.queries import languages_of, names_of_staff

from .candidates import candidates_for
from .models import Place
from .said_of_themselves import said_by


@dataclass(frozen=True)
class Successor:
    staff_id: str
    name: str


def who_could_take_over(person_ids: Iterable[str]) -> list[Successor]:
    """Whoever may take over one of these parents at least. In a fixed number of statements."""
    could = candidates_for(person_ids)
    team = set().union(*could.values())
    languages = languages_of(could)
    said, names = said_by(team), names_of_staff(team)
    rows = Place.objects.filter(staff_id__in=team).values("staff_id").annotate(families=Count("family_id"))
    load = {row["staff_id"]: row["families"] for row in rows}

    def order(staff_id: str) -> tuple:
        may = [parent for parent, colleagues in could.items() if staff_id in colleagues]
        speaks = sum(languages[parent] in said[staff_id].languages for parent in may)
        return (-speaks, -len(may), load.get(staff_id, 0), names.get(staff_id, "").casefold(), staff_id)

    return [Successor(one, names.get(one, "")) for one in sorted(team, key=order)]
