"""Opens the safe-contact card at the moment of dialling: only while the wish allows it, and both logs know."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.record import record
from audit.vocabulary import Look
from outreach.models import SafeContact
from outreach.policies import open_person
from outreach.vocabulary import Channel
from outreach.ways_now import ways_now
from people.actor import Actor
from people.models import Person
from people.policy import Refused
from people.vocabulary import Reason

from .looking import look


@dataclass(frozen=True)
class OpenCard:
    """The card, and the ways for which it may be used now."""

    card: SafeContact
    ways: frozenset[Channel]


def open_card(*, person: Person, by: Actor, way: Channel | None = None, now: datetime | None = None) -> OpenCard:
    """Refuses while the wish allows no call, no visit and no letter by this member of staff; or not this `way`."""
    now = now or timezone.now()
    open_person.require(by, person)
    ways = frozenset(one.way for one in ways_now(person.pk, by.person_id, now) if one.is_open)
    card = SafeContact.objects.filter(person=person).first()
    if not ways or card is None or (way is not None and way not in ways):
        raise Refused(Reason.NOT_BY_WISH)
    with transaction.atomic():
        look(person_ids=[person.pk], purpose=Look.CALL_CARD, by=by, now=now)
        record(
            "outreach.safe_contact.opened",
            by_id=by.person_id,
            subject="people.person",
            subject_id=person.pk,
            now=now,
            ways=" ".join(sorted(ways)),
        )
    return OpenCard(card, ways)
