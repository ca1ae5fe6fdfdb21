"""The two ways to write history: `record` what happened, `looked` when staff saw personal data.

Both write in the caller's transaction, so that history and change stand or fall together.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from .models import AccessEntry, AuditEntry
from .vocabulary import Look

QUARTER_MINUTES = 15


def record(
    kind: str,
    *,
    by_id: str = "",
    subject: str = "",
    subject_id: str = "",
    because: str = "",
    now: datetime | None = None,
    **ids: str | int | bool | None,
) -> AuditEntry:
    """Adds one row. `kind` is `area.thing.happened`; `ids` hold ids, statuses and counts, never text of people."""
    return AuditEntry.objects.create(
        at=now or timezone.now(),
        kind=kind,
        by_id=by_id,
        subject=subject,
        subject_id=str(subject_id),
        details=ids,
        because=because,
    )


def quarter(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute - moment.minute % QUARTER_MINUTES, second=0, microsecond=0)


def looked(
    *, staff_id: str, person_ids: Iterable[str], purpose: Look, shown: bool = True, now: datetime | None = None
) -> None:
    """Notes that a staff member saw something of these persons, once per purpose and quarter of an hour."""
    window = quarter(now or timezone.now())
    rows = [
        AccessEntry(staff_id=staff_id, person_id=person, purpose=purpose, window=window, shown_to_person=shown)
        for person in sorted(set(person_ids) - {staff_id})
    ]
    if rows:
        AccessEntry.objects.bulk_create(rows, ignore_conflicts=True)
