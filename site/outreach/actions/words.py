"""A word of the team to one parent: written only where the wish lets it stand, answered with one tap or not at all."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.record import record
from outreach import word_policies as rules
from outreach.models import StaffWord
from outreach.models.staff_word import Answer
from outreach.planner import Plan, Send
from outreach.vocabulary import Purpose
from outreach.word_queries import SUBJECT, purpose_of_word
from people.actor import Actor
from people.policy import Refused
from people.queries import hold_person
from people.vocabulary import Reason
from vault.ids import new_id

from .asking import answered_by_word
from .notices import mark_seen
from .reaching import reach

WORD_LIMIT = 2000


def write_word(
    *, person_id: str, text: str, key: str, by: Actor, now: datetime | None = None
) -> tuple[StaffWord | None, Plan | None]:
    """The word, and what became of it; no word when the wish keeps this writer out, and then nothing is written down
    but that. The same form sent twice is one word.
    """
    rules.write_word.require(by, person_id)
    now, text = now or timezone.now(), text.strip()
    if not text:
        raise Refused(Reason.EMPTY)
    if len(text) > WORD_LIMIT:
        raise Refused(Reason.TOO_LONG)
    with transaction.atomic():
        hold_person(person_id)
        earlier = StaffWord.objects.filter(by_id=by.person_id, key=key).first()
        if earlier:
            if (earlier.person_id, earlier.text) != (person_id, text):
                raise Refused(Reason.KEY_REUSED)
            return earlier, None
        word_id, purpose = new_id(), purpose_of_word(person_id, by.person_id, now)
        plan = reach(
            person_id=person_id,
            purpose=purpose,
            by_id=by.person_id,
            subject=SUBJECT,
            subject_id=word_id,
            now=now,
        )
        if plan is None or not isinstance(plan.in_app, Send):
            return None, plan
        word = StaffWord.objects.create(
            pk=word_id, person_id=person_id, by_id=by.person_id, text=text, key=key, written_at=now
        )
        if purpose == Purpose.WORD_ASKED:
            answered_by_word(person_id=person_id, by_id=by.person_id, now=now)
        record(
            "outreach.word.written",
            by_id=by.person_id,
            subject="people.person",
            subject_id=person_id,
            now=now,
            word=word.pk,
        )
    return word, plan


def open_word(*, word: StaffWord, by: Actor, now: datetime | None = None) -> None:
    """The parent has read it, so nothing rings about it any more."""
    rules.read_word.require(by, word)
    now = now or timezone.now()
    StaffWord.objects.filter(pk=word.pk, read_at__isnull=True).update(read_at=now)
    mark_seen(person_id=word.person_id, subject=SUBJECT, subject_id=word.pk, now=now)


def answer_word(*, word: StaffWord, answer: Answer, by: Actor, now: datetime | None = None) -> bool:
    """One tap; the writer finds it on the desk. True when it was not answered before."""
    rules.read_word.require(by, word)
    now = now or timezone.now()
    with transaction.atomic():
        fresh = StaffWord.objects.filter(pk=word.pk, answer="").update(answer=Answer(answer), answered_at=now)
        if fresh:
            reach(person_id=word.by_id, purpose=Purpose.TEAM_TASK, subject=SUBJECT, subject_id=word.pk, now=now)
    return bool(fresh)
