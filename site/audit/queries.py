"""Reading the access log, for the person it is about, and when something last happened."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from .models import AccessEntry, AuditEntry
from .vocabulary import HIDDEN_LOOKS


def looks_at(person_id: str, *, skip: int, limit: int) -> list[AccessEntry]:
    """Looks at this person that this person may read, newest first. One that would tell of another never is."""
    rows = AccessEntry.objects.filter(person_id=person_id, shown_to_person=True).exclude(purpose__in=HIDDEN_LOOKS)
    return list(rows.order_by("-window", "-pk")[skip : skip + limit])


def last_time(kind: str, *, subject: str, subject_id: str) -> datetime | None:
    """When this last happened to this one, or None."""
    return last_times(kind, subject=subject, subject_ids=[subject_id]).get(subject_id)


def last_times(kind: str, *, subject: str, subject_ids: Iterable[str]) -> dict[str, datetime]:
    """When this last happened, by id; to whom it never did is not in it. One statement."""
    rows = AuditEntry.objects.filter(kind=kind, subject=subject, subject_id__in=list(subject_ids))
    return dict(rows.values_list("subject_id").annotate(last=Max("at")))
