"""Acute danger that waits for somebody of the team, on every open page of staff: that it is there, never about whom."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from live import hints
from live.topics import Item, Kind
from people.actor import Actor

from . import override_queries as queries
from .models import Override
from .override_policies import follow_overrides

KIND = "danger"
TOPIC = f"{KIND}:asked"


def hint_asked(override: Override) -> None:
    transaction.on_commit(partial(hints.publish, TOPIC, override.sequence))


def hint_changed(override: Override) -> None:
    transaction.on_commit(partial(hints.publish, TOPIC, item=override.pk))


def allowed(queue: str, actors: Iterable[Actor]) -> set[str]:
    return {actor.person_id for actor in actors if follow_overrides.allows(actor)}


def hides(queue: str, actors: Iterable[Actor], items: list[Item]) -> dict[str, set[str]]:
    """From who does not stand near: also that there is one at all. Asked anew, as sockets live long."""
    near = {item.id: set(queries.who_may_confirm(item.thing.person_id, but="")) for item in items}
    return {
        actor.person_id: {item.thing.pk for item in items if actor.person_id not in near[item.id]} for actor in actors
    }


def since(queue: str, after: int, item: str | None = None) -> list[Item]:
    """Newly asked; or, named by id, the one that changed: also when nothing waits any more, so that its line goes."""
    rows = queries.of_late(timezone.now(), named=item)
    return [Item(row.sequence, f"o-{row.pk}", row) for row in rows if item is not None or row.sequence > after]


def audience(actor: Actor) -> str:
    """Who asked reads something else than who may confirm. They are few."""
    return actor.person_id


def render(items: list[Item], language: str, audience: str) -> list[str]:
    lines = queries.lines_for(audience, [item.thing for item in items], timezone.now())
    return [render_to_string("outreach/_asked.html", {"line": line}) for line in lines]


danger = Kind(
    name=KIND,
    allowed=allowed,
    audience=audience,
    since=since,
    render=render,
    hides=hides,
    author=lambda override: override.pk,
)
