"""What may be read of outreach: a person's notices, whether there is something new, their wish, a team's hours."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from people.actor import Actor
from people.models import ContactNeeds, SignIn
from people.policy import Refused
from people.vocabulary import Reason

from . import subjects
from .channels import push
from .facts import Facts, facts_of
from .models import Notice, PushSubscription, StaffedHours

MOST_NOTICES = 100


@dataclass(frozen=True)
class Shown:
    """One notice as its page shows it."""

    id: str
    why: str
    at: object
    is_read: bool
    leads_somewhere: bool


def unread(person_id: str) -> bool:
    """Whether there is something new. One statement; how many is nobody's worry."""
    return Notice.objects.filter(person_id=person_id, read_at__isnull=True).exists()


def notices_of(person_id: str) -> list[Shown]:
    """The newest notices of a person, those that are still of use."""
    rows = Notice.objects.filter(person_id=person_id).order_by("-created_at", "pk")[:MOST_NOTICES]
    return [
        Shown(
            id=row.pk,
            why=row.why,
            at=row.created_at,
            is_read=row.read_at is not None,
            leads_somewhere=address_of(row) is not None,
        )
        for row in rows
    ]


def address_of(notice: Notice) -> str | None:
    """Where the thing can be read, while this person may."""
    return subjects.address_of(notice.subject, notice.person_id, notice.subject_id)


def load_notice(actor: Actor, notice_id: str) -> Notice:
    notice = Notice.objects.filter(pk=notice_id).first()
    if notice is None:
        raise Refused(Reason.NOT_FOUND)
    return notice


def readable_notices(actor: Actor, queryset: QuerySet[Notice]) -> QuerySet[Notice]:
    """Beside the policy that lets a person read a notice: which ones."""
    return queryset.filter(person_id=actor.person_id) if actor.is_signed_in else queryset.none()


def facts_about(person_id: str, now: datetime) -> Facts:
    """One person's wish and ways, as the planner sees them at a moment."""
    return facts_of([person_id], now)[person_id]


def wish_of(person_id: str) -> ContactNeeds | None:
    """The wish as it was set, or None when nothing was chosen."""
    return ContactNeeds.objects.filter(person_id=person_id).first()


def hours_of(team_id: str) -> list[tuple]:
    """The staffed hours of a team: (weekday, opens, closes)."""
    return list(
        StaffedHours.objects.filter(team_id=team_id)
        .order_by("weekday", "opens")
        .values_list("weekday", "opens", "closes")
    )


@dataclass(frozen=True)
class PushHere:
    """Notices on the phone of one sign-in: whether the portal can, whether this phone may, and whether it is told."""

    is_possible: bool
    own_phone: bool
    is_on: bool
    key: str = ""
    app_name: str = settings.KRING_APP_NAME


def push_on(sign_in: SignIn) -> PushHere:
    if not push.is_possible():
        return PushHere(is_possible=False, own_phone=sign_in.own_phone, is_on=False)
    is_on = sign_in.own_phone and PushSubscription.objects.filter(sign_in_id=sign_in.pk).exists()
    return PushHere(is_possible=True, own_phone=sign_in.own_phone, is_on=is_on, key=push.application_key())
