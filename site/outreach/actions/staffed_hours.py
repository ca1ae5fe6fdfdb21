"""Sets when a team reads. The caller's policy decides who may; this records who did."""

from collections.abc import Iterable
from datetime import datetime, time

from django.db import transaction

from audit.record import record
from outreach.models import StaffedHours
from people.actor import Actor


def set_hours(*, team_id: str, hours: Iterable[tuple[int, time, time]], by: Actor, now: datetime | None = None) -> None:
    """Replaces the staffed hours of a team: (weekday 0-6, opens, closes). Refuses a closing before its opening."""
    wanted = sorted(set(hours))
    if any(not 0 <= weekday <= 6 or opens >= closes for weekday, opens, closes in wanted):
        raise ValueError("Each opening is on a weekday from 0 to 6 and closes after it opens.")
    with transaction.atomic():
        rows = StaffedHours.objects.select_for_update().filter(team_id=team_id)
        if sorted(rows.values_list("weekday", "opens", "closes")) == wanted:
            return
        rows.delete()
        StaffedHours.objects.bulk_create(
            StaffedHours(team_id=team_id, weekday=weekday, opens=opens, closes=closes)
            for weekday, opens, closes in wanted
        )
        record(
            "outreach.hours.changed",
            by_id=by.person_id,
            subject="outreach.team",
            subject_id=team_id,
            now=now,
            count=len(wanted),
        )
