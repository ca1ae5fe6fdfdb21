"""Whom a leak hit: everyone whose data could be read in that time, as the rules were then. Rather one too many.

Four kinds: `everything` (a copy of the database, or a backup with its key), the account of one of the `staff`, that of
a `parent`, and what stands in one `group`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from audit.models import AccessEntry
from groups.models import Facilitation, Membership
from outreach.models import Around
from people.models import Person, RoleGrant
from people.vocabulary import Role


@dataclass(frozen=True)
class Leak:
    """`whose`: the person or the group; empty for `everything`. `since` to `until`: when it could be read."""

    kind: str
    since: datetime
    until: datetime
    whose: str = ""


def hit_by(leak: Leak) -> set[str]:
    """The ids of everyone who is hit."""
    return KINDS[leak.kind](leak)


def _everyone(leak: Leak) -> set[str]:
    return set(Person.objects.values_list("pk", flat=True))


def _through_staff(leak: Leak) -> set[str]:
    """Whom she accompanied, whom she stood around, whom she looked at; on duty as moderator she read along in all."""
    during = Q(staff_id=leak.whose) & _overlaps(leak, "asked_at", "ended_at")
    looks = AccessEntry.objects.filter(staff_id=leak.whose, window__lte=leak.until, window__gte=_quarter_before(leak))
    found = {leak.whose, *Around.objects.filter(during).values_list("person_id", flat=True)}
    found |= set(looks.values_list("person_id", flat=True))
    grants = RoleGrant.objects.filter(person_id=leak.whose, role=Role.MODERATOR)
    if grants.filter(_overlaps(leak, "granted_at", "withdrawn_at")).exists():
        return found | set(_memberships(leak).values_list("person_id", flat=True))
    teams = Facilitation.objects.filter(person_id=leak.whose).filter(_overlaps(leak, "appointed_at", "withdrawn_at"))
    return found | _in_groups(leak, teams.values_list("group_id", flat=True))


def _through_parent(leak: Leak) -> set[str]:
    """Those who were in her groups with her, and the teams of those."""
    hers = _memberships(leak).filter(person_id=leak.whose, admitted_at__isnull=False)
    return {leak.whose} | _in_groups(leak, hers.values_list("group_id", flat=True))


def _in_group(leak: Leak) -> set[str]:
    return _in_groups(leak, [leak.whose])


def _in_groups(leak: Leak, group_ids: Iterable[str]) -> set[str]:
    ids = list(group_ids)
    teams = Facilitation.objects.filter(_overlaps(leak, "appointed_at", "withdrawn_at"), group_id__in=ids)
    members = _memberships(leak).filter(group_id__in=ids)
    return {*members.values_list("person_id", flat=True), *teams.values_list("person_id", flat=True)}


def _memberships(leak: Leak) -> QuerySet[Membership]:
    """Who ended a membership before is hit as well: what she wrote stays in the group."""
    return Membership.objects.filter(applied_at__lte=leak.until)


def _overlaps(leak: Leak, begins: str, ends: str) -> Q:
    still = Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": leak.since})
    return Q(**{f"{begins}__lte": leak.until}) & still


def _quarter_before(leak: Leak) -> datetime:
    """A look is noted at the start of its quarter of an hour."""
    from audit.record import quarter

    return quarter(leak.since)


KINDS: dict[str, Callable[[Leak], set[str]]] = {
    "everything": _everyone,
    "staff": _through_staff,
    "parent": _through_parent,
    "group": _in_group,
}
