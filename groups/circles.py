"""Groups as circles of outreach: those a facilitator accompanies, who is in them, and how they are called there."""

from collections.abc import Iterable

from outreach.circles import Circle, Team
from people.actor import Actor
from people.vocabulary import Role

from .models import Facilitation, Membership
from .queries import all_groups, groups_accompanied
from .vocabulary import PRESENT


def of(actor: Actor) -> list[Circle]:
    """The open groups that this actor accompanies, with who is present in each."""
    groups = [group for group in groups_accompanied(actor) if group.closed_at is None]
    present: dict[str, set[str]] = {group.pk: set() for group in groups}
    rows = Membership.objects.filter(group__in=list(present), status__in=PRESENT)
    for group_id, person_id in rows.values_list("group_id", "person_id"):
        present[group_id].add(person_id)
    return [Circle(group.pk, group.name, frozenset(present[group.pk])) for group in groups]


def teams(actor: Actor) -> list[Team]:
    """Of the open groups that this actor accompanies; for a coordinator of all of them. No member is asked for."""
    known = {group.pk: group for group in (*groups_accompanied(actor), *all_groups(actor)) if group.closed_at is None}
    staff: dict[str, set[str]] = {group_id: set() for group_id in known}
    rows = Facilitation.objects.filter(group__in=list(known), withdrawn_at__isnull=True)
    for group_id, person_id in rows.values_list("group_id", "person_id"):
        staff[group_id].add(person_id)
    return [Team(pk, group.name, frozenset(staff[pk])) for pk, group in known.items()]


def names_for(actor: Actor, person_ids: Iterable[str]) -> dict[str, str]:
    """The name that each chose in a group which this actor accompanies, in the first she came to; the moderator on
    duty reads along in all.
    """
    rows = Membership.objects.filter(person_id__in=list(person_ids), status__in=PRESENT)
    if Role.MODERATOR not in actor.roles:
        rows = rows.filter(group__in=[group.pk for group in groups_accompanied(actor)])
    return dict(rows.order_by("-applied_at", "pk").values_list("person_id", "pseudonym"))


def staff_of(person_ids: Iterable[str], seen_by: str = "") -> dict[str, set[str]]:
    """Who accompanies each person now: those who facilitate a group in which they are present; `seen_by`, as far as
    this member of staff knows, who facilitates it too.
    """
    teams: dict[str, set[str]] = {}
    for group_id, staff_id in Facilitation.objects.filter(withdrawn_at__isnull=True).values_list(
        "group_id", "person_id"
    ):
        teams.setdefault(group_id, set()).add(staff_id)
    if seen_by:
        teams = {group_id: staff for group_id, staff in teams.items() if seen_by in staff}
    found: dict[str, set[str]] = {}
    rows = Membership.objects.filter(person_id__in=list(person_ids), status__in=PRESENT)
    for person_id, group_id in rows.values_list("person_id", "group_id"):
        found.setdefault(person_id, set()).update(teams.get(group_id, set()))
    return found
