"""Rounds are for facilitators: whoever started one runs it, and each sees in it only people whom she accompanies."""

from people.actor import Actor
from people.policy import Refused, policy
from people.relations import related
from people.vocabulary import Reason, Role

from .models import Around, Round, RoundLine


def accompanied_by(actor: Actor) -> set[str]:
    """Whom this actor may see in a round: those she accompanies, and those whose contact person she is."""
    return actor.remember("outreach.rounds.accompanied", lambda: _accompanied_by(actor.person_id))


def _accompanied_by(staff_id: str) -> set[str]:
    mine = Around.objects.filter(
        staff_id=staff_id, is_contact_person=True, agreed_at__isnull=False, ended_at__isnull=True
    )
    return related("accompanies", staff_id) | set(mine.values_list("person_id", flat=True))


@policy("outreach:round:list", roles=(Role.FACILITATOR,))
def list_rounds(actor: Actor) -> None:
    """Every facilitator has a list: the rounds she started, and those with people whom she accompanies."""


@policy("outreach:round:start", roles=(Role.FACILITATOR,))
def start_round(actor: Actor) -> None:
    """Every facilitator, for people whom she accompanies."""


@policy("outreach:round:see", roles=(Role.FACILITATOR,))
def see_round(actor: Actor, one: Round) -> None:
    """Who started it, and once it is confirmed who accompanies somebody in it; of the others she sees nothing."""
    if one.started_by_id == actor.person_id:
        return
    people = one.lines.filter(person_id__in=accompanied_by(actor))
    if one.confirmed_at is None or not people.exists():
        raise Refused(Reason.NOT_YOURS)


@policy("outreach:round:run", roles=(Role.FACILITATOR,))
def run_round(actor: Actor, one: Round) -> None:
    """Who started it, while it is open."""
    if one.started_by_id != actor.person_id:
        raise Refused(Reason.NOT_YOURS)
    if one.closed_at is not None:
        raise Refused(Reason.ALREADY_DONE)


@policy("outreach:round:change_line", roles=(Role.FACILITATOR,))
def change_line(actor: Actor, line: RoundLine) -> None:
    """Who started the round, before it is confirmed, for a person whom she accompanies."""
    _own_line(actor, line)
    run_round.require(actor, line.round)
    if line.round.confirmed_at is not None:
        raise Refused(Reason.ALREADY_DONE)


@policy("outreach:round:mark", roles=(Role.FACILITATOR,))
def mark_line(actor: Actor, line: RoundLine) -> None:
    """Whoever accompanies the person, while the round is confirmed and open."""
    _own_line(actor, line)
    if line.round.confirmed_at is None or line.round.closed_at is not None:
        raise Refused(Reason.ALREADY_DONE)


@policy("outreach:round:hand_over", roles=(Role.FACILITATOR,))
def hand_over(actor: Actor, one: Round) -> None:
    """Her own part, by whoever has one in it; the part of each, by who started the round."""
    if one.started_by_id != actor.person_id and not one.lines.filter(lead_id=actor.person_id).exists():
        raise Refused(Reason.NOT_YOURS)
    if one.confirmed_at is None or one.closed_at is not None:
        raise Refused(Reason.ALREADY_DONE)


def _own_line(actor: Actor, line: RoundLine) -> None:
    if line.person_id not in accompanied_by(actor):
        raise Refused(Reason.NOT_YOURS)
