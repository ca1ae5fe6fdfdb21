"""Households: people of one family, known to staff only. A person is in one household at most."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.record import record
from people.actor import Actor
from people.models import Household, HouseholdMember
from people.policies import families as policies
from people.policy import Refused
from people.vocabulary import Reason


def make(*, person_ids: list[str], by: Actor, cap: int = 3, now: datetime | None = None) -> Household:
    """A household of these people; `cap` is how many professionals may stand around it."""
    policies.change_household.require(by, *person_ids)
    now = now or timezone.now()
    with transaction.atomic():
        household = Household.objects.create(professional_cap=cap, created_at=now, created_by_id=by.person_id)
        record(
            "people.household.made",
            by_id=by.person_id,
            subject="people.household",
            subject_id=household.pk,
            now=now,
        )
        for person_id in person_ids:
            _add(household, person_id, by, now)
    return household


def add_member(*, household: Household, person_id: str, by: Actor, now: datetime | None = None) -> None:
    policies.change_household.require(by, person_id, *household.members.values_list("person_id", flat=True))
    with transaction.atomic():
        _add(household, person_id, by, now or timezone.now())


def _add(household: Household, person_id: str, by: Actor, now: datetime) -> None:
    row, fresh = HouseholdMember.objects.get_or_create(person_id=person_id, defaults={"household": household})
    if row.household_id != household.pk:
        raise Refused(Reason.CHANGED_MEANWHILE)
    if fresh:
        record(
            "people.household.member_added",
            by_id=by.person_id,
            subject="people.household",
            subject_id=household.pk,
            now=now,
            person_id=person_id,
        )


def remove_member(*, household: Household, person_id: str, by: Actor, now: datetime | None = None) -> None:
    policies.change_household.require(by, person_id, *household.members.values_list("person_id", flat=True))
    with transaction.atomic():
        if HouseholdMember.objects.filter(household=household, person_id=person_id).delete()[0]:
            record(
                "people.household.member_removed",
                by_id=by.person_id,
                subject="people.household",
                subject_id=household.pk,
                now=now,
                person_id=person_id,
            )
