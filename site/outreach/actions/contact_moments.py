"""Writes down a contact with a parent, or a try. Short and factual; the parent may read it."""

from datetime import datetime

from django.db import transaction

from outreach.models import ContactMoment, Task
from outreach.models.contact_moment import How, MomentOutcome


def record_contact_moment(
    *,
    person_id: str,
    how: How,
    outcome: MomentOutcome,
    by_id: str,
    now: datetime,
    note: str = "",
    task: Task | None = None,
) -> ContactMoment:
    """The caller's policy has decided. A task that it was about is done, unless nobody answered."""
    with transaction.atomic():
        is_tried = outcome == MomentOutcome.NO_ANSWER
        moment = ContactMoment.objects.create(
            person_id=person_id,
            by_id=by_id,
            at=now,
            how=how,
            outcome=outcome,
            note=note,
            task=None if is_tried else task,
            written_at=now,
        )
        if task and not is_tried:
            Task.objects.filter(pk=task.pk, done_at__isnull=True, withdrawn_at__isnull=True).update(
                done_at=now, done_by_id=by_id
            )
    return moment
