"""Who asked for contact and was not reached since, whatever the ways she chose: nobody is forgotten."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet

from .company import is_alone
from .facts import Facts
from .models import ContactMoment, Notice
from .models.contact_moment import REACHED
from .planner import Notice as Happening
from .planner import Send, Task, plan
from .vocabulary import SENDINGS, Purpose
from .wish import ONLY_MINE


def unanswered(person_ids: Iterable[str]) -> QuerySet[Notice]:
    """The notices of what these persons asked, the oldest first. A word that she asked for answers it too."""
    since = {"person_id": OuterRef("person_id")}
    met = ContactMoment.objects.filter(at__gt=OuterRef("created_at"), outcome__in=REACHED, **since)
    written = Notice.objects.filter(purpose=Purpose.WORD_ASKED, created_at__gte=OuterRef("created_at"), **since)
    rows = Notice.objects.filter(person_id__in=list(person_ids), purpose=Purpose.CONTACT_ASKED)
    return rows.filter(~Exists(met), ~Exists(written)).order_by("created_at", "pk")


def is_for_a_word(person: Facts, by_id: str, now: datetime) -> bool:
    """Whether a word from this colleague is what she asked for: contact in her own ways, and hers is one of sending."""
    verdict = plan(person.needs, Happening(Purpose.CONTACT_ASKED, by=by_id), now).outward
    by_sending = isinstance(verdict, Task) and verdict.channel in SENDINGS
    return by_sending and unanswered([person.person_id]).filter(subject_id="").exists()


class Nobody(StrEnum):
    """Why nobody could answer her. Each page says it in a sentence, with what she can do."""

    ONLY_MINE = "only_mine"  # her own wish lets in a contact person only, and she has none
    ALONE = "alone"  # nobody of the team is with her


def why_nobody(person: Facts) -> Nobody | None:
    if person.needs.who_may == ONLY_MINE and not person.needs.contact_person:
        return Nobody.ONLY_MINE
    return Nobody.ALONE if is_alone(person.person_id) else None


def is_waiting(person: Facts, now: datetime) -> bool:
    """Whether she asked and somebody may answer: what the page of her team says too."""
    somebody_may = isinstance(plan(person.needs, Happening(Purpose.CONTACT_ASKED), now).in_app, Send)
    return somebody_may and unanswered([person.person_id]).exists()
