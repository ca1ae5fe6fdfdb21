"""Whether people must be kept apart: one question, asked before anyone is brought together.

Answers take the same work whether a mark exists or not, and say nothing of who or why.
"""

import json
from collections.abc import Iterable
from datetime import datetime

from vault.purpose import keyed_hash

from .models import KeepApart


def pair_key(one: str, other: str) -> str:
    first, second = sorted((one, other))
    return keyed_hash("people.keep_apart", first, second)


def any_marked(person_id: str, others: Iterable[str]) -> bool:
    """Is this person kept apart from any of the others? One statement, whatever the answer."""
    pairs = [pair_key(person_id, other) for other in others if other != person_id]
    return KeepApart.objects.filter(pair__in=pairs).exists()


def marked_among(person_id: str, others: Iterable[str]) -> set[str]:
    """Those of the others from whom this person is kept apart. For hiding, never for telling."""
    return set(marked_since(person_id, others))


def marked_since(person_id: str, others: Iterable[str]) -> dict[str, datetime]:
    """The same, with the moment from which on: what came after it was never met."""
    by_pair = {pair_key(person_id, other): other for other in others if other != person_id}
    rows = KeepApart.objects.filter(pair__in=by_pair).values_list("pair", "marked_at")
    return {by_pair[pair]: at for pair, at in rows}


def marked_between(people: Iterable[str], others: Iterable[str]) -> dict[str, set[str]]:
    """For each of the people, those of the others from whom they are kept apart. One statement for all of them."""
    others = list(others)
    by_pair: dict[str, list[tuple[str, str]]] = {}
    for person in people:
        for other in others:
            if other != person:
                by_pair.setdefault(pair_key(person, other), []).append((person, other))
    found: dict[str, set[str]] = {}
    for pair in KeepApart.objects.filter(pair__in=by_pair).values_list("pair", flat=True):
        for person, other in by_pair[pair]:
            found.setdefault(person, set()).add(other)
    return found


def marked_pairs(among: Iterable[str]) -> list[tuple[str, str]]:
    """The pairs of these people who are kept apart, however many people there are. For planning, never for telling."""
    people = set(among)
    pairs = [json.loads(details)["people"] for details in KeepApart.objects.values_list("details", flat=True)]
    return sorted((one, other) for one, other in pairs if one in people and other in people)
