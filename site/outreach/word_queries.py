"""What may be read of words of the team."""

from datetime import datetime

from django.urls import reverse

from people.actor import Actor
from people.policy import Refused
from people.vocabulary import Reason

from .facts import facts_of
from .models import Delivery, Notice, StaffWord
from .unanswered import is_for_a_word
from .vocabulary import Purpose

SUBJECT = "outreach.word"


def word_for(actor: Actor, word_id: str) -> StaffWord:
    found = StaffWord.objects.filter(pk=word_id).first()
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


def purpose_of_word(person_id: str, by_id: str, now: datetime) -> Purpose:
    """Why a word would be written now: she asked for it, or it comes from the team."""
    person = facts_of([person_id], now)[person_id]
    return Purpose.WORD_ASKED if is_for_a_word(person, by_id, now) else Purpose.STAFF_WORD


def is_of_use(person_id: str, word_id: str) -> bool:
    """Until it was read it is worth a sign; for the writer, while it is there."""
    word = StaffWord.objects.filter(pk=word_id).first()
    return word is not None and (word.person_id != person_id or word.read_at is None)


def address_of(person_id: str, word_id: str) -> str | None:
    word = StaffWord.objects.filter(pk=word_id).first()
    if word is None:
        return None
    return reverse("my:word" if word.person_id == person_id else "work:word", args=[word_id])


def was_read(word: StaffWord) -> bool:
    """She said so, or opened it from the list of what is new."""
    opened = Notice.objects.filter(subject=SUBJECT, subject_id=word.pk, person_id=word.person_id, read_at__isnull=False)
    return word.read_at is not None or opened.exists()


def became(word: StaffWord) -> Delivery | None:
    """The sending that tells of a word, with where it stands now."""
    return Delivery.objects.filter(subject=SUBJECT, subject_id=word.pk, person_id=word.person_id).first()
