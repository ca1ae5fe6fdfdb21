"""Facilitators appointed to a group and withdrawn from it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.record import record
from groups.models import Facilitation, Group, Membership
from groups.policies import groups as rules
from groups.vocabulary import PRESENT
from outreach.actions.duty import leave_team
from people import keep_apart
from people.actor import Actor
from people.models import Person
from people.policy import Refused
from people.queries import still_holds
from people.vocabulary import Reason, Role

from .groups import end_access_on_commit, locked


@transaction.atomic
def appoint_facilitator(*, group: Group, person: Person, by: Actor, now: datetime | None = None) -> Facilitation:
    """Refuses oneself, who does not hold the role, who is kept apart from a member, and one more than the cap. Rank
    opens no group: who makes groups and also holds the role of facilitator is appointed by somebody else.
    """
    now = now or timezone.now()
    group = locked(group.pk)
    rules.appoint_facilitator.require(by, group)
    if person.pk == by.person_id:
        raise Refused(Reason.OWN_CASE)
    there = list(Facilitation.objects.filter(group=group, withdrawn_at__isnull=True))
    for one in there:
        if one.person_id == person.pk:
            return one
    members = Membership.objects.filter(group=group, status__in=PRESENT).values_list("person_id", flat=True)
    apart = keep_apart.any_marked(person.pk, list(members))
    if apart or not still_holds(person.pk, Role.FACILITATOR):
        raise Refused(Reason.NOT_OPEN_NOW)
    if len(there) >= group.professional_cap:
        raise Refused(Reason.FULL)
    appointed = Facilitation.objects.create(group=group, person=person, appointed_at=now, appointed_by_id=by.person_id)
    record(
        "groups.facilitator.appointed",
        by_id=by.person_id,
        subject="groups.group",
        subject_id=group.pk,
        now=now,
        person=person.pk,
    )
    return appointed


@transaction.atomic
def withdraw_facilitator(*, facilitation: Facilitation, by: Actor, now: datetime | None = None) -> None:
    """The group closes for this person at once, and with it their duty. Done already: nothing happens."""
    now = now or timezone.now()
    group = locked(facilitation.group_id)
    rules.withdraw_facilitator.require(by, facilitation)
    _withdraw(facilitation.pk, group.pk, by.person_id, now)


@transaction.atomic
def leave_all_groups(*, person_id: str, now: datetime | None = None) -> None:
    """Who is no facilitator any more accompanies no group: what parents read of who reads along stays true, and the
    place is free. Whoever took the role away had the right to; given again, it opens no group by itself.
    """
    now = now or timezone.now()
    rows = Facilitation.objects.filter(person_id=person_id, withdrawn_at__isnull=True).order_by("group_id")
    for facilitation_id, group_id in list(rows.values_list("pk", "group_id")):
        locked(group_id)
        _withdraw(facilitation_id, group_id, "", now)


def _withdraw(facilitation_id: str, group_id: str, by_id: str, now: datetime) -> None:
    row = Facilitation.objects.select_for_update().get(pk=facilitation_id)
    if row.withdrawn_at is not None:
        return
    row.withdrawn_at, row.withdrawn_by_id = now, by_id
    row.save(update_fields=["withdrawn_at", "withdrawn_by_id"])
    leave_team(team_id=group_id, staff_id=row.person_id, now=now)
    record(
        "groups.facilitator.withdrawn",
        by_id=by_id,
        subject="groups.group",
        subject_id=group_id,
        now=now,
        person=row.person_id,
    )
    end_access_on_commit(row.person_id, group_id)
