"""What may be read of outreach: a person's notices, whether there is something new, their wish, a team's hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db.models import Q, QuerySet
from django.forms import model_to_dict

from audit.queries import last_time
from people.actor import Actor
from people.models import ContactNeeds, Person, SignIn
from people.policy import Refused
from people.queries import name_of_staff, names_of_staff
from people.vocabulary import Reason, Role

from . import subjects
from .channels import push
from .company import company_of
from .facts import Facts, facts_of
from .foreseeing import Foreseen, When, foresee
from .models import (
    Around,
    ContactMoment,
    Delivery,
    Leave,
    Notice,
    PushSubscription,
    SafeContact,
    StaffedHours,
    StaffProfile,
    Task,
)
from .planner import Notice as ToBe
from .ranks import place_of
from .vocabulary import CLOSED_LIST, ONLY_THERE, Channel, Purpose, State, Withheld, kind_of

MOST_NOTICES = 100
MOST_MOMENTS = 100
# No wish makes less of these.
NEVER_LESS = ONLY_THERE | CLOSED_LIST | {Purpose.URGENT}


@dataclass(frozen=True)
class Shown:
    """One notice as its page shows it. `less_at`: where on her contact page its kind stands, if it can be less."""

    id: str
    why: str
    at: object
    is_read: bool
    leads_somewhere: bool
    less_at: str


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
            less_at="" if row.purpose in NEVER_LESS else place_of(kind_of(Purpose(row.purpose))),
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


def preview(person_ids: Iterable[str], purpose: Purpose, by: str, now: datetime) -> list[Foreseen]:
    """What would become of a notice to each of these persons from this member of staff, before it is sent."""
    notice = ToBe(purpose, by=by)
    return [foresee(one.person_id, one.needs, notice, now) for one in facts_of(person_ids, now).values()]


def became(person_ids: Iterable[str], purpose: Purpose, subject: str, subject_id: str, now: datetime) -> list[Foreseen]:
    """What was done with the newest notice of this thing to each of these persons, in the same words."""
    rows = Delivery.objects.filter(
        person_id__in=list(person_ids), purpose=purpose, subject=subject, subject_id=subject_id
    )
    return [_became(row, now) for row in {row.person_id: row for row in rows.order_by("created_at")}.values()]


def _became(row: Delivery, now: datetime) -> Foreseen:
    if row.state in (State.WITHHELD, State.DROPPED, State.FAILED):
        reason = Withheld(row.reason) if row.reason else Withheld.EVERY_WAY_FAILED
        return Foreseen(row.person_id, When.IN_APP, because=reason.sentence)
    is_later = row.state == State.WAITING and row.due_at > now
    return Foreseen(row.person_id, When.LATER if is_later else When.NOW, Channel(row.channel), row.due_at)


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
    here = PushSubscription.objects.filter(sign_in_id=sign_in.pk, gone_at__isnull=True)
    is_on = sign_in.own_phone and here.exists()
    return PushHere(is_possible=True, own_phone=sign_in.own_phone, is_on=is_on, key=push.application_key())


@dataclass(frozen=True)
class PushToRenew:
    """What a page of the sign-in on which notices are wanted tells its script: our key, and which address we know."""

    key: str
    mark: str


def push_to_renew(sign_in: SignIn | None, now: datetime) -> PushToRenew | None:
    """Nothing where she switched nothing on in this very sign-in, or switched it off."""
    if sign_in is None or not push.is_possible():
        return None
    wanted = PushSubscription.objects.wanted(now).filter(sign_in_id=sign_in.pk).first()
    if wanted is None:
        return None
    mark = sha256(wanted.endpoint.encode()).hexdigest() if wanted.endpoint else ""
    return PushToRenew(push.application_key(), mark)


# --- the contact page -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A contact that was asked for and did not happen yet: in what way, and not before when."""

    way: str
    at: datetime


def asked_for(person_id: str) -> list[Asked]:
    waiting = Delivery.objects.filter(person_id=person_id, purpose=Purpose.CONTACT_ASKED, state=State.WAITING)
    tasks = Task.objects.filter(
        person_id=person_id, purpose=Purpose.CONTACT_ASKED, done_at__isnull=True, withdrawn_at__isnull=True
    )
    return [Asked(str(Channel(row.channel).label), row.due_at) for row in (*waiting, *tasks) if row.channel]


