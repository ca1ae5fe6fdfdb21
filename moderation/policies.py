"""Who may read and decide. A role is never enough: the team must be one whose queue this person reads.

Nobody decides about their own words, and nobody who was told about learns who told.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from people.actor import Actor
from people.policy import Refused, policy
from people.vocabulary import Reason, Role

from . import teams
from .models import Review

READERS = (Role.FACILITATOR, Role.MODERATOR)


@dataclass(frozen=True)
class Subject:
    """A thing that stands there, named by its kind and id, as far as a rule must know it."""

    kind: str
    id: str
    team_id: str
    author_id: str


def team_ids_of(actor: Actor) -> set[str]:
    """The teams whose queue this actor reads; asked once for the life of an actor."""
    return actor.remember("moderation.teams", lambda: teams.ids_of(actor))


def _require_team(actor: Actor, team_id: str) -> None:
    if team_id not in team_ids_of(actor):
        raise Refused(Reason.NOT_YOURS)


@policy("moderation:review:list", roles=READERS)
def list_reviews(actor: Actor):
    """The queue shows only what `read_review` allows."""


@policy("moderation:review:read", roles=READERS)
def read_review(actor: Actor, review: Review):
    """Of a group that one accompanies; the moderator on duty, of all."""
    _require_team(actor, review.team_id)


def readable_reviews(actor: Actor, reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Which reviews `read_review` allows."""
    if not actor.roles & set(READERS):
        return reviews.none()
    return reviews.filter(team_id__in=team_ids_of(actor))


@policy("moderation:review:claim", roles=READERS)
def claim_review(actor: Actor, review: Review):
    """Not one's own words: someone else from the team reads those."""
    read_review.require(actor, review)
    if review.author_id == actor.person_id:
        raise Refused(Reason.OWN_CASE)


@policy("moderation:review:decide", roles=READERS)
def decide_review(actor: Actor, review: Review):
    """Who may take it up to read it."""
    claim_review.require(actor, review)


@policy("moderation:subject:take_away", roles=READERS)
def take_away(actor: Actor, subject: Subject):
    """Something that already stands there, from its own page."""
    _require_team(actor, subject.team_id)
    if subject.author_id == actor.person_id:
        raise Refused(Reason.OWN_CASE)
