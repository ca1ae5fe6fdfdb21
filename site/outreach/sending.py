"""Hands a sending to its channel. Which channel, and whether at all, was decided by the planner a moment ago."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from . import unsubscribing
from .actions import pushing
from .channels import Permanent, email, push, text_message
from .facts import Facts, number_of
from .faults import Fault
from .quiet import next_quiet
from .saying import kind_to_say
from .vocabulary import CLOSED_LIST, Channel, Purpose
from .wall_clock import zone_named

Sender = Callable[..., None]
_INSTEAD: ContextVar[Sender | None] = ContextVar("instead_of_sending", default=None)


def send(
    channel: Channel,
    *,
    to: Facts,
    purpose: Purpose,
    message_id: str,
    now: datetime,
    code: str = "",
    along: Iterable[Purpose] = (),
) -> None:
    """Sends the word by this channel in the person’s language of now; raises `Temporary` or `Permanent`. `along`: what
    else the same word tells.
    """
    kind = kind_to_say(to.needs, (purpose, *along))
    instead = _INSTEAD.get()
    if instead is not None:
        instead(channel, to=to, message_id=message_id)
    elif channel == Channel.EMAIL:
        email.send(
            address=to.address,
            text=email.compose(language=to.language, code=code, kind=kind),
            message_id=message_id,
            unsubscribe_url=_how_to_stop(channel, to, purpose),
        )
    elif channel == Channel.PUSH:
        pushing.send(person_id=to.person_id, message_id=message_id, lives=_while_it_may_ring(to, now))
    elif channel == Channel.TEXT:
        number = number_of(to.person_id)
        if not number:
            raise Permanent(Fault.NO_NUMBER)
        text_message.send(number=number, text=text_message.compose(to.language, kind), message_id=message_id)
    else:
        raise Permanent(Fault.NO_SUCH_WAY)


def _how_to_stop(channel: Channel, to: Facts, purpose: Purpose) -> str:
    """What is of the closed list comes whatever the wish is, so it does not pretend that it can be stopped."""
    if purpose in CLOSED_LIST:
        return ""
    return unsubscribing.link_for(to.person_id, channel, to.language, address=to.address)


def _while_it_may_ring(to: Facts, now: datetime):
    """How long a phone that is off may still be told: never into what is quiet."""
    needs = to.needs
    quiet = next_quiet(needs.quiet_hours, needs.hard_days, zone_named(needs.time_zone), now)
    return push.LIVES if quiet is None else min(push.LIVES, quiet - now)


@contextmanager
def instead_of_sending(sender: Sender) -> Iterator[None]:
    """While a story is played, nothing leaves: `sender` gets what would have been sent, and may fail as a way does."""
    token = _INSTEAD.set(sender)
    try:
        yield
    finally:
        _INSTEAD.reset(token)
