"""Who asked for contact and was not reached since, whatever the ways she chose: nobody is forgotten."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from .facts import Facts
from .models import ContactMoment, Notice
from .models.contact_moment import REACHED
from .planner import Notice as Happening
from .planner import Send, Task, plan
from .vocabulary import SENDINGS, Purpose


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


def is_waiting(person: Facts, now: datetime) -> bool:
    """Whether she asked and somebody may answer: what the page of her team says too."""
    somebody_may = isinstance(plan(person.needs, Happening(Purpose.CONTACT_ASKED), now).in_app, Send)
    return somebody_may and unanswered([person.person_id]).exists()
