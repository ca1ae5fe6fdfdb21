"""Keeps the safe-contact card. Whoever it is that changes it, the portal obeys at once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.record import record
from outreach.facts import facts_of
from outreach.models import SafeContact
from outreach.policies import keep_card as may_keep_card
from people.actor import Actor
from people.queries import hold_person

from .delivering import judge_again

FIELDS = (
    "phone",
    "may_text",
    "address",
    "hours",
    "if_someone_else",
    "may_leave_message",
    "code_word",
    "say_from",
)


def keep_card(*, person_id: str, by: Actor, now: datetime | None = None, **card) -> bool:
    """The whole card at once; True when something changed. That it changed is recorded, never what stands on it."""
    now = now or timezone.now()
    may_keep_card.require(by, person_id)
    unknown = set(card) - set(FIELDS)
    if unknown:
        raise ValueError(f"The card has no {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        hold_person(person_id)
        had = SafeContact.objects.filter(person_id=person_id).first()
        if had and all(getattr(had, name) == value for name, value in card.items()):
            return False
        before = facts_of([person_id], now)[person_id]
        who = {"changed_at": now, "changed_by_id": by.person_id}
        SafeContact.objects.update_or_create(person_id=person_id, defaults={**card, **who})
        record("outreach.card.changed", by_id=by.person_id, subject="people.person", subject_id=person_id, now=now)
        judge_again(person_id, before=before, now=now)
    return True
