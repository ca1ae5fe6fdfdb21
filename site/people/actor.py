"""Who is asking: the identity that every policy sees, free of requests and sessions."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from .vocabulary import Role


@dataclass(frozen=True)
class Hold:
    """After a new way in from a facilitator: only that facilitator's group is open until `until`."""

    group_id: str
    until: datetime


@dataclass(frozen=True)
class Actor:
    """A person who acts. `roles` are the granted ones (or PARENT, or ANONYMOUS); relations are asked separately."""

    person_id: str = ""
    account_id: str = ""
    roles: frozenset[Role] = frozenset({Role.ANONYMOUS})
    language: str = "nl"
    time_zone: str = "Europe/Brussels"
    hold: Hold | None = None
    is_portal: bool = False
    _remembered: dict = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_signed_in(self) -> bool:
        return bool(self.person_id)

    @property
    def is_staff(self) -> bool:
        return self.is_signed_in and not self.roles & {
            Role.PARENT,
            Role.ANONYMOUS,
            Role.STAFF_WITHOUT_SECOND_FACTOR,
        }

    def without(self, *roles: Role) -> "Actor":
        """The same person as if not holding these roles; remembers nothing yet."""
        return replace(self, roles=self.roles - set(roles), _remembered={})

    def remember(self, key, ask):
        """The answer of `ask()`, asked once for the life of this actor (one request, one frame)."""
        if key not in self._remembered:
            self._remembered[key] = ask()
        return self._remembered[key]


ANONYMOUS = Actor()
# The portal itself: scheduled jobs and first set-up. Never made from a request.
PORTAL = Actor(roles=frozenset(), is_portal=True)
