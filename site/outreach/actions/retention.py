"""Removes what has said what it had to say: settled deliveries with their attempts, notices that were read, old
contact moments, rounds and absences, and all that was meant for someone who is being erased.
"""

from datetime import datetime, timedelta

from outreach.models import (
    Around,
    ContactMoment,
    Delivery,
    DutyShift,
    Leave,
    Notice,
    Occasion,
    Override,
    PauseMemory,
    Place,
    PushSubscription,
    Round,
    RoundLine,
    SafeContact,
    StaffProfile,
    StaffWord,
    StandIn,
    Task,
)
from outreach.vocabulary import State
from people.queries import hold_person

KEPT = timedelta(days=90)
KEPT_MOMENTS = timedelta(days=730)
KEPT_LEAVES = timedelta(days=365)
KEPT_SHIFTS = timedelta(days=28)  # long enough to look back at last week; no record of who worked how much


def forget_old(now: datetime) -> int:
    """Deletes what is past its term; returns how many rows went."""
    old, moments, leaves = now - KEPT, now - KEPT_MOMENTS, now - KEPT_LEAVES
    settled = Delivery.objects.filter(settled_at__lt=old).exclude(state__in=[State.WAITING, State.LEASED])
    read = Notice.objects.filter(read_at__lt=old)
    past = [
        settled,
        read,
        ContactMoment.objects.filter(at__lt=moments),
        Task.objects.filter(created_at__lt=moments),
        Override.objects.filter(asked_at__lt=moments),
        StaffWord.objects.filter(written_at__lt=moments),
        Around.objects.filter(ended_at__lt=moments),
        Leave.objects.filter(ends_at__lt=leaves),
        DutyShift.objects.filter(ends_at__lt=now - KEPT_SHIFTS),
        Round.objects.filter(started_at__lt=moments),
        Occasion.objects.filter(made_at__lt=moments, rounds__isnull=True),
    ]
    return sum(rows.delete()[0] for rows in past)


def leave_everyone_go(person_id: str) -> None:
    """Nobody stands around someone who is erased, and the places are free again."""
    mine = Around.objects.filter(person_id=person_id)
    places = list(mine.values_list("place_id", flat=True))
    mine.delete()
    Place.objects.filter(pk__in=places, around__isnull=True).delete()


def forget_person(person_id: str, now: datetime) -> None:
    """What was said to someone who is being erased, what still waits to be sent, and that she caused a notice.

    Behind the lock that everybody takes who changes something of hers: the one who came with it in hand would wait for
    these rows, and this for her row.
    """
    hold_person(person_id)
    for model in (
        ContactMoment,
        Task,
        RoundLine,
        Delivery,
        Notice,
        Override,
        SafeContact,
        StaffProfile,
        StaffWord,
        StandIn,
        PauseMemory,
        PushSubscription,
    ):
        model.objects.filter(person_id=person_id).delete()
    DutyShift.objects.filter(staff_id=person_id).delete()
    leave_everyone_go(person_id)
    Notice.objects.filter(by_id=person_id).update(by_id="")
