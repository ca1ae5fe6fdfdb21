"""The side of `rounds` that runs where Django runs: families with all kinds of wishes, and what became of them."""

from collections import Counter

from django.utils import timezone

from outreach.models import ContactMoment, Round, RoundLine, SafeContact
from outreach.vocabulary import Channel
from people.models import ContactNeeds
from people.vocabulary import AroundEvents, Rhythm

from .seeding import circle, session

__all__ = ["became", "circle", "session", "wishes"]

WISHES = (
    {"rhythm": Rhythm.OFTEN, "channels": [Channel.CALL]},
    {"rhythm": Rhythm.MATTERS, "channels": [Channel.CALL, Channel.VISIT]},
    {"rhythm": Rhythm.SOMETIMES, "channels": [Channel.CALL], "around_events": AroundEvents.REACH_OUT},
    {"rhythm": Rhythm.OFTEN, "channels": [Channel.CALL], "around_events": AroundEvents.LEAVE_ME_BE},
)


def wishes(*, persons: list[str]) -> int:
    """Three of four want a call when something happened, and may be called; the fourth wants to be left in peace."""
    now = timezone.now()
    ContactNeeds.objects.bulk_create(
        ContactNeeds(person_id=one, changed_at=now, changed_by_id=one, **WISHES[at % 4])
        for at, one in enumerate(persons)
    )
    SafeContact.objects.bulk_create(
        SafeContact(person_id=one, phone="+32000000000", changed_at=now, changed_by_id=one) for one in persons
    )
    return len(persons)


def became() -> dict:
    """Of the round that was started last: how many lines, whether it is closed, and what was noted of contacts."""
    last = Round.objects.order_by("-started_at").first()
    people = RoundLine.objects.filter(round=last).values_list("person_id", flat=True)
    noted = ContactMoment.objects.filter(person_id__in=list(people), at__gte=last.started_at)
    return {
        "lines": len(people),
        "closed": last.closed_at is not None,
        "noted": Counter(noted.values_list("outcome", flat=True)),
    }
