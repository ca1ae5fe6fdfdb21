"""Sets a person's contact needs. From the same moment everything obeys, also what already waits in the outbox."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.record import record
from outreach import wish as wishes
from outreach.facts import Facts, facts_of
from outreach.models import PauseMemory
from outreach.planner import Needs
from outreach.policies import set_needs as may_set_needs
from outreach.vocabulary import Channel, Purpose
from outreach.wish import Wish
from people.actions.language import choose as choose_language
from people.actor import Actor
from people.models import ContactNeeds
from people.queries import hold_person
from people.vocabulary import Rhythm

from .delivering import judge_again
from .reaching import reach

MOST_HARD_DAYS = 20
MOST_QUIET_HOURS = 21
MOST_WORDS = 200


def set_needs(
    *,
    person_id: str,
    by: Actor,
    now: datetime | None = None,
    anew: Callable[[Facts], dict] | None = None,
    **changes,
) -> bool:
    """Changes these parts of the wish (fields of `Wish`) and leaves the rest; True when something changed.

    `anew` says the changes from the person as she is once nobody else can change her: one more way is one more to those
    that stand then, and not to those that a page showed before e-mail was stopped by a link.

    `quiet_until` only goes with the rhythm 'quiet', and what held before the pause holds again after it. A rhythm
    given alone ends a pause. When staff set it, with the parent on the phone, the parent finds a notice in the app.
    """
    now = now or timezone.now()
    may_set_needs.require(by, person_id)
    with transaction.atomic():
        hold_person(person_id)
        before = facts_of([person_id], now)[person_id]
        had = _wish_in(before.needs)
        changes = anew(before) if anew else changes
        if "rhythm" in changes:
            changes = {"quiet_until": None} | changes
        wish = replace(had, **changes)
        _refuse_nonsense(wish, had, now)
        changed = [field.name for field in fields(Wish) if getattr(wish, field.name) != getattr(had, field.name)]
        if not changed and ContactNeeds.objects.filter(person_id=person_id).exists():
            return False
        after_pause = before.needs.rhythm_after if _is_paused(before.needs, now) else before.needs.rhythm_at(now)
        _write(person_id, wish, by, now)
        _remember(person_id, after_pause if wish.quiet_until else None)
        record(
            "outreach.needs.changed",
            by_id=by.person_id,
            subject="people.person",
            subject_id=person_id,
            now=now,
            fields=" ".join(changed),
        )
        judge_again(person_id, before=before, now=now)
        if by.person_id != person_id:
            reach(person_id=person_id, purpose=Purpose.NEEDS_SET, by_id=by.person_id, subject="outreach.needs", now=now)
    return True


def set_place(*, person_id: str, by: Actor, language: str, time_zone: str, now: datetime | None = None) -> bool:
    """The language of what is sent and the clock that quiet hours go by; what waits is judged by the new clock."""
    now = now or timezone.now()
    may_set_needs.require(by, person_id)
    with transaction.atomic():
        person = hold_person(person_id)
        before = facts_of([person_id], now)[person_id]
        if not choose_language(person=person, language=language, time_zone=time_zone, by=by):
            return False
        record(
            "outreach.needs.changed",
            by_id=by.person_id,
            subject="people.person",
            subject_id=person_id,
            now=now,
            fields="language time_zone",
        )
        judge_again(person_id, before=before, now=now)
    return True


def _wish_in(needs: Needs) -> Wish:
    return Wish(**{field.name: getattr(needs, field.name) for field in fields(Wish)})


def _write(person_id: str, wish: Wish, by: Actor, now: datetime) -> None:
    ContactNeeds.objects.update_or_create(
        person_id=person_id,
        defaults={
            "rhythm": wish.rhythm,
            "quiet_until": wish.quiet_until,
            "channels": [way.value for way in wish.channels],
            "channels_by_kind": {
                kind.value: [way.value for way in ways] for kind, ways in wish.channels_by_kind.items()
            },
            "quiet_hours": wishes.quiet_hours_to(wish.quiet_hours),
            "who_may": wish.who_may,
            "around_events": wish.around_events or "",
            "hard_days": wishes.hard_days_to(wish.hard_days),
            "discreet": wish.discreet,
            "changed_at": now,
            "changed_by_id": by.person_id or person_id,
        },
    )


def _is_paused(needs: Needs, now: datetime) -> bool:
    return needs.rhythm_at(now) == Rhythm.QUIET


def _refuse_nonsense(wish: Wish, had: Wish, now: datetime) -> None:
    until = wish.quiet_until
    if until not in (None, had.quiet_until) and (wish.rhythm != Rhythm.QUIET or until <= now):
        raise ValueError("A date goes with the rhythm 'quiet' and lies ahead.")
    if any(Channel.IN_APP in ways for ways in (wish.channels, *wish.channels_by_kind.values())):
        raise ValueError("The app is always there; it is no way that rings.")
    if any(one.weekday not in (None, *range(7)) for one in wish.quiet_hours):
        raise ValueError("A weekday is from 0 to 6, or none for each day.")
    if len(wish.quiet_hours) > MOST_QUIET_HOURS or len(wish.hard_days) > MOST_HARD_DAYS:
        raise ValueError("That is more than a page can show.")
    if any(len(one.words) > MOST_WORDS for one in wish.hard_days):
        raise ValueError("The words beside a hard day are a short line.")


def _remember(person_id: str, rhythm_after: Rhythm | None) -> None:
    """Keeps what holds after a pause with a date, and only then."""
    if rhythm_after is None:
        PauseMemory.objects.filter(person_id=person_id).delete()
    else:
        PauseMemory.objects.update_or_create(person_id=person_id, defaults={"rhythm_after": rhythm_after})
