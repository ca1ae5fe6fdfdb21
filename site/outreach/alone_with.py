"""Parents without an account: the team knows them only because somebody stands around them. Here are those whom one
colleague alone knows, or nobody any more. Who cannot come in, the role gone or the account locked, sees nobody.
"""

from dataclasses import dataclass

from people.actor import Actor
from people.queries import parents_without_account, staff_at_work
from people.vocabulary import Role

from .models import Around
from .names import names_for


@dataclass(frozen=True)
class Alone:
    person_id: str
    name: str


def alone_with(actor: Actor) -> list[Alone]:
    """Whom nobody would see while this actor is away. In a fixed number of statements."""
    found = [Alone(*one) for one in names_for(actor, known_only_by(actor.person_id)).items()]
    return sorted(found, key=lambda one: (one.name.casefold(), one.person_id))


def known_only_by(staff_id: str) -> set[str]:
    """Whom nobody else would see. Who cannot come in sees nobody, and so is not the only one."""
    mine = set(_seen_by_somebody().filter(staff_id=staff_id).values_list("person_id", flat=True))
    others = _seen_by_somebody().filter(person_id__in=mine).exclude(staff_id=staff_id)
    return mine - set(others.values_list("person_id", flat=True))


def known_to_nobody() -> set[str]:
    """Whoever stood around them stopped, was locked out or is gone. Who has an account can ask for somebody herself."""
    unseen = parents_without_account().exclude(pk__in=_seen_by_somebody().values("person_id"))
    return set(unseen.values_list("pk", flat=True))


def is_known_to_nobody(person_id: str) -> bool:
    return not _seen_by_somebody().filter(person_id=person_id).exists()


def is_for_a_lock(person_ids: set[str]) -> bool:
    """Whether somebody still stands around one of them who only cannot come in now: it may be over soon."""
    return _standing().filter(person_id__in=person_ids).exists()


def _standing():
    return Around.objects.filter(agreed_at__isnull=False, ended_at__isnull=True, person__account__isnull=True)


def _seen_by_somebody():
    return _standing().filter(staff__in=staff_at_work(Role.FACILITATOR).values("pk"))
