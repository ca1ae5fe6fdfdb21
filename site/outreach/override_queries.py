"""What may be read of a decision to reach someone past the wish."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from people.actor import Actor
from people.models import Person
from people.policy import Refused
from people.queries import locked_out, staff_with
from people.vocabulary import Reason, Role

from . import circles
from .models import Around, Delivery, Override
from .names import names_for
from .vocabulary import BY_HAND, Channel

SUBJECT = "outreach.override"
# From asking to confirming, and from confirming to the one message: danger that can wait longer is not acute.
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Line:
    """One that waits, as one reader sees it on an open page. `waits_for`: what she may do; empty: nothing."""

    id: str
    sequence: int
    waits_for: str


def override_for(actor: Actor, override_id: str) -> Override:
    found = Override.objects.filter(pk=override_id).first()
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


def parent_for(actor: Actor, parent_id: str) -> str:
    """The id of a person who is no member of staff."""
    if not Person.objects.filter(pk=parent_id, is_staff=False).exists():
        raise Refused(Reason.NOT_FOUND)
    return parent_id


def who_may_confirm(person_id: str, *, but: str) -> list[str]:
    """Everyone who may be the second and can come in: who accompanies this person or stands around them, and who is on
    duty. A colleague whose account is locked would be waited for in vain."""
    facilitators = {person.pk for person in staff_with(Role.FACILITATOR)}
    here = Around.objects.filter(person_id=person_id, agreed_at__isnull=False, ended_at__isnull=True)
    around = set(here.values_list("staff_id", flat=True))
    near = (circles.staff_of([person_id]).get(person_id, set()) | around) & facilitators
    everyone = (near | {person.pk for person in staff_with(Role.MODERATOR)}) - {but, person_id}
    return sorted(everyone - locked_out(everyone))


def name_for(actor: Actor, person_id: str) -> str:
    """How this actor knows the person; empty when she does not."""
    return names_for(actor, [person_id])[person_id]


def open_for(person_id: str, now: datetime) -> Override | None:
    """What was asked or confirmed for this person and is not over yet, the latest first."""
    rows = Override.objects.filter(person_id=person_id, used_at__isnull=True).order_by("-asked_at")
    return next((one for one in rows if not is_over(one, now)), None)


def is_over(override: Override, now: datetime) -> bool:
    """Asked and not confirmed within the hour, or confirmed and not used within the hour."""
    return now >= (override.ends_at or override.asked_at + HOUR)


def by_hand(override: Override) -> Channel | None:
    """The way of the one message, where no machine sends it but one of the team calls or goes there."""
    way = Delivery.objects.filter(override=override).values_list("channel", flat=True).first()
    return Channel(way) if way in BY_HAND else None


def address_of(person_id: str, override_id: str) -> str | None:
    """For the parent her own page; for the team, while somebody else still has to decide."""
    override = Override.objects.filter(pk=override_id).first()
    if override is None:
        return None
    if override.person_id == person_id:
        return reverse("my:urgent", args=[override_id]) if override.confirmed_at else None
    return reverse("work:override", args=[override_id])


def of_late(now: datetime, *, named: str | None = None) -> list[Override]:
    """All that can still be open, and what became of the rest of these hours; or the one with this id."""
    if named is not None:
        return list(Override.objects.filter(pk=named))
    return list(Override.objects.filter(asked_at__gt=now - 2 * HOUR).order_by("asked_at", "pk"))


def lines_for(reader_id: str, overrides: Iterable[Override], now: datetime) -> list[Line]:
    """What each of these asks of a reader who stands near."""
    return [Line(one.pk, one.sequence, _waits_for(one, reader_id, now)) for one in overrides]


def _waits_for(override: Override, reader_id: str, now: datetime) -> str:
    """The second person, or then the message of one of the two."""
    if override.used_at or is_over(override, now):
        return ""
    if override.confirmed_at is None:
        return "" if reader_id == override.asked_by_id else "second"
    return "message" if reader_id in (override.asked_by_id, override.confirmed_by_id) else ""


def lines_of(actor: Actor, now: datetime) -> list[Line]:
    """The lines of this member of staff now: only of whom she stands near."""
    near = [one for one in of_late(now) if actor.person_id in who_may_confirm(one.person_id, but="")]
    return lines_for(actor.person_id, near, now)
