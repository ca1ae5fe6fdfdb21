"""Notes that a member of staff looked at people who are reached from here, so that each of them can read it."""

from collections.abc import Iterable
from datetime import datetime

from audit.record import looked
from audit.vocabulary import Look
from outreach.policies import look_at_people
from people.actor import Actor


def look(*, person_ids: Iterable[str], purpose: Look, by: Actor, now: datetime | None = None) -> None:
    """One row a person, purpose and quarter of an hour. What was shown was already let through by its own policy."""
    look_at_people.require(by)
    looked(staff_id=by.person_id, person_ids=person_ids, purpose=purpose, now=now)
