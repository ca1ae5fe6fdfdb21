"""May I call, visit or write to this parent now? The planner's word for each way by hand, with the plain reason."""

from dataclasses import dataclass
from datetime import datetime

from .actions.tasks import as_it_stands, judge_task
from .facts import Facts, facts_of
from .models import Task as Row
from .planner import Notice, Task, Verdict, Withhold, plan
from .vocabulary import BY_HAND, Channel, Purpose


@dataclass(frozen=True)
class WayNow:
    """`at`: from when, where it is only put off. `because`: the sentence that says why not now."""

    way: Channel
    is_open: bool
    at: datetime | None = None
    because: str = ""


def ways_now(person_id: str, me: str, now: datetime, person: Facts | None = None) -> list[WayNow]:
    """The three ways, each as well as any reason to use it allows: to hear how she is, to tell her who took over,
    or a task that is mine."""
    person = person or facts_of([person_id], now)[person_id]
    rows = Row.objects.filter(person_id=person_id, done_at__isnull=True, withdrawn_at__isnull=True)
    tasks = [row for row in as_it_stands(rows.select_related("delivery__override")) if row.due_at <= now]
    took_over = person.is_unasked and person.needs.contact_person == me
    reasons = [Purpose.CHECK_IN, *([Purpose.INTRODUCTION] if took_over else [])]
    return [_best(Channel(way), person, tasks, reasons, me, now) for way in BY_HAND]


def _best(way: Channel, person: Facts, tasks: list[Row], reasons: list[Purpose], me: str, now: datetime) -> WayNow:
    verdicts = [plan(person.needs, Notice(purpose, by=me, way=way), now).outward for purpose in reasons]
    verdicts += [judge_task(row, person, now) for row in tasks if row.channel == way]
    found = [_read(way, one, me, now) for one in verdicts]
    return min(found, key=lambda one: (not one.is_open, one.at is None, one.at))


def _read(way: Channel, verdict: Verdict, me: str, now: datetime) -> WayNow:
    if isinstance(verdict, Withhold):
        return WayNow(way, False, because=verdict.reason.beforehand)
    because = verdict.because.beforehand if verdict.because else ""
    if isinstance(verdict, Task) and verdict.by not in ("", me):
        return WayNow(way, False, because=because)
    return WayNow(way, True) if verdict.at <= now else WayNow(way, False, verdict.at, because)
