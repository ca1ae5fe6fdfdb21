"""The ways of a person in order, as a page shows them to be changed by taps: for everything, and for one kind."""

from dataclasses import dataclass

from django.utils.translation import pgettext

from .facts import Facts
from .vocabulary import BY_HAND, SENDINGS, Channel, Kind
from .wish import possible_ways

WAY_ICONS = {
    Channel.IN_APP: "app",
    Channel.EMAIL: "mail",
    Channel.PUSH: "info",
    Channel.TEXT: "text",
    Channel.CALL: "phone",
    Channel.VISIT: "visit",
    Channel.LETTER: "send",
}
KIND_ICONS = {Kind.NEWS: "people", Kind.ANSWERS: "mail", Kind.WORDS: "voice", Kind.EVENTS: "urgent"}


@dataclass(frozen=True)
class Rank:
    """One way in the order of a person: as the component `ranks` shows it. `is_there`: it can be taken now."""

    key: str
    icon: str
    label: str
    on: bool
    place: int
    can_rise: bool
    can_turn: bool = True
    is_there: bool = True


def ranks(facts: Facts, kind: Kind | None = None) -> list[Rank]:
    """The app first, which is always there; then what was chosen, in order; then the other ways. With a kind: as it
    holds for messages of this kind.
    """
    possible = possible_ways(kind) if kind else (*SENDINGS, *BY_HAND)
    chosen = [way for way in (facts.needs.ways_for(kind) if kind else facts.needs.channels) if way in possible]
    rows = [Rank(Channel.IN_APP.value, WAY_ICONS[Channel.IN_APP], str(Channel.IN_APP.label), True, 1, False, False)]
    for place, way in enumerate((*chosen, *(way for way in possible if way not in chosen)), 2):
        on, there = way in chosen, way in facts.needs.reachable
        rows.append(Rank(way.value, WAY_ICONS[way], str(way.label), on, place, on and place > 2, True, there))
    return rows


def place_of(kind: Kind) -> str:
    """The id of the fold for this kind."""
    return f"kind_{kind.value}"


@dataclass(frozen=True)
class OwnWays:
    """The ways for one kind of message. `is_own`: chosen for it, and not those of everything else."""

    kind: str
    icon: str
    label: str
    is_own: bool
    ranks: list[Rank]

    @property
    def place(self) -> str:
        return place_of(Kind(self.kind))

    @property
    def names(self) -> str:
        return str(pgettext("list.separator", ", ")).join(one.label for one in self.ranks[1:] if one.on)


def ways_by_kind(facts: Facts) -> list[OwnWays]:
    own = facts.needs.channels_by_kind
    return [OwnWays(kind.value, KIND_ICONS[kind], str(kind.label), kind in own, ranks(facts, kind)) for kind in Kind]
