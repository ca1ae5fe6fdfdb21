"""The first page of staff: what waits for this person today, and the places of their work."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import npgettext, pgettext
from django.views.decorators.http import require_safe

import groups.queries
import moderation.queries
from outreach.override_queries import lines_of
from people import left_behind
from people.actor import Actor
from people.guard import guarded_by
from people.queries import all_new_ways_in_to_confirm
from people.vocabulary import Role

from .policies import see_desk


@dataclass(frozen=True)
class Tile:
    """A place of work: where it leads, what it is called, and what waits there, in words."""

    url: str
    icon: str
    name: str
    says: str
    is_waiting: bool = False


def _reading(actor: Actor) -> Tile:
    waiting = moderation.queries.counts(actor).waiting
    says = npgettext("today.reviews", "{n} message waits to be read", "{n} messages wait to be read", waiting)
    none = pgettext("today.reviews.none", "Nothing waits. Good.")
    name = pgettext("nav.reviews", "To read")
    return Tile(reverse("work:reviews"), "read", name, says.format(n=waiting) if waiting else none, waiting > 0)


def _groups(actor: Actor) -> Tile:
    name = pgettext("nav.groups", "Groups")
    if Role.FACILITATOR not in actor.roles:
        return Tile(reverse("work:groups"), "people", name, pgettext("today.groups.make", "Make, name, close, appoint"))
    waiting = groups.queries.waiting_at_the_door(actor)
    says = npgettext("today.door", "{n} person waits to come in", "{n} people wait to come in", waiting)
    usual = pgettext("today.groups", "Invitations, members, announcements")
    return Tile(reverse("work:groups"), "people", name, says.format(n=waiting) if waiting else usual, waiting > 0)


def _tiles(actor: Actor) -> list[Tile]:
    """Only what this person's roles open."""
    tiles = []
    if actor.roles & {Role.FACILITATOR, Role.MODERATOR}:
        tiles.append(_reading(actor))
    if Role.FACILITATOR in actor.roles:
        says = pgettext("today.outreach", "Who wants contact now, and who wants quiet")
        tiles.append(Tile(reverse("work:outreach"), "hand", pgettext("nav.outreach", "Contact"), says))
    if actor.roles & {Role.FACILITATOR, Role.COORDINATOR}:
        tiles.append(_groups(actor))
    if actor.roles & {Role.COORDINATOR, Role.TECHNICAL_ADMINISTRATOR}:
        says = pgettext("today.staff", "Invite colleagues, give and take roles")
        tiles.append(Tile(reverse("work:staff"), "together", pgettext("nav.staff", "Team"), says))
    if Role.EDITOR in actor.roles:
        says = pgettext("today.cms", "Guidance, services and numbers to call")
        tiles.append(Tile("/cms/", "pencil", pgettext("today.cms.name", "Write and check texts"), says))
    says = pgettext("today.devices", "Where you are signed in")
    tiles.append(Tile(reverse("my:devices"), "lock", pgettext("today.devices.name", "My sign-ins"), says))
    return tiles


@require_safe
@guarded_by(see_desk)
def today(request: HttpRequest) -> HttpResponse:
    context = {
        "tiles": _tiles(request.actor),
        "handed_out": all_new_ways_in_to_confirm(request.actor),
        "left_behind": left_behind.now(request.actor),
        "asked": lines_of(request.actor, timezone.now()),
    }
    return render(request, "portal/today.html", context)
