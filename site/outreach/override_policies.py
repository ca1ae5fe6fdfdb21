"""Past the wish in acute danger: asked by one who stands near, confirmed by another, never by one alone."""

from people.actor import Actor
from people.policy import Refused, policy
from people.vocabulary import Reason, Role

from .company import company_of
from .models import Override

NEAR = (Role.FACILITATOR, Role.MODERATOR)


def _is_near(actor: Actor, person_id: str) -> None:
    """The moderator on duty is near everybody; a facilitator those whom she accompanies or stands around."""
    if actor.person_id == person_id:
        raise Refused(Reason.OWN_CASE)
    if Role.MODERATOR in actor.roles:
        return
    if person_id not in company_of(actor.person_id):
        raise Refused(Reason.NOT_YOURS)


@policy("outreach:override:ask", roles=NEAR)
def ask_override(actor: Actor, person_id: str) -> None:
    """A facilitator for a parent in her company, or the moderator on duty."""
    _is_near(actor, person_id)


@policy("outreach:override:follow", roles=NEAR)
def follow_overrides(actor: Actor) -> None:
    """Hears on an open page that somebody waits; which ones follows from whom she stands near."""


@policy("outreach:override:see", roles=NEAR)
def see_override(actor: Actor, override: Override) -> None:
    """Those who could ask or confirm it."""
    _is_near(actor, override.person_id)


@policy("outreach:override:confirm", roles=NEAR)
def confirm_override(actor: Actor, override: Override) -> None:
    """The same people, but never the one who asked."""
    _is_near(actor, override.person_id)
    if override.asked_by_id == actor.person_id:
        raise Refused(Reason.OWN_CASE)
    if override.confirmed_at is not None:
        raise Refused(Reason.ALREADY_DONE)


@policy("outreach:override:use", roles=NEAR)
def use_override(actor: Actor, override: Override) -> None:
    """One of the two who decided, once."""
    _is_near(actor, override.person_id)
    if actor.person_id not in (override.asked_by_id, override.confirmed_by_id):
        raise Refused(Reason.NOT_YOURS)
    if override.confirmed_at is None or override.used_at is not None:
        raise Refused(Reason.ALREADY_DONE)


@policy("outreach:override:call", roles=NEAR)
def call_past_wish(actor: Actor, override: Override) -> None:
    """Open the card to call or visit, where the one message is done by hand: one of the two who decided."""
    _is_near(actor, override.person_id)
    if actor.person_id not in (override.asked_by_id, override.confirmed_by_id):
        raise Refused(Reason.NOT_YOURS)
    if override.used_at is None:
        raise Refused(Reason.NOT_BY_WISH)


@policy("outreach:override:read", roles=(Role.PARENT,))
def read_override(actor: Actor, override: Override) -> None:
    """The parent whose wish was passed, from the moment that two decided it."""
    if override.person_id != actor.person_id or override.confirmed_at is None:
        raise Refused(Reason.NOT_FOUND)
