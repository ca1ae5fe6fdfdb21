"""One message past the wish, in acute danger: asked with a reason, confirmed by a second person, gone after an hour.

The parent finds afterwards who did it, when and why; the history keeps it.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.record import record
from outreach import live
from outreach import override_policies as rules
from outreach.models import Override
from outreach.models.override import Danger
from outreach.override_queries import HOUR, SUBJECT, is_over, who_may_confirm
from outreach.planner import Plan, Withhold
from outreach.vocabulary import Purpose
from people.actor import Actor
from people.policy import Refused
from people.queries import hold_person
from people.vocabulary import Reason, Role

from .reaching import reach, reach_many

WORDS_LIMIT = 1000


def ask_override(*, person_id: str, danger: Danger, because: str, by: Actor, now: datetime | None = None) -> Override:
    """Asks a second person. Nothing reaches the parent yet. Sent twice while it waits, it is asked once."""
    rules.ask_override.require(by, person_id)
    now, because = now or timezone.now(), because.strip()
    if not because:
        raise Refused(Reason.NEEDS_REASON)
    if len(because) > WORDS_LIMIT:
        raise Refused(Reason.TOO_LONG)
    with transaction.atomic():
        hold_person(person_id)
        earlier = _asked_before(person_id, danger, because, by, now)
        if earlier:
            return earlier
        override = Override.objects.create(
            person_id=person_id, danger=Danger(danger), because=because, asked_at=now, asked_by_id=by.person_id
        )
        _record("asked", override, by, now, because=because)
        reach_many(
            person_ids=who_may_confirm(person_id, but=by.person_id),
            purpose=Purpose.TEAM_TASK,
            by_id=by.person_id,
            subject=SUBJECT,
            subject_id=override.pk,
            now=now,
        )
        live.hint_asked(override)
    return override


def _asked_before(person_id: str, danger: Danger, because: str, by: Actor, now: datetime) -> Override | None:
    rows = Override.objects.filter(person_id=person_id, danger=danger, asked_by_id=by.person_id, used_at__isnull=True)
    return next((one for one in rows.order_by("-asked_at") if one.because == because and not is_over(one, now)), None)


def confirm_override(*, override: Override, by: Actor, now: datetime | None = None) -> Override:
    """The second person says yes: from now on, for an hour, one message may go."""
    now = now or timezone.now()
    with transaction.atomic():
        override = _locked(override, rules.confirm_override, by, now)
        override.confirmed_at, override.confirmed_by_id, override.ends_at = now, by.person_id, now + HOUR
        override.save(update_fields=["confirmed_at", "confirmed_by_id", "ends_at"])
        _record("confirmed", override, by, now)
        reach(
            person_id=override.asked_by_id,
            purpose=Purpose.TEAM_TASK,
            by_id=by.person_id,
            subject=SUBJECT,
            subject_id=override.pk,
            now=now,
        )
        live.hint_changed(override)
    return override


def use_override(*, override: Override, by: Actor, now: datetime | None = None) -> Plan:
    """The one message. When no way to the parent is known at all, nothing is used up and the plan says so."""
    now = now or timezone.now()
    with transaction.atomic():
        override = _locked(override, rules.use_override, by, now)
        taken = Override.objects.filter(pk=override.pk, used_at__isnull=True, ends_at__gt=now).update(used_at=now)
        if not taken:
            raise Refused(Reason.ALREADY_DONE)
        plan = reach(
            person_id=override.person_id,
            purpose=Purpose.URGENT,
            # A call is a task of who presses; who has no page of tasks leaves it to those who accompany, too.
            by_id=by.person_id if Role.FACILITATOR in by.roles else "",
            subject=SUBJECT,
            subject_id=override.pk,
            override=override,
            now=now,
        )
        if plan is None:
            raise Refused(Reason.NOT_FOUND)
        if isinstance(plan.outward, Withhold):
            transaction.set_rollback(True)
        else:
            _record("used", override, by, now, way=plan.outward.channel.value)
            live.hint_changed(override)
    return plan


def _locked(override: Override, rule, by: Actor, now: datetime) -> Override:
    """The row as it is now, held; refuses who may not, and what is over."""
    held = Override.objects.select_for_update().get(pk=override.pk)
    rule.require(by, held)
    if is_over(held, now):
        raise Refused(Reason.CHANGED_MEANWHILE)
    return held


def _record(became: str, override: Override, by: Actor, now: datetime, **more) -> None:
    record(
        f"outreach.override.{became}",
        by_id=by.person_id,
        subject="people.person",
        subject_id=override.person_id,
        now=now,
        override=override.pk,
        danger=override.danger,
        **more,
    )
