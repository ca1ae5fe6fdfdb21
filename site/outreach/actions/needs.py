"""Sets a person's contact needs. From the same moment everything obeys, also what already waits in the outbox."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from audit.record import record
from outreach.facts import facts_of
from outreach.models import PauseMemory
from outreach.policies import set_needs as may_set_needs
from people.actor import Actor
from people.models import ContactNeeds, Person
from people.vocabulary import Rhythm

from .delivering import judge_again

FIELDS = ("rhythm", "quiet_until", "by_email", "quiet_from", "quiet_to", "discreet")


def set_needs(
    *,
    person_id: str,
    by: Actor,
    rhythm: Rhythm,
    quiet_until: datetime | None = None,
    by_email: bool = False,
    quiet_from: time | None = None,
    quiet_to: time | None = None,
    discreet: bool = True,
    now: datetime | None = None,
) -> bool:
    """The whole wish at once; True when something changed. `quiet_until` only goes with the rhythm 'quiet', and
    what held before the pause holds again after it. Refuses one edge of quiet hours without the other.
    """
    now, rhythm = now or timezone.now(), Rhythm(rhythm)
    wish = (rhythm, quiet_until, by_email, quiet_from, quiet_to, discreet)
    _refuse_nonsense(rhythm, quiet_until, quiet_from, quiet_to, now)
    may_set_needs.require(by, person_id)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person_id)
        had = ContactNeeds.objects.filter(person_id=person_id).first()
        changed = [name for name, value in zip(FIELDS, wish, strict=True) if had is None or getattr(had, name) != value]
        if not changed:
            return False
        before = facts_of([person_id])[person_id]
        after_pause = before.needs.rhythm_at(now) if not _is_paused(before.needs, now) else before.needs.rhythm_after
        ContactNeeds.objects.update_or_create(
            person_id=person_id,
            defaults={
                **dict(zip(FIELDS, wish, strict=True)),
                "changed_at": now,
                "changed_by_id": by.person_id or person_id,
            },
        )
        _remember(person_id, after_pause if quiet_until else None)
        record(
            "outreach.needs.changed",
            by_id=by.person_id,
            subject="people.person",
            subject_id=person_id,
            now=now,
            fields=" ".join(changed),
        )
        judge_again(person_id, before=before, now=now)
    return True


def _is_paused(needs, now: datetime) -> bool:
    return needs.rhythm_at(now) == Rhythm.QUIET


def _refuse_nonsense(rhythm, quiet_until, quiet_from, quiet_to, now) -> None:
    if quiet_until is not None and (rhythm != Rhythm.QUIET or quiet_until <= now):
        raise ValueError("A date goes with the rhythm 'quiet' and lies ahead.")
    if (quiet_from is None) != (quiet_to is None) or (quiet_from is not None and quiet_from == quiet_to):
        raise ValueError("Quiet hours have two different ends.")


def _remember(person_id: str, rhythm_after: Rhythm | None) -> None:
    """Keeps what holds after a pause with a date, and only then."""
    if rhythm_after is None:
        PauseMemory.objects.filter(person_id=person_id).delete()
    else:
        PauseMemory.objects.update_or_create(person_id=person_id, defaults={"rhythm_after": rhythm_after})
