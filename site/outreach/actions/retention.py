"""Removes what has said what it had to say: settled deliveries with their attempts, notices that were read, and all
that was meant for someone who is being erased.
"""

from datetime import datetime, timedelta

from outreach.models import Delivery, Notice
from outreach.vocabulary import State

KEPT = timedelta(days=90)


def forget_old(now: datetime) -> int:
    """Deletes what is older than 90 days; returns how many rows went."""
    old = now - KEPT
    settled = Delivery.objects.filter(settled_at__lt=old).exclude(state__in=[State.WAITING, State.LEASED])
    read = Notice.objects.filter(read_at__lt=old)
    return settled.delete()[0] + read.delete()[0]


def forget_person(person_id: str, now: datetime) -> None:
    """What was said to someone who is being erased, what still waits to be sent, and that she caused a notice."""
    Delivery.objects.filter(person_id=person_id).delete()
    Notice.objects.filter(person_id=person_id).delete()
    Notice.objects.filter(by_id=person_id).update(by_id="")
