"""The one door: says that there is something for a person; the person's wish decides what becomes of it.

Only rows are written, in the caller's transaction: a rollback of the cause takes them along. Nothing is sent here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from outreach.attempts import attempted
from outreach.facts import Facts, facts_of
from outreach.models import Attempt, Delivery, Notice, Override
from outreach.models.notice import unread_key
from outreach.planner import Needs, Plan, Send, Verdict, Withhold, plan
from outreach.planner import Notice as Happening
from outreach.rows import insert_all
from outreach.vocabulary import CODES, Channel, Outcome, Purpose, State

# A second happening of the same kind, before the first is read, only moves the notice that is there.
MERGE = (
    "ON CONFLICT (person_id, unread_key) DO UPDATE SET merged_count = held.merged_count + 1, "
    "created_at = excluded.created_at, by_id = excluded.by_id"
)


@dataclass(frozen=True)
class What:
    """One happening as it is told: why, about which thing, and from whom."""

    purpose: Purpose
    by_id: str = ""
    subject: str = ""
    subject_id: str = ""
    code: str = ""
    former_address: str = ""
    to_address: str = ""
    override: Override | None = None
    way: Channel | None = None
    not_before: datetime | None = None

    @property
    def happening(self) -> Happening:
        until = self.override.ends_at if self.override else None
        return Happening(self.purpose, by=self.by_id, way=self.way, way_was_asked=self.is_asked, override_until=until)

    @property
    def is_asked(self) -> bool:
        """Whether the parent herself asked for this way."""
        return self.purpose == Purpose.CONTACT_ASKED and self.way is not None

    def moment(self, now: datetime) -> datetime:
        """The moment that the wish is asked about."""
        return max(now, self.not_before or now)


def reach(
    *,
    person_id: str,
    purpose: Purpose,
    by_id: str = "",
    subject: str = "",
    subject_id: str = "",
    code: str = "",
    former_address: str = "",
    to_address: str = "",
    override: Override | None = None,
    way: Channel | None = None,
    now: datetime | None = None,
) -> Plan | None:
    """Tells one person, and gives back what the wish made of it; None when nobody has this id.

    Call it inside the transaction of what caused it. `code` goes only with the code purposes; `override` only with
    acute danger, from `overriding`; `way` where the way was asked for. `former_address` only with a change of the
    address itself: word of it goes there, and not to the new one. `to_address` only with a code that shall show whose
    that address is. `by_id` is the member of staff it comes from,
    where it comes from one.
    """
    what = What(Purpose(purpose), by_id, subject, subject_id, code, former_address, to_address, override, way)
    return _reach([person_id], what, now or timezone.now()).get(person_id)


def reach_many(
    *,
    person_ids: Iterable[str],
    purpose: Purpose,
    by_id: str = "",
    subject: str = "",
    subject_id: str = "",
    way: Channel | None = None,
    not_before: datetime | None = None,
    now: datetime | None = None,
) -> dict[str, Plan]:
    """Tells many persons the same thing, in at most four statements. `by_id` is never told about their own act.

    `way` and `not_before`: what the team chose within the wish. It holds until the thing is done or withheld.
    """
    persons = sorted(set(person_ids) - {by_id})
    what = What(Purpose(purpose), by_id, subject, subject_id, way=way, not_before=not_before)
    return _reach(persons, what, now or timezone.now())


def _reach(person_ids: list[str], what: What, now: datetime) -> dict[str, Plan]:
    if bool(what.code) != (what.purpose in CODES):
        raise ValueError("A code goes with the purposes of the closed list that carry one, and with no other.")
    if what.former_address and what.purpose != Purpose.ACCESS_CHANGED:
        raise ValueError("Another address than that of the account is only for word that the address was changed.")
    if what.to_address and not what.code:
        raise ValueError("An address that is not the account's yet gets the code that shows whose it is, and no more.")
    if (what.override is not None) != (what.purpose == Purpose.URGENT):
        raise ValueError("Acute danger goes with what two of the team decided, and with nothing else.")
    if what.override is not None and person_ids != [what.override.person_id]:
        raise ValueError("What two of the team decided is for one person.")
    with transaction.atomic(savepoint=False):
        facts = facts_of(person_ids, now)
        plans = {who: plan(_needs(one, what), what.happening, what.moment(now)) for who, one in facts.items()}
        notices = _stand_there([who for who, one in plans.items() if isinstance(one.in_app, Send)], what, now)
        deliveries, attempts = [], []
        for who, one in plans.items():
            delivery, attempt = _put_in_outbox(who, one.outward, what, now)
            delivery.notice_id = notices.get(who)
            deliveries.append(delivery)
            attempts += [attempt] if attempt else []
        insert_all(deliveries)
        insert_all(attempts)
    return plans


def _needs(one: Facts, what: What) -> Needs:
    """What is addressed elsewhere can be mailed, whatever address the account has."""
    return replace(one.needs, reachable=one.needs.reachable | {Channel.EMAIL}) if what.to_address else one.needs


def _stand_there(person_ids: list[str], what: What, now: datetime) -> dict[str, str]:
    """Writes the notices in the app, and gives their ids by person."""
    key = unread_key(what.purpose, what.subject, what.subject_id)
    notices = [
        Notice(
            person_id=person_id,
            purpose=what.purpose,
            subject=what.subject,
            subject_id=what.subject_id,
            by_id=what.by_id,
            created_at=now,
            unread_key=key,
        )
        for person_id in person_ids
    ]
    return dict(insert_all(notices, conflict=MERGE, returning=["person_id", "id"]))


def _put_in_outbox(person_id: str, verdict: Verdict, what: What, now: datetime) -> tuple[Delivery, Attempt | None]:
    """What becomes of it outward, and the record of why not (yet) when it is not for now."""
    delivery = Delivery(
        person_id=person_id,
        purpose=what.purpose,
        channel=verdict.channel or "",
        subject=what.subject,
        subject_id=what.subject_id,
        override=what.override,
        way=what.way or "",
        not_before=what.not_before,
        created_at=now,
    )
    if isinstance(verdict, Withhold):
        delivery.state, delivery.reason, delivery.settled_at = State.WITHHELD, verdict.reason, now
        return delivery, attempted(delivery, Outcome.WITHHELD, verdict, now)
    delivery.due_at = verdict.at
    delivery.payload = f"{what.code} {what.to_address}".strip() or what.former_address
    return delivery, attempted(delivery, Outcome.PUT_OFF, verdict, now) if verdict.because else None
