"""What was sent to a parent, what was not, what did not get through, and why: the same lines for her and for staff.

She reads all of it. Staff in whose company she is read what the team itself sent, and of groups only those that they
accompany; codes, and what she must know of her own access, are hers alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Prefetch, Q, QuerySet

from audit.queries import last_times
from people.actor import Actor
from people.models import Person

from . import subjects
from .facts import Facts
from .faults import Fault
from .models import Attempt, Delivery
from .vocabulary import CLOSED_LIST, SENDINGS, Channel, Outcome, State, Withheld

MOST_SENDINGS = 50
MOST_TRIES = 8
LOOKS_BACK = timedelta(days=30)
REASONS = {word.value: word for word in (*Withheld, *Fault)}
DID_NOT_GET_THROUGH = (Outcome.OTHER_WAY, Outcome.FAILED, Outcome.FAILED_FOR_NOW)


@dataclass(frozen=True)
class Try:
    """One try, or one time it was put off or withheld. `until`: when it is asked again."""

    at: datetime
    way: str
    became: str
    because: str
    until: datetime | None


@dataclass(frozen=True)
class Sending:
    """One sending or its absence: why it was, what became of it, why it was not, and when it is asked again."""

    at: datetime
    why: str
    way: str
    became: str
    because: str
    again_at: datetime | None
    tries: list[Try]


@dataclass(frozen=True)
class Stuck:
    """A way on which the last sending did not get through. `for_good`: it is not tried again by itself."""

    way: Channel
    because: str
    for_good: bool


def sendings_to(person_id: str) -> list[Sending]:
    """The newest sendings of a person, and what was not sent: all of it, for herself."""
    return _shown(_newest(person_id)[:MOST_SENDINGS])


def sendings_in_sight(actor: Actor, person_id: str) -> list[Sending]:
    """The same for a member of staff who may open this person's page: what such a one may know of."""
    rows = list(_newest(person_id).exclude(purpose__in=sorted(CLOSED_LIST))[: 3 * MOST_SENDINGS])
    about: dict[str, set[str]] = {}
    for row in rows:
        about.setdefault(row.subject, set()).add(row.subject_id)
    known = {kind: subjects.in_sight(kind, actor, ids) for kind, ids in about.items() if kind}
    seen = [row for row in rows if not row.subject or row.subject_id in known[row.subject]]
    return _shown(seen[:MOST_SENDINGS])


def _newest(person_id: str) -> QuerySet[Delivery]:
    tries = Prefetch("attempts", Attempt.objects.order_by("-at", "-pk"), to_attr="latest_tries")
    return Delivery.objects.filter(person_id=person_id).order_by("-created_at", "pk").prefetch_related(tries)


def _shown(rows: Iterable[Delivery]) -> list[Sending]:
    """What happened last comes first."""
    return sorted(map(_sending, rows), key=lambda one: one.at, reverse=True)


def _sending(row: Delivery) -> Sending:
    last = row.latest_tries[0] if row.latest_tries else None
    is_alive = row.state in (State.WAITING, State.LEASED)
    reason = row.reason or (last.reason if last and last.outcome != Outcome.SENT else "")
    return Sending(
        at=row.settled_at or row.created_at,
        why=row.get_purpose_display(),
        way=row.get_channel_display() if row.channel else "",
        became=last.get_outcome_display() if is_alive and last else row.get_state_display(),
        because=_sentence(reason),
        again_at=(row.next_try_at or row.due_at) if is_alive else None,
        tries=[_try(one) for one in reversed(row.latest_tries[:MOST_TRIES])],
    )


def _try(one: Attempt) -> Try:
    way = one.get_channel_display() if one.channel else ""
    return Try(one.at, way, one.get_outcome_display(), _sentence(one.reason), one.until)


def _sentence(reason: str) -> str:
    return REASONS[reason].sentence if reason in REASONS else ""


def stuck_ways(people: Iterable[Facts], now: datetime) -> dict[str, list[Stuck]]:
    """By person, the ways on which the last try did not get through and nothing was mended since.

    Also when nothing can be tried because no way that she chose exists any more: an address or a phone that is gone.
    One statement for any number of persons, two more when something did not get through.
    """
    people = {one.person_id: one for one in people}
    failed = _last_failures(people, now)
    mended = _last_mended({person_id for person_id, _ in failed})
    found: dict[str, list[Stuck]] = {}
    for (person_id, way), last in failed.items():
        is_mended = mended.get((person_id, way), last["at_last"]) > last["at_last"]
        if way in people[person_id].needs.reachable and not is_mended:
            for_good = last["outcome"] != Outcome.FAILED_FOR_NOW
            found.setdefault(person_id, []).append(Stuck(way, _sentence(last["reason"]), for_good))
    for person_id, one in people.items():
        chosen = one.needs.channels
        if chosen and chosen[0] in SENDINGS and not one.needs.reachable.intersection(chosen):
            found.setdefault(person_id, []).append(Stuck(chosen[0], Withheld.NO_ADDRESS.sentence, for_good=True))
    return found


def _last_failures(person_ids: Iterable[str], now: datetime) -> dict[tuple[str, Channel], dict]:
    """What was last tried on each way, where it failed. What is of her access may have gone to an address not hers:
    the former one, or one that she only wants to use. It is not asked.
    """
    tried = (
        Attempt.objects.filter(
            Q(outcome__in=(Outcome.SENT, *DID_NOT_GET_THROUGH)),
            delivery__person_id__in=list(person_ids),
            at__gt=now - LOOKS_BACK,
            channel__in=SENDINGS,
        )
        .exclude(delivery__purpose__in=sorted(CLOSED_LIST))
        .values("delivery__person_id", "channel", "outcome", "reason")
        .annotate(at_last=Max("at"))
        .order_by("at_last")
    )
    last = {(row["delivery__person_id"], Channel(row["channel"])): row for row in tried}
    return {key: row for key, row in last.items() if row["outcome"] != Outcome.SENT}


def _last_mended(person_ids: set[str]) -> dict[tuple[str, Channel], datetime]:
    """When each last gave another address, number or phone."""
    if not person_ids:
        return {}
    rows = Person.objects.filter(pk__in=person_ids).values_list(
        "pk", "account", "safe_contact__changed_at", Max("push_subscriptions__created_at")
    )
    rows = list(rows)
    addresses = last_times("people.email.set", subject="people.account", subject_ids=[row[1] for row in rows if row[1]])
    mended = {}
    for person_id, account_id, card_at, phone_at in rows:
        for way, at in ((Channel.EMAIL, addresses.get(account_id)), (Channel.TEXT, card_at), (Channel.PUSH, phone_at)):
            if at:
                mended[person_id, way] = at
    return mended
