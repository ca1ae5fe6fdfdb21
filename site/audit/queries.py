"""Reading the access log, for the person it is about."""

from .models import AccessEntry
from .vocabulary import HIDDEN_LOOKS


def looks_at(person_id: str, *, skip: int, limit: int) -> list[AccessEntry]:
    """Looks at this person that this person may read, newest first. One that would tell of another never is."""
    rows = AccessEntry.objects.filter(person_id=person_id, shown_to_person=True).exclude(purpose__in=HIDDEN_LOOKS)
    return list(rows.order_by("-window", "-pk")[skip : skip + limit])
