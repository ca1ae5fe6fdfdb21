"""Who of a team is on duty: now, next, and in a week. What does not hold is shown to the team and promised to nobody.

A shift holds while whom it names may act as a facilitator and is not away in any of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils import timezone

from people.actor import Actor
from people.policy import Refused
from people.queries import names_of_staff, staff_with
from people.vocabulary import Reason, Role

from .circles import Team, circles_of, teams_of
from .duty_policies import Post, set_duty
from .models import DutyShift, Leave
from .wall_clock import moment_of, monday_of, zone_named

AHEAD = timedelta(days=22)
SUBJECT = "outreach.duty"
DAYS_OF_A_WEEK = 7
MOST_DAYS = 400


@dataclass(frozen=True)
class Shift:
    """One shift as the team reads it. `holds` is not so while its person is away: then nobody is there."""

    id: str
    staff_id: str
    name: str
    starts_at: datetime
    ends_at: datetime
    holds: bool
    may_take_back: bool = False


@dataclass(frozen=True)
class Week:
    """Seven days of a team, each with its shifts in order."""

    monday: date
    days: list[tuple[date, list[Shift]]]

    @property
    def before(self) -> date:
        return self.monday - timedelta(days=DAYS_OF_A_WEEK)

    @property
    def after(self) -> date:
        return self.monday + timedelta(days=DAYS_OF_A_WEEK)

    @property
    def is_planned(self) -> bool:
        return any(shifts for _, shifts in self.days)


@dataclass(frozen=True)
class OnDuty:
    """A team today: who is there now and until when, and who comes next."""

    team: Team
    now: list[Shift]
    next: Shift | None


def shifts() -> QuerySet[DutyShift]:
    """All shifts, each saying whether it holds."""
    away = Leave.objects.filter(
        staff=OuterRef("staff"), starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")
    )
    may_act = Q(staff__in=staff_with(Role.FACILITATOR).values("pk"), staff__account__frozen_at__isnull=True)
    return DutyShift.objects.annotate(
        holds=ExpressionWrapper(~Exists(away) & may_act, output_field=BooleanField())
    ).order_by("starts_at", "pk")


def week_of(team: Team, day: date, actor: Actor, now: datetime) -> Week:
    """The week in which this day lies, on the clock of the portal."""
    zone, monday = zone_named(settings.TIME_ZONE), monday_of(day)
    starts, ends = (moment_of(monday + timedelta(days=ahead), time(0), zone) for ahead in (0, DAYS_OF_A_WEEK))
    rows = list(shifts().filter(team_id=team.id, starts_at__gte=starts, starts_at__lt=ends))
    names = names_of_staff({row.staff_id for row in rows})
    days: dict[date, list[Shift]] = {monday + timedelta(days=ahead): [] for ahead in range(DAYS_OF_A_WEEK)}
    for row in rows:
        may = row.ends_at > now and set_duty.allows(actor, row)
        days[row.starts_at.astimezone(zone).date()].append(_shift(row, names, may))
    return Week(monday, list(days.items()))


def on_duty(actor: Actor, now: datetime) -> list[OnDuty]:
    """Today, for each team of this actor that planned something ahead."""
    teams = teams_of(actor)
    rows = list(_ahead({team.id for team in teams}, now))
    names = names_of_staff({row.staff_id for row in rows})
    found = []
    for team in teams:
        theirs = [_shift(row, names) for row in rows if row.team_id == team.id and row.staff_id in team.staff_ids]
        there = [one for one in theirs if one.starts_at <= now]
        coming = next((one for one in theirs if one.starts_at > now), None)
        if there or coming:
            found.append(OnDuty(team, there, coming))
    return found


def first_readers(actor: Actor, duty: Iterable[OnDuty]) -> dict[str, dict[str, str]]:
    """By person of the actor's company: who is on duty for their team now, by id with the name. Else nobody."""
    there = {one.team.id: {shift.staff_id: shift.name for shift in one.now} for one in duty if one.now}
    found: dict[str, dict[str, str]] = {}
    for circle in circles_of(actor) if there else ():
        for person_id in circle.person_ids:
            found.setdefault(person_id, {}).update(there.get(circle.id, {}))
    return found


def in_the_way(team_id: str, staff_id: str, starts_at: datetime, ends_at: datetime) -> Reason | None:
    """Why this person cannot be on duty then, or nothing when they can. Why somebody is away stands nowhere."""
    span = {"staff_id": staff_id, "starts_at__lt": ends_at, "ends_at__gt": starts_at}
    if Leave.objects.filter(**span).exists():
        return Reason.AWAY_THEN
    if DutyShift.objects.filter(team_id=team_id, **span).exists():
        return Reason.ON_DUTY_THEN
    return None


def could_be_on_duty(team: Team, actor: Actor) -> list[tuple[str, str]]:
    """Whom this actor may put on duty for the team, by name; oneself first."""
    may = {one for one in team.staff_ids if set_duty.allows(actor, Post(team.id, one))}
    names = names_of_staff(may)
    return sorted(names.items(), key=lambda pair: (pair[0] != actor.person_id, pair[1].casefold()))


def load_shift(actor: Actor, shift_id: str) -> DutyShift:
    shift = DutyShift.objects.filter(pk=shift_id).first()
    if shift is None:
        raise Refused(Reason.NOT_FOUND)
    return shift


def today() -> date:
    return timezone.localdate(timezone=zone_named(settings.TIME_ZONE))


def day_of(shift: DutyShift) -> date:
    return shift.starts_at.astimezone(zone_named(settings.TIME_ZONE)).date()


def within_reach(asked: date | None) -> date:
    """The day whose week is shown: today where nothing, or nothing near, was asked for."""
    return asked if asked and abs(asked - today()).days <= MOST_DAYS else today()


def _ahead(team_ids: set[str], now: datetime) -> QuerySet[DutyShift]:
    return shifts().filter(team_id__in=team_ids, ends_at__gt=now, starts_at__lt=now + AHEAD, holds=True)


def _shift(row, names: dict[str, str], may_take_back: bool = False) -> Shift:
    name = names.get(row.staff_id, "")
    return Shift(row.pk, row.staff_id, name, row.starts_at, row.ends_at, row.holds, may_take_back)
