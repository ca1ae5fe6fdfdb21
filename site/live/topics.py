"""What can be followed. A topic is `<kind>:<id>`; each kind says who may follow and how its items look.

A kind is registered in `AppConfig.ready()` by the package that owns the thing.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from people.actor import Actor

# What comes from a page is looked at before it is looked up: a database takes no NUL and no half of a surrogate pair.
TOPIC = re.compile(r"([a-z]{1,20}):([A-Za-z0-9_-]{1,22})", re.ASCII)


@dataclass(frozen=True)
class Item:
    """One thing on a page: its place in the order, the id of its element (`m-<id>`), and what renders it."""

    sequence: int
    id: str
    thing: object


@dataclass(frozen=True)
class Kind:
    """How one kind of topic is followed. All functions run in a worker thread and may ask the database.

    allowed(id, actors)     → those actors (by person id) who may read the topic now; ONE question for all of them
    audience(actor)         → a short word; all actors of one audience and language see exactly the same
    since(id, after, item)  → the items above `after`; or, when `item` names one, just that (it changed in place)
    render(items, language, audience) → the HTML of each item, in that order
    hides(id, actors, items)→ optional: {person id: authors among these items whose words this person must not see}
    author(thing)           → the person id that `hides` speaks of
    blank(item)             → optional: what stands in the place of a changed item for who must not see it (any more)
    at_once                 → how many `since` gives at most; who is further behind is asked about again right after
    """

    name: str
    allowed: Callable[[str, Iterable[Actor]], set[str]]
    audience: Callable[[Actor], str]
    since: Callable[[str, int, str | None], list[Item]]
    render: Callable[[list[Item], str, str], list[str]]
    hides: Callable[[str, Iterable[Actor], list[Item]], dict[str, set[str]]] | None = None
    author: Callable[[object], str] | None = None
    blank: Callable[[Item], str] | None = None
    at_once: int | None = None


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _KINDS[kind.name] = kind


def kind_of(topic: str) -> tuple[Kind, str] | None:
    """The kind and the id in a topic, or nothing when it is none or no such kind exists."""
    found = TOPIC.fullmatch(topic)
    kind = _KINDS.get(found[1]) if found else None
    return (kind, found[2]) if found and kind else None
