"""Opens the safe-contact card at the moment of dialling: only while the wish allows it, or two of the team decided past
it in acute danger; and both logs know.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.record import record
from audit.vocabulary import Look
from outreach.models import Override, SafeContact
from outreach.override_policies import call_past_wish
from outreach.override_queries import by_hand, is_over
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
    return _opened(card, ways, by, now)


def open_card_past_wish(*, override: Override, by: Actor, now: datetime | None = None) -> OpenCard:
    """In acute danger, within the hour that two of the team opened, for the call or visit that the one message is."""
    now = now or timezone.now()
    call_past_wish.require(by, override)
    way = by_hand(override)
    card = SafeContact.objects.filter(person_id=override.person_id).first()
    if way is None or card is None or is_over(override, now):
        raise Refused(Reason.NOT_BY_WISH)
    return _opened(card, frozenset({way}), by, now)


def _opened(card: SafeContact, ways: frozenset[Channel], by: Actor, now: datetime) -> OpenCard:
    with transaction.atomic():
        look(person_ids=[card.person_id], purpose=Look.CALL_CARD, by=by, now=now)
        record(
            "outreach.safe_contact.opened",
            by_id=by.person_id,
            subject="people.person",
            subject_id=card.person_id,
            now=now,
            ways=" ".join(sorted(ways)),
        )
    return OpenCard(card, ways)
