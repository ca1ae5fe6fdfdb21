"""Where the things of outreach stand that notices are about, and whether they still say something."""

from django.urls import reverse

from .models import Around


def of_around(person_id: str, subject_id: str) -> str:
    return reverse("my:around")


def is_asked(person_id: str, subject_id: str) -> bool:
    """A question to the parent, as long as she gave no answer."""
    return Around.objects.filter(
        pk=subject_id, person_id=person_id, agreed_at__isnull=True, ended_at__isnull=True
    ).exists()
