"""A contact person who stopped: what follows when somebody is no facilitator any more, and what the parent reads."""

from django.utils import timezone

from people.queries import name_of_staff
from people.vocabulary import Role

from .actions.around import GONE, stand_nowhere
from .models import Around, Notice


def when_roles_change(person_id: str, roles: frozenset[Role]) -> None:
    if Role.FACILITATOR not in roles:
        stand_nowhere(staff_id=person_id, now=timezone.now())


def who_stopped(person_id: str) -> str:
    """The name of the last contact person who stopped, for the page of a parent who has no other yet; else empty."""
    told = Notice.objects.filter(person_id=person_id, subject=GONE).order_by("-created_at").first()
    if told is None or Around.objects.filter(person_id=person_id, agreed_at__gt=told.created_at).exists():
        return ""
    around = Around.objects.filter(pk=told.subject_id).first()
    return name_of_staff(around.staff_id) if around else ""
