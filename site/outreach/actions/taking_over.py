"""Whom nobody of the team knows any more is not forgotten: a colleague takes over, and asks her as soon as she may.

It is the one exception to a parent's yes beforehand. Who has no account can be asked by nobody but who knows of her.
Nothing is sent to her.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.record import record
from outreach.alone_with import is_known_to_nobody, known_to_nobody
from outreach.candidates import candidate_ids
from outreach.facts import facts_of
from outreach.models import Around
from outreach.policies import choose_who_takes_over
from outreach.vocabulary import Purpose
from people.actor import Actor
from people.policy import Refused
from people.queries import hold_person
from people.vocabulary import Reason

from .around import make_way, stand_as_contact_person
from .delivering import judge_again
from .reaching import reach

HANDED_OVER = "outreach.handed_over"


@transaction.atomic
def take_over(*, staff_id: str, by: Actor, now: datetime | None = None) -> int:
    """Puts this colleague beside each of these parents, as far as that is open; returns beside how many.

    For whom it is not open somebody else is chosen. Why not is no news to anybody: it is the one sentence.
    """
    choose_who_takes_over.require(by)
    now = now or timezone.now()
    taken = sum(_stand_beside(person_id, staff_id, by, now) for person_id in sorted(known_to_nobody()))
    if not taken and known_to_nobody():
        raise Refused(Reason.NOT_OPEN_NOW)
    if taken:
        reach(person_id=staff_id, purpose=Purpose.HANDED_OVER, subject=HANDED_OVER, subject_id=staff_id, now=now)
    return taken


def _stand_beside(person_id: str, staff_id: str, by: Actor, now: datetime) -> bool:
    try:
        with transaction.atomic():
            person = hold_person(person_id)
            if not is_known_to_nobody(person_id) or staff_id not in candidate_ids(person_id):
                return False
            facts = facts_of([person_id], now)[person_id]
            before = make_way(person, to=staff_id, by_id=by.person_id, now=now)
            around = stand_as_contact_person(person, staff_id=staff_id, by_id=by.person_id, now=now)
            Around.objects.filter(pk=around.pk).update(unasked_since=now)
            record(
                "outreach.around.handed_over",
                by_id=by.person_id,
                subject="people.person",
                subject_id=person_id,
                now=now,
                staff=staff_id,
                before=" ".join(before),
            )
            judge_again(person_id, before=facts, now=now)
    except Refused:
        return False
    return True
