"""Reading the access log, for the person it is about."""

from datetime import datetime

from .models import AccessEntry, AuditEntry
from .vocabulary import HIDDEN_LOOKS


def looks_at(person_id: str, *, skip: int, limit: int) -> list[AccessEntry]:
    """Looks at this person that this person may read, newest first. One that would tell of another never is."""
    rows = AccessEntry.objects.filter(person_id=person_id, shown_to_person=True).exclude(purpose__in=HIDDEN_LOOKS)
    return list(rows.order_by("-window", "-pk")[skip : skip + limit])


def last_time(kind: str, *, subject: str, subject_id: str) -> datetime | None:
    """When this last happened to this one, or None."""
    rows = AuditEntry.objects.filter(kind=kind, subject=subject, subject_id=subject_id)
    return rows.order_by("-at").values_list("at", flat=True).first()
