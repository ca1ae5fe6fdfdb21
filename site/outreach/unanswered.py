"""Who asked for contact and was not reached since, whatever the ways she chose: nobody is forgotten."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from .facts import Facts
from .models import ContactMoment, Notice
from .models.contact_moment import REACHED
from .planner import Notice as Happening
from .planner import Send, plan
from .vocabulary import Purpose


def unanswered(person_ids: Iterable[str]) -> QuerySet[Notice]:
    """The notices of what these persons asked, the oldest first."""
    since = ContactMoment.objects.filter(
        person_id=OuterRef("person_id"), at__gt=OuterRef("created_at"), outcome__in=REACHED
    )
    rows = Notice.objects.filter(person_id__in=list(person_ids), purpose=Purpose.CONTACT_ASKED)
    return rows.filter(~Exists(since)).order_by("created_at", "pk")


def is_waiting(person: Facts, now: datetime) -> bool:
    """Whether she asked and somebody may answer: what the page of her team says too."""
    somebody_may = isinstance(plan(person.needs, Happening(Purpose.CONTACT_ASKED), now).in_app, Send)
    return somebody_may and unanswered([person.person_id]).exists()
