"""What may be read of people, and nothing more: the actor of an account, staff of a role."""

from django.db.models import Q
from django.utils import timezone

from .actor import Actor, Hold
from .models import Account, NewWayIn, Person, RoleGrant
from .vocabulary import Role


def granted_roles(person_id: str) -> frozenset[Role]:
    grants = RoleGrant.objects.filter(person_id=person_id, withdrawn_at__isnull=True)
    return frozenset(Role(role) for role in grants.values_list("role", flat=True))


def hold_of(account: Account, now=None) -> Hold | None:
    """The hold that a handed-out way in left, while it lasts."""
    row = (
        NewWayIn.objects.filter(
            Q(confirmed_at__isnull=True), account=account, used_at__isnull=False, hold_until__gt=now or timezone.now()
        )
        .order_by("-hold_until")
        .first()
    )
    return Hold(row.open_group_id, row.hold_until) if row else None


def actor_of(account: Account, *, second_factor: bool) -> Actor:
    """The actor behind an account. Staff who have not shown the second factor are nobody but that."""
    person: Person = account.person
    if person.is_staff:
        roles = granted_roles(person.pk) if second_factor else frozenset({Role.STAFF_WITHOUT_SECOND_FACTOR})
        hold = None
    else:
        roles, hold = frozenset({Role.PARENT}), hold_of(account)
    return Actor(
        person_id=person.pk,
        account_id=account.pk,
        roles=roles,
        language=person.language,
        time_zone=person.time_zone,
        hold=hold,
    )


def staff_with(role: Role):
    """The persons who hold this role now."""
    return Person.objects.filter(grants__role=role, grants__withdrawn_at__isnull=True).select_related("organisation")
