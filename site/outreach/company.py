"""Whom a member of staff accompanies or, asked and agreed, stands around: the people whose needs she keeps to."""

from people.queries import staff_at_work
from people.relations import related
from people.vocabulary import Role

from .models import Around


def company_of(staff_id: str) -> set[str]:
    return related("accompanies", staff_id) | related("stands around", staff_id)


def is_alone(person_id: str) -> bool:
    """Whether nobody of the team who can come in accompanies this parent or stands around her."""
    here = staff_at_work(Role.FACILITATOR)
    standing = Around.objects.filter(person_id=person_id, agreed_at__isnull=False, ended_at__isnull=True)
    if standing.filter(staff__in=here.values("pk")).exists():
        return False
    return not here.filter(pk__in=related("accompanied by", person_id)).exists()