def contact_person_of(facts: Facts) -> str:
    """The name of the contact person as parents read it; empty when there is none."""
    return name_of_staff(facts.needs.contact_person) if facts.needs.contact_person else ""


def card_of(person_id: str) -> SafeContact | None:
    return SafeContact.objects.filter(person_id=person_id).first()


def people_stood_around_by(staff_id: str) -> set[str]:
    """The relation 'stands around': who said yes to this member of staff and did not let them go."""
    rows = Around.objects.filter(staff_id=staff_id, agreed_at__isnull=False, ended_at__isnull=True)
    return set(rows.values_list("person_id", flat=True))


def load_parent(actor: Actor, parent_id: str) -> Person:
    """A parent, with or without an account; a member of staff is nobody here."""
    person = Person.objects.filter(pk=parent_id, is_staff=False).first()
    if person is None:
        raise Refused(Reason.NOT_FOUND)
    return person


def email_stopped_at(facts: Facts) -> datetime | None:
    """When this person stopped e-mail by the link in one, as long as she has not chosen it again."""
    if any(Channel.EMAIL in ways for ways in (facts.needs.channels, *facts.needs.channels_by_kind.values())):
        return None
    return last_time("outreach.channel.stopped", subject="people.person", subject_id=facts.person_id)


@dataclass(frozen=True)
class Moment:
    """One contact with a parent, or a try, as its page shows it. `only_team`: the parent does not read it. `mine`: this
    reader wrote it.
    """

    id: str
    at: datetime
    who: str
    how: str
    outcome: str
    note: str
    only_team: bool
    corrected_at: datetime | None
    mine: bool


def readable_moments(actor: Actor, queryset: QuerySet[ContactMoment]) -> QuerySet[ContactMoment]:
    """Beside the policy that lets somebody read a contact moment: which ones."""
    own = Q(person_id=actor.person_id, parent_may_read=True)
    if Role.FACILITATOR in actor.roles:
        return queryset.filter(own | Q(person_id__in=company_of(actor.person_id)))
    return queryset.filter(own) if Role.PARENT in actor.roles else queryset.none()


def moments_with(actor: Actor, person_id: str) -> list[Moment]:
    """What this actor may read of contacts with this person, the latest first."""
    rows = list(
        readable_moments(actor, ContactMoment.objects.filter(person_id=person_id)).order_by("-at", "pk")[:MOST_MOMENTS]
    )
    names = names_of_staff({row.by_id for row in rows})
    return [
        Moment(
            id=row.pk,
            at=row.at,
            who=names.get(row.by_id, ""),
            how=str(row.get_how_display()),
            outcome=str(row.get_outcome_display()),
            note=row.note,
            only_team=not row.parent_may_read,
            corrected_at=row.corrected_at,
            mine=row.by_id == actor.person_id,
        )
        for row in rows
    ]


def load_moment(actor: Actor, moment_id: str) -> ContactMoment:
    moment = ContactMoment.objects.filter(pk=moment_id).first()
    if moment is None:
        raise Refused(Reason.NOT_FOUND)
    return moment


def load_around(actor: Actor, around_id: str) -> Around:
    """One professional around a parent, while it lasts."""
    around = Around.objects.filter(pk=around_id, ended_at__isnull=True).first()
    if around is None:
        raise Refused(Reason.NOT_FOUND)
    return around


def load_leave(actor: Actor, leave_id: str) -> Leave:
    leave = Leave.objects.filter(pk=leave_id).first()
    if leave is None:
        raise Refused(Reason.NOT_FOUND)
    return leave


def leaves_ahead(staff_id: str, now: datetime) -> list[Leave]:
    """Absences that are not over, the next first."""
    return list(Leave.objects.filter(staff_id=staff_id, ends_at__gt=now).order_by("starts_at", "pk"))


def said_of_oneself(staff_id: str) -> dict:
    """What a member of staff said of herself, as her form takes it."""
    profile = StaffProfile.objects.filter(person_id=staff_id).first()
    return model_to_dict(profile, exclude=["person"]) if profile else {}


def is_contact_person_of(staff_id: str, person_id: str) -> Around | None:
    """The row in which this member of staff is this parent's contact person, if it is so."""
    return Around.objects.filter(
        person_id=person_id, staff_id=staff_id, is_contact_person=True, agreed_at__isnull=False, ended_at__isnull=True
    ).first()
