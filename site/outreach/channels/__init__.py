"""Ways of reaching a person, a file each. Every way fails in one of two manners, and says which."""

from datetime import timedelta

from outreach.faults import Fault


class Failure(Exception):
    """It did not get through, and of what kind the fault was; never a text of the other side."""

    def __init__(self, kind: Fault):
        super().__init__(kind)
        self.kind = kind


class Temporary(Failure):
    """Worth another try later: a server away, a mailbox busy, our own settings wrong.

    `wait` is how long the other side asks us to wait, where it does; who tries again decides how far to believe it.
    """

    def __init__(self, kind: Fault, *, wait: timedelta = timedelta(0)):
        super().__init__(kind)
        self.wait = wait


class Permanent(Failure):
    """No further try helps: the address does not exist, or refuses."""
