"""Reads what the planner asks about persons: their wish, their ways, and when something last reached them.

One statement for any number of persons. Gives plain dataclasses; nothing here decides or writes.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, F, OuterRef, Subquery, When

from people.models import Person
from people.vocabulary import Rhythm

from .models import Delivery
from .planner import Needs
from .vocabulary import CLOSED_LIST, Channel, State


@dataclass(frozen=True)
class Facts:
    """One person as the door knows them now."""

    person_id: str
    language: str
    address: str
    needs: Needs


def _last_reached():
    return Subquery(
        Delivery.objects.filter(person_id=OuterRef("pk"), state=State.SENT, settled_at__isnull=False)
        .exclude(channel=Channel.IN_APP)
        .exclude(purpose__in=sorted(CLOSED_LIST))
        .order_by("-settled_at")
        .values("settled_at")[:1]
    )


WISH = (
    "contact_needs__rhythm",
    "contact_needs__quiet_until",
    "contact_needs__by_email",
    "contact_needs__quiet_from",
    "contact_needs__quiet_to",
)


def facts_of(person_ids: Iterable[str]) -> dict[str, Facts]:
    """What is known of these persons, by id. Who does not exist is not in it."""
    rows = (
        Person.objects.filter(pk__in=list(person_ids))
        .annotate(
            reached_at=_last_reached(),
            shut=Case(
                When(account__is_active=False, then=True),
                When(account__frozen_at__isnull=False, then=True),
                default=False,
            ),
            address=F("account__email"),
            rhythm_after=F("pause_memory__rhythm_after"),
        )
        .order_by("pk")  # the order in which rows are locked later: always the same, so nobody waits in a ring
        .values("pk", "language", "time_zone", "reached_at", "shut", "address", "rhythm_after", *WISH)
    )
    return {row["pk"]: _facts(row) for row in rows}


def _facts(row: dict) -> Facts:
    rhythm, until, by_email, start, end = (row[name] for name in WISH)
    return Facts(
        person_id=row["pk"],
        language=row["language"],
        address=row["address"] or "",
        needs=Needs(
            rhythm=Rhythm(rhythm or Rhythm.MATTERS),
            quiet_until=until,
            rhythm_after=Rhythm(row["rhythm_after"] or Rhythm.MATTERS),
            by_email=bool(by_email),
            quiet_from=start,
            quiet_to=end,
            time_zone=row["time_zone"],
            has_address=bool(row["address"]),
            is_frozen=bool(row["shut"]),
            reached_at=row["reached_at"],
        ),
    )
