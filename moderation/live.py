"""The queue that stays up to date: rows appear, change hands and are done while the page is open."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from live import hints
from live.topics import Item, Kind
from people.actor import Actor

from . import teams
from .models import Review
from .policies import READERS
from .queries import rows_of
from .vocabulary import PAGE

KIND = "reviews"
TOPIC = f"{KIND}:queue"


def hint_new(review: Review) -> None:
    transaction.on_commit(partial(hints.publish, TOPIC, review.sequence))


def hint_changed(review: Review) -> None:
    transaction.on_commit(partial(hints.publish, TOPIC, item=review.pk))


def allowed(queue: str, actors: Iterable[Actor]) -> set[str]:
    return {actor.person_id for actor in actors if actor.roles & set(READERS)}


class AllBut(frozenset):
    """Every team except these. A set, because that is what the hub asks."""

    def __contains__(self, team_id) -> bool:
        return not super().__contains__(team_id)


def hides(queue: str, actors: Iterable[Actor], items: list[Item]) -> dict[str, set[str]]:
    """The teams whose rows a reader must not meet; `author` below gives the team of a row. Sockets
    live long, so relations are asked anew.
    """
    return {actor.person_id: AllBut(teams.ids_of(teams.anew(actor))) for actor in actors}


def since(queue: str, after: int, item: str | None = None) -> list[Item]:
    """New rows by the moment they were opened. A row named by id also when it is settled: then it says so."""
    if item is not None:
        rows = list(Review.objects.filter(pk=item))
    else:
        rows = [one for one in _newest() if one.sequence > after]
    return [Item(row.sequence, f"m-{row.pk}", row) for row in rows]


def _newest() -> list[Review]:
    rows = Review.objects.filter(settled_at__isnull=True).order_by("-opened_at")[: PAGE * 2]
    return sorted(rows, key=lambda one: one.sequence)


def audience(actor: Actor) -> str:
    """A row differs by reader: 'you read this' or 'Hanne reads this'. Readers of the team are few."""
    return actor.person_id


def render(items: list[Item], language: str, audience: str) -> list[str]:
    reader = Actor(person_id=audience)
    rows = rows_of(reader, [item.thing for item in items], timezone.now())
    return [render_to_string("moderation/_row.html", {"row": row}) for row in rows]


reviews = Kind(
    name=KIND,
    allowed=allowed,
    audience=audience,
    since=since,
    render=render,
    hides=hides,
    author=lambda review: review.team_id,
)
