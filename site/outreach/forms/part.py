"""A part of the wish as a form. What does not fit comes back with a sentence; nothing is lost."""

from dataclasses import dataclass
from datetime import time

from outreach.facts import Facts
from outreach.wall_clock import zone_named
from people.own_words import Words


class PartForm(Words):
    """One part of the wish. `facts` is the person as the door knows them. `fold`: where on the page it stands, when
    several parts stand in one place.
    """

    part = ""
    fold = ""

    def __init__(self, data=None, *, facts: Facts):
        self.facts, self.needs = facts, facts.needs
        self.zone = zone_named(facts.needs.time_zone)
        super().__init__(data, initial=self.chosen(), auto_id=f"id_{self.part}_%s")

    @property
    def place(self) -> str:
        """The id of what it stands in."""
        return self.fold or self.part

    def chosen(self) -> dict:
        """What holds now, as the fields show it."""
        return {}

    def changes(self) -> dict:
        """What the action takes."""
        raise NotImplementedError

    def changes_on(self, facts: Facts) -> dict:
        """The same, on top of what holds by then."""
        again = type(self)(self.data, facts=facts)
        return again.changes() if again.is_valid() else self.changes()


@dataclass(frozen=True)
class Pick:
    """One choice. `on`: it holds now. `start` and `end`: hours, where the choice is one of hours."""

    value: str
    label: str
    on: bool
    start: time | None = None
    end: time | None = None


class TapForm(PartForm):
    """A part of which one tap keeps one choice of its first field."""

    @property
    def tapped(self):
        return self[next(iter(self.fields))]

    def carried(self) -> dict[str, str]:
        """What the page says of itself along with the tap."""
        return {}

    def picks(self) -> list[Pick]:
        """The choices, and which of them hold."""
        now = self.chosen().get(self.tapped.name)
        holds = now if isinstance(now, list) else [now]
        return [Pick(str(value), str(label), value in holds) for value, label in self.tapped.field.choices]

    @property
    def now(self) -> str:
        """What holds, in words."""
        return next((one.label for one in self.picks() if one.on), "")
