"""Where the things of outreach stand that notices are about, and whether they still say something."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from .models import Around, Leave, Notice


def of_around(person_id: str, subject_id: str) -> str:
    return reverse("my:around")


def is_asked(person_id: str, subject_id: str) -> bool:
    """A question to the parent, as long as she gave no answer: may this person come, and who comes after this one."""
    question = Q(agreed_at__isnull=True) | Q(limit_at__isnull=False, is_contact_person=True)
    return Around.objects.filter(question, pk=subject_id, person_id=person_id, ended_at__isnull=True).exists()


def is_ahead(person_id: str, subject_id: str) -> bool:
    """An absence that was not taken back, of who is still her contact person."""
    mine = Around.objects.filter(person_id=person_id, is_contact_person=True, ended_at__isnull=True)
    ahead = Leave.objects.filter(pk=subject_id, ends_at__gt=timezone.now())
    return ahead.filter(staff_id__in=mine.values("staff_id")).exists()


def is_off(person_id: str, subject_id: str) -> bool:
    """That an absence does not happen, of who is still her contact person."""
    mine = Around.objects.filter(person_id=person_id, is_contact_person=True, ended_at__isnull=True)
    told = Notice.objects.filter(person_id=person_id, subject="outreach.leave_off", subject_id=subject_id)
    return told.filter(by_id__in=mine.values("staff_id")).exists()


def is_unasked(staff_id: str, subject_id: str) -> bool:
    """That parents were handed over, until each of them was asked."""
    return Around.objects.filter(staff_id=staff_id, unasked_since__isnull=False, ended_at__isnull=True).exists()


def of_desk(person_id: str, subject_id: str) -> str:
    return reverse("work:outreach")


def of_duty(person_id: str, subject_id: str) -> str:
    """The week of that team; the page itself says whether one may still see it."""
    return reverse("work:duty_week", args=[subject_id])


def is_without(person_id: str, subject_id: str) -> bool:
    """That her contact person stopped, until she has one again."""
    return not Around.objects.filter(
        person_id=person_id, is_contact_person=True, agreed_at__isnull=False, ended_at__isnull=True
    ).exists()
