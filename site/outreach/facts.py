"""Reads what the planner asks about persons: their wish, their ways, who stands by them, when something reached them.

One statement for any number of persons. Gives plain dataclasses; nothing here decides or writes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Exists, F, OuterRef, Subquery, When

from people.models import Account, Person
from people.vocabulary import AroundEvents, Rhythm, WhoMay

from . import wish as wishes
from .models import Around, ContactMoment, Delivery, Leave, PushSubscription, SafeContact, StandIn
from .models.contact_moment import REACHED
from .planner import Needs
from .vocabulary import CLOSED_LIST, Channel, State


@dataclass(frozen=True)
class Facts:
    """One person as the door knows them now. `is_unasked`: her contact person took over from a colleague, and she, who
    has no account, was not asked yet.
    """

    person_id: str
    language: str
    address: str
    needs: Needs
    has_chosen: bool = False
    is_unasked: bool = False


WISH = (
    "rhythm",
    "quiet_until",
    "channels",
    "channels_by_kind",
    "quiet_hours",
    "who_may",
    "around_events",
    "hard_days",
    "discreet",
)
PLAIN = (
    "pk",
    "language",
    "time_zone",
    "shut",
    "address",
    "rhythm_after",
    "sent_at",
    "met_at",
    "has_phone",
    "may_text",
    "has_address",
    "has_device",
    "contact_person",
    "away_from",
    "away_until",
    "locked_since",
    "stand_in",
    "unasked_since",
)


def _last_sent():
    return Subquery(
        Delivery.objects.filter(person_id=OuterRef("pk"), state=State.SENT, settled_at__isnull=False)
        .exclude(channel=Channel.IN_APP)
        .exclude(purpose__in=sorted(CLOSED_LIST))
        .order_by("-settled_at")
        .values("settled_at")[:1]
    )


def _last_met():
    moments = ContactMoment.objects.filter(person_id=OuterRef("pk"), outcome__in=REACHED)
    return Subquery(moments.order_by("-at").values("at")[:1])


def _on_the_card(*, without: str, **wanted):
    """Whether the safe-contact card holds what is asked for: an encrypted field can only be compared with nothing."""
    return Exists(SafeContact.objects.filter(person_id=OuterRef("pk"), **wanted).exclude(**{without: ""}))


def _of_contact_person(value: str, **more):
    mine = Around.objects.filter(
        person_id=OuterRef("pk"), is_contact_person=True, agreed_at__isnull=False, ended_at__isnull=True, **more
    )
    return Subquery(mine.values(value)[:1])


def _next_leave(value: str, now: datetime):
    leaves = Leave.objects.filter(staff_id=OuterRef("contact_person"), ends_at__gt=now).order_by("starts_at", "pk")
    return Subquery(leaves.values(value)[:1])


def _locked_since():
    """Since when the contact person cannot sign in: as long as that lasts, it is as if they were away."""
    return Subquery(Account.objects.filter(person_id=OuterRef("contact_person")).values("frozen_at")[:1])


def _stand_in(now: datetime):
    """Whom she named, unless they are away themselves by now, or cannot come in."""
    away = Leave.objects.filter(staff_id=OuterRef("staff_id"), starts_at__lte=now, ends_at__gt=now)
    named = StandIn.objects.filter(
        ~Exists(away),
        person_id=OuterRef("pk"),
        leave_id=OuterRef("leave_id"),
        staff__account__frozen_at__isnull=True,
    )
    return Subquery(named.values("staff_id")[:1])


def facts_of(person_ids: Iterable[str], now: datetime) -> dict[str, Facts]:
    """What is known of these persons at a moment, by id. Who does not exist is not in it."""
    rows = (
        Person.objects.filter(pk__in=list(person_ids))
        .annotate(
            sent_at=_last_sent(),
            met_at=_last_met(),
            shut=Case(
                When(account__is_active=False, then=True),
                When(account__frozen_at__isnull=False, then=True),
                default=False,
            ),
            address=F("account__email"),
            rhythm_after=F("pause_memory__rhythm_after"),
            has_phone=_on_the_card(without="phone"),
            may_text=_on_the_card(without="phone", may_text=True),
            has_address=_on_the_card(without="address"),
            has_device=Exists(PushSubscription.objects.living(now).filter(person_id=OuterRef("pk"))),
            contact_person=_of_contact_person("staff_id"),
            unasked_since=_of_contact_person("unasked_since", person__account__isnull=True),
        )
        .annotate(
            leave_id=_next_leave("pk", now),
            away_from=_next_leave("starts_at", now),
            away_until=_next_leave("ends_at", now),
            locked_since=_locked_since(),
        )
        .annotate(stand_in=_stand_in(now))
        .order_by("pk")  # the order in which rows are locked later: always the same, so nobody waits in a ring
        .values(*PLAIN, *(f"contact_needs__{name}" for name in WISH))
    )
    return {row["pk"]: _facts(row, now) for row in rows}


def _facts(row: dict, now: datetime) -> Facts:
    wish = {name: row[f"contact_needs__{name}"] for name in WISH}
    return Facts(
        person_id=row["pk"],
        language=row["language"],
        address=row["address"] or "",
        has_chosen=wish["rhythm"] is not None,
        is_unasked=row["unasked_since"] is not None,
        needs=Needs(
            rhythm=Rhythm(wish["rhythm"] or Rhythm.MATTERS),
            quiet_until=wish["quiet_until"],
            channels=wishes.channels_from(wish["channels"]),
            channels_by_kind=wishes.by_kind_from(wish["channels_by_kind"]),
            quiet_hours=wishes.quiet_hours_from(wish["quiet_hours"]),
            who_may=WhoMay(wish["who_may"] or WhoMay.TEAM),
            around_events=AroundEvents(wish["around_events"]) if wish["around_events"] else None,
            hard_days=wishes.hard_days_from(wish["hard_days"]),
            discreet=wish["discreet"] is not False,
            rhythm_after=Rhythm(row["rhythm_after"] or Rhythm.MATTERS),
            time_zone=row["time_zone"],
            reachable=_reachable(row),
            is_frozen=bool(row["shut"]),
            reached_at=max(filter(None, (row["sent_at"], row["met_at"])), default=None),
            contact_person=row["contact_person"] or "",
            away_from=row["locked_since"] or row["away_from"],
            # Nobody knows until when: it is asked again the next day.
            away_until=now + timedelta(days=1) if row["locked_since"] else row["away_until"],
            stand_in=row["stand_in"] or "",
        ),
    )


def _reachable(row: dict) -> frozenset[Channel]:
    """The ways for which there is an address or a number."""
    there = {
        Channel.EMAIL: row["address"],
        Channel.PUSH: row["has_device"],
        Channel.TEXT: row["may_text"],
        Channel.CALL: row["has_phone"],
        Channel.VISIT: row["has_address"],
        Channel.LETTER: row["has_address"],
    }
    return frozenset(Channel(way) for way, is_there in there.items() if is_there)


def number_of(person_id: str) -> str:
    """The number that a text message may go to, for the moment of sending; empty when there is none."""
    card = SafeContact.objects.filter(person_id=person_id, may_text=True).first()
    return card.phone if card else ""
