"""Who sees the duty of a team, and who sets it: one's own hours oneself, those of others only a coordinator."""

from dataclasses import dataclass

from people.actor import Actor
from people.policy import Refused, policy
from people.vocabulary import Reason, Role

from .circles import Team, teams_of
from .models import DutyShift

WHO = (Role.FACILITATOR, Role.COORDINATOR)


@dataclass(frozen=True)
class Post:
    """One of a team, on duty for it."""

    team_id: str
    staff_id: str


def team_for(actor: Actor, team_id: str) -> Team:
    """A team whose duty this actor may see; any other does not exist."""
    team = next((one for one in teams_of(actor) if one.id == team_id), None)
    if team is None:
        raise Refused(Reason.NOT_FOUND)
    return team


@policy("outreach:duty:list", roles=WHO)
def list_duty(actor: Actor) -> None:
    """The teams one is in; a coordinator all of them."""


@policy("outreach:duty:see", roles=WHO)
def see_duty(actor: Actor, team: Team) -> None:
    """The week of a team one is in; a coordinator that of every team. Who is in the group stays unknown."""
    team_for(actor, team.id)


@policy("outreach:duty:set", roles=WHO)
def set_duty(actor: Actor, post: Post | DutyShift) -> None:
    """Put on duty, or take back: oneself, in a team one is in; somebody else of that team only as coordinator."""
    if post.staff_id not in team_for(actor, post.team_id).staff_ids:
        raise Refused(Reason.NOT_FOUND)
    if post.staff_id != actor.person_id and Role.COORDINATOR not in actor.roles:
        raise Refused(Reason.NOT_YOURS)
