"""The primitive that rules are made of.

A policy is a function named for an act, `(actor, subject, …) -> None`, that raises `Refused(reason)`. The decorator
turns it into an object with `.require()`, `.allows()` and `.reason()`, registers it under its dotted name with the
roles that can hold the act at all, and refuses every other role: closed by default. Policies never see a request
and never write.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import cast

from .actor import Actor
from .vocabulary import HIDDEN, SENTENCES, Reason, Role


class Refused(Exception):
    """The answer is no. Carries the reason, and a sentence that a person can read."""

    def __init__(self, reason: Reason, **facts):
        super().__init__(reason.value)
        self.reason = reason
        self.facts = facts

    @property
    def is_hidden(self) -> bool:
        return self.reason in HIDDEN

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.reason])


REGISTRY: dict[str, "Policy"] = {}


class Policy:
    """One rule, ready to be asked in three ways."""

    def __init__(self, rule: Callable, act: str, roles: tuple[Role, ...], otherwise: Reason, held: bool):
        update_wrapper(cast(Callable, self), rule)
        self.rule, self.act, self.roles, self.otherwise, self.held = rule, act, frozenset(roles), otherwise, held

    def reason(self, actor: Actor, *subject, **facts) -> Reason | None:
        """Why not, or nothing when it is allowed."""
        try:
            self.require(actor, *subject, **facts)
        except Refused as refusal:
            return refusal.reason
        return None

    def allows(self, actor: Actor, *subject, **facts) -> bool:
        return self.reason(actor, *subject, **facts) is None

    def require(self, actor: Actor, *subject, **facts) -> None:
        """Returns when it is allowed; raises `Refused` with the reason when it is not."""
        if actor.is_portal:
            return
        if not actor.roles & self.roles:
            raise Refused(_who_first(actor, self.otherwise))
        self.rule(actor, *subject, **facts)
        if actor.hold and not self.held:
            raise Refused(Reason.NOT_OPEN_NOW)

    def __repr__(self) -> str:
        return f"<policy {self.act}>"


def _who_first(actor: Actor, otherwise: Reason) -> Reason:
    if Role.ANONYMOUS in actor.roles:
        return Reason.SIGN_IN
    if Role.STAFF_WITHOUT_SECOND_FACTOR in actor.roles:
        return Reason.SECOND_FACTOR
    return otherwise


def policy(act: str, *, roles: tuple[Role, ...], otherwise: Reason = Reason.NOT_YOURS, held: bool = False):
    """Makes a policy of a rule. `act` is `scope:thing:verb`; `roles` are those who can ever hold it.

    `held`: also open to a parent while the hold of a new way in lasts. The paper may be in other hands than hers, so
    every other act waits; of groups, the rule itself says which one is open.
    """

    def decorate(rule: Callable) -> Policy:
        if act in REGISTRY:
            raise RuntimeError(f"Two policies for the act {act!r}.")
        REGISTRY[act] = Policy(rule, act, roles, otherwise, held)
        return REGISTRY[act]

    return decorate
