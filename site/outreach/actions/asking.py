"""A parent asks to be contacted. It is her own, newest wish: it breaks her silence, not her hours."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audit.record import record
from outreach.attempts import attempted
from outreach.models import Delivery, Task
from outreach.planner import Plan, Withhold
from outreach.policies import ask_for_contact as may_ask
from outreach.policies import take_back_contact
from outreach.unanswered import unanswered
from outreach.vocabulary import BY_HAND, SENDINGS, Channel, Outcome, Purpose, State, Withheld
from people.actor import Actor
from people.queries import hold_person

from .leasing import hold_outbox
from .reaching import reach

SUBJECT = "outreach.asked"


def ask_for_contact(*, by: Actor, way: Channel | None = None, now: datetime | None = None) -> Plan | None:
    """Asks for a call, a visit or a letter, or without a `way` for contact in the ways she chose before; None while
    the same was asked already and waits.
    """
    now = now or timezone.now()
    may_ask.require(by)
    if way is not None and way not in BY_HAND:
        raise ValueError("Somebody calls, visits or writes; nothing else can be asked for.")
    with transaction.atomic():
        hold_person(by.person_id)
        if _is_asked(by.person_id, way):
            return None
        record("outreach.contact.asked", by_id=by.person_id, subject="people.person", subject_id=by.person_id, now=now)
        return reach(
            person_id=by.person_id,
            purpose=Purpose.CONTACT_ASKED,
            subject=SUBJECT,
            subject_id=way.value if way else "",
            way=way,
            now=now,
        )


def take_back(*, by: Actor, now: datetime | None = None) -> int:
    """The parent does not need it any more; returns how many wishes for contact were still open."""
    now = now or timezone.now()
    take_back_contact.require(by)
    gone = 0
    with transaction.atomic():
        hold_outbox(by.person_id)
        gone += _drop(_waiting(by.person_id), now)
        gone += _open(by.person_id).update(withdrawn_at=now, reason=Withheld.NO_LONGER_OF_USE)
        # Nobody of the team reads any more that she asked, however it stood with it.
        unanswered([by.person_id]).delete()
    return gone


def answered_by_word(*, person_id: str, by_id: str, now: datetime) -> None:
    """Somebody wrote the word that a parent asked for by asking for contact in her own ways: nothing of it is open."""
    asked = {"subject_id": "", "way": ""}
    _drop(_waiting(person_id).filter(**asked), now)
    tasks = _open(person_id).filter(channel__in=SENDINGS, for_id__in=("", by_id))
    tasks.update(done_at=now, done_by_id=by_id)


def _drop(deliveries: QuerySet[Delivery], now: datetime) -> int:
    """Ends what waits and is no longer needed; returns how many."""
    rows = list(deliveries.select_for_update())
    for delivery in rows:
        over = Withhold(Withheld.NO_LONGER_OF_USE, Channel(delivery.channel) if delivery.channel else None)
        Delivery.objects.filter(pk=delivery.pk).update(state=State.DROPPED, reason=over.reason, settled_at=now)
        attempted(delivery, Outcome.DROPPED, over, now).save(force_insert=True)
    return len(rows)


def _is_asked(person_id: str, way: Channel | None) -> bool:
    if way is None:
        return _waiting(person_id).exists() or _open(person_id).exists()
    return _waiting(person_id).filter(subject_id=way).exists() or _open(person_id).filter(channel=way).exists()


def _waiting(person_id: str):
    return Delivery.objects.filter(person_id=person_id, purpose=Purpose.CONTACT_ASKED, state=State.WAITING)


def _open(person_id: str):
    return Task.objects.filter(
        person_id=person_id, purpose=Purpose.CONTACT_ASKED, done_at__isnull=True, withdrawn_at__isnull=True
    )
