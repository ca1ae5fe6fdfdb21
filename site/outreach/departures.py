"""A contact person who stopped: what follows when somebody is no facilitator any more, what the parent reads, and what
a coordinator reads of the parents whom nobody else knows: how many, never who.
"""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import npgettext, pgettext

from people.actor import Actor
from people.left_behind import LeftBehind
from people.queries import name_of_staff
from people.vocabulary import Role

from .actions.around import GONE, stand_nowhere
from .alone_with import known_only_by, known_to_nobody
from .models import Around, Notice
from .policies import choose_who_takes_over


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


def known_to_nobody_now(actor: Actor) -> LeftBehind | None:
    """For who may put a colleague beside them."""
    waiting = len(known_to_nobody()) if choose_who_takes_over.allows(actor) else 0
    act = pgettext("left.choose", "Choose who takes over")
    return LeftBehind(how_many_wait(waiting), address=reverse("work:take_over"), act=act) if waiting else None


def how_many_wait(waiting: int) -> str:
    return npgettext(
        "left.now",
        "{n} parent without an account is known to nobody of the team now.",
        "{n} parents without an account are known to nobody of the team now.",
        waiting,
    ).format(n=waiting)


def known_only_to(actor: Actor, staff_id: str) -> LeftBehind | None:
    """Before somebody stops: time to let her ask them herself."""
    alone = len(known_only_by(staff_id)) if choose_who_takes_over.allows(actor) else 0
    says = npgettext(
        "left.only",
        "{n} parent without an account is known to this colleague alone.",
        "{n} parents without an account are known to this colleague alone.",
        alone,
    )
    hint = pgettext(
        "left.before",
        "Best before the last day: under ‘My days away, and about me’ this colleague reads who it is, and asks whether "
        "somebody else may come too. If not, you choose afterwards who takes over.",
    )
    return LeftBehind(says.format(n=alone), hint) if alone else None
