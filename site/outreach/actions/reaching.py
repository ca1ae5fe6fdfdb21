"""The one door: says that there is something for a person; the person's wish decides what becomes of it.

Only rows are written, in the caller's transaction: a rollback of the cause takes them along. Nothing is sent here.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from outreach.facts import Facts, facts_of
from outreach.models import Attempt, Delivery, Notice
from outreach.models.notice import unread_key
from outreach.planner import Notice as Happening
from outreach.planner import Send, plan
from outreach.rows import insert_all
from outreach.vocabulary import CODES, Channel, Outcome, Purpose, State

# A second happening of the same kind, before the first is read, only moves the notice that is there.
MERGE = (
    "ON CONFLICT (person_id, unread_key) DO UPDATE SET merged_count = held.merged_count + 1, "
    "created_at = excluded.created_at, by_id = excluded.by_id"
)


def reach(
    *,
    person_id: str,
    purpose: Purpose,
    by_id: str = "",
    subject: str = "",
    subject_id: str = "",
    code: str = "",
    now: datetime | None = None,
) -> None:
    """Tells one person. Call it inside the transaction of what caused it; `code` only for the code purposes."""
    _reach([person_id], Purpose(purpose), by_id, subject, subject_id, code, now or timezone.now())


def reach_many(
    *,
    person_ids: Iterable[str],
    purpose: Purpose,
    by_id: str = "",
    subject: str = "",
    subject_id: str = "",
    now: datetime | None = None,
) -> None:
    """Tells many persons the same thing, in at most four statements. `by_id` is never told about their own act."""
    persons = sorted(set(person_ids) - {by_id})
    _reach(persons, Purpose(purpose), by_id, subject, subject_id, "", now or timezone.now())


def _reach(person_ids, purpose, by_id, subject, subject_id, code, now) -> None:
    if bool(code) != (purpose in CODES):
        raise ValueError("A code goes with the purposes of the closed list that carry one, and with no other.")
    with transaction.atomic(savepoint=False):
        facts = facts_of(person_ids)
        notices = {}
        if purpose not in CODES:
            notices = _stand_there(facts, purpose, by_id, subject, subject_id, now)
        deliveries, attempts = [], []
        for person in facts.values():
            delivery, attempt = _put_in_outbox(person, purpose, now)
            delivery.subject, delivery.subject_id, delivery.payload = subject, subject_id, code
            delivery.notice_id = notices.get(person.person_id)
            if delivery.state == State.WITHHELD:
                delivery.payload = ""
            deliveries.append(delivery)
            attempts += [attempt] if attempt else []
        insert_all(deliveries)
        insert_all(attempts)


def _stand_there(facts: dict[str, Facts], purpose, by_id, subject, subject_id, now) -> dict[str, str]:
    """Writes the notices in the app, and gives their ids by person."""
    key = unread_key(purpose, subject, subject_id)
    notices = [
        Notice(
            person_id=person,
            purpose=purpose,
            subject=subject,
            subject_id=subject_id,
            by_id=by_id,
            created_at=now,
            unread_key=key,
        )
        for person in facts
    ]
    return dict(insert_all(notices, conflict=MERGE, returning=["person_id", "id"]))


def _put_in_outbox(person: Facts, purpose: Purpose, now: datetime) -> tuple[Delivery, Attempt | None]:
    """The delivery by e-mail that the plan asks for, and the record of why not (yet) when it does not."""
    verdict = next(one for one in plan(person.needs, Happening(purpose), now) if one.channel == Channel.EMAIL)
    delivery = Delivery(person_id=person.person_id, channel=Channel.EMAIL, purpose=purpose, created_at=now)
    if isinstance(verdict, Send):
        delivery.due_at = verdict.at
        if verdict.because is None:
            return delivery, None
        return delivery, Attempt(delivery=delivery, at=now, outcome=Outcome.PUT_OFF, reason=verdict.because)
    delivery.state, delivery.reason, delivery.settled_at = State.WITHHELD, verdict.reason, now
    return delivery, Attempt(delivery=delivery, at=now, outcome=Outcome.WITHHELD, reason=verdict.reason)
