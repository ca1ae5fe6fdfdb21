"""How people are called in the groups that a member of staff facilitates, for who has no other name for the team."""

from .models import Membership
from .vocabulary import PRESENT


def names_known_to(staff_id: str, person_ids: list[str]) -> dict[str, str]:
    """One name a person, from the group she came to first. Nothing of groups that this member of staff is not of."""
    rows = Membership.objects.filter(
        person_id__in=person_ids,
        status__in=PRESENT,
        group__facilitations__person_id=staff_id,
        group__facilitations__withdrawn_at__isnull=True,
    )
    return dict(rows.order_by("-applied_at", "pk").values_list("person_id", "pseudonym"))
