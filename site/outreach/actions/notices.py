"""Marks notices as read: one that was opened, all at once, or those about a thing that was just seen."""

from datetime import datetime

from django.utils import timezone

from outreach.models import Notice
from outreach.policies import list_notices, open_notice
from people.actor import Actor


def _mark(notices, now: datetime | None) -> int:
    return notices.filter(read_at__isnull=True).update(read_at=now or timezone.now(), unread_key=None)


def mark_read(*, notice: Notice, by: Actor, now: datetime | None = None) -> None:
    """The person opened this one."""
    open_notice.require(by, notice)
    _mark(Notice.objects.filter(pk=notice.pk), now)


def mark_all_read(*, by: Actor, now: datetime | None = None) -> int:
    """The person has seen the list."""
    list_notices.require(by)
    return _mark(Notice.objects.filter(person_id=by.person_id), now)


def mark_seen(*, person_id: str, subject: str, subject_id: str, now: datetime | None = None) -> int:
    """The person saw the thing itself, so nothing needs to tell of it any more. Upper packages call this."""
    return _mark(Notice.objects.filter(person_id=person_id, subject=subject, subject_id=subject_id), now)
