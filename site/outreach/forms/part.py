"""A part of the wish as a form. What does not fit comes back with a sentence; nothing is lost."""

from outreach.facts import Facts
from outreach.wall_clock import zone_named
from people.own_words import Words


class PartForm(Words):
    """One part of the wish. `facts` is the person as the door knows them."""

    part = ""

    def __init__(self, data=None, *, facts: Facts):
        self.facts, self.needs = facts, facts.needs
        self.zone = zone_named(facts.needs.time_zone)
        super().__init__(data, initial=self.chosen(), auto_id=f"id_{self.part}_%s")

    def chosen(self) -> dict:
        """What holds now, as the fields show it."""
        return {}

    def changes(self) -> dict:
        """What the action takes."""
        raise NotImplementedError
