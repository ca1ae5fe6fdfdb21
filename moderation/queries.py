"""What the queue and a review show. Reads open reviews only, a page at a time, from a known row onwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from outreach.queries import wish_of
from people.actor import Actor
from people.models import Account, Person
from people.policy import Refused
from people.queries import actor_of
from people.vocabulary import Reason, Rhythm

from . import reviewables, teams
from .models import Report, Review
from .policies import Subject, claim_review, readable_reviews, team_ids_of
from .vocabulary import CLAIM_KEPT, PAGE, Cause

__all__ = ["team_ids_of"]

TABS = ("waiting", "urgent", "with_me", "my_groups")


@dataclass(frozen=True)
class Row:
    """One row of the queue as one reader sees it: never a word of the text."""

    review: Review
    where: str
    holder: str
    is_mine: bool
    is_own_words: bool

    @property
    def id(self) -> str:
        return self.review.pk

    @property
    def order(self) -> int:
        """Where it stands among the others: the urgent ones before all, each by age."""
        return self.review.sequence - (10**16 if self.review.urgent else 0)


@dataclass(frozen=True)
class Queue:
    rows: list[Row]
    after: str
    newest: int


@dataclass(frozen=True)
class Counts:
    waiting: int
    urgent: int
    with_me: int
    my_groups: int


def open_reviews(actor: Actor) -> QuerySet[Review]:
    return readable_reviews(actor, Review.objects.filter(settled_at__isnull=True))


def waiting(
    actor: Actor, *, tab: str = "waiting", language: str = "", after: str = "", now: datetime | None = None
) -> Queue:
    """A page of the queue: urgent first, then the oldest. `after` is the last row of the page before."""
    now = now or timezone.now()
    rows = _in_tab(actor, tab, now)
    if language:
        rows = rows.filter(language=language)
    last = Review.objects.filter(pk=after).only("urgent", "opened_at").first() if after else None
    if last:
        rows = rows.filter(_behind(last))
    page = list(rows.order_by("-urgent", "opened_at", "id")[: PAGE + 1])
    more = page[PAGE - 1].pk if len(page) > PAGE else ""
    return Queue(rows_of(actor, page[:PAGE], now), more, max((one.sequence for one in page), default=0))


def _in_tab(actor: Actor, tab: str, now: datetime) -> QuerySet[Review]:
    rows = open_reviews(actor)
    if tab == "urgent":
        return rows.filter(urgent=True)
    if tab == "with_me":
        return rows.filter(_with(actor, now))
    if tab == "my_groups":
        return rows.filter(team_id__in=teams.own_ids_of(actor))
    return rows


def _with(actor: Actor, now: datetime) -> Q:
    return Q(claimed_by_id=actor.person_id, claimed_at__gt=now - CLAIM_KEPT)


def _behind(last: Review) -> Q:
    later = Q(opened_at__gt=last.opened_at) | Q(opened_at=last.opened_at, id__gt=last.pk)
    return Q(urgent=False) | (Q(urgent=True) & later) if last.urgent else Q(urgent=False) & later


def rows_of(actor: Actor, reviews: Iterable[Review], now: datetime) -> list[Row]:
    """Two questions for all rows together: how their teams are called, and who reads them."""
    reviews = list(reviews)
    names = teams.names_of(review.team_id for review in reviews)
    holders = {review.holder(now) for review in reviews} - {""}
    people = {one.pk: one.name for one in Person.objects.filter(pk__in=holders)} if holders else {}
    return [
        Row(
            review=review,
            where=names.get(review.team_id, ""),
            holder=people.get(review.holder(now), ""),
            is_mine=review.holder(now) == actor.person_id,
            is_own_words=review.author_id == actor.person_id,
        )
        for review in reviews
    ]


def counts(actor: Actor, now: datetime | None = None) -> Counts:
    """The numbers on the tabs, over open reviews only, in one statement."""
    found = open_reviews(actor).aggregate(
        waiting=Count("id"),
        urgent=Count("id", filter=Q(urgent=True)),
        with_me=Count("id", filter=_with(actor, now or timezone.now())),
        my_groups=Count("id", filter=Q(team_id__in=teams.own_ids_of(actor))),
    )
    return Counts(**found)


def newest(actor: Actor, most: int) -> list[Review]:
    """The rows that were opened last, oldest first: for pages that ask what is new."""
    return list(open_reviews(actor).order_by("-opened_at")[:most])[::-1]


def review_for(actor: Actor, review_id: str) -> Review:
    """The review of this id; the guard's policy says what this actor may do with it."""
    review = Review.objects.filter(pk=review_id).first()
    if review is None:
        raise Refused(Reason.NOT_FOUND)
    return review


def next_waiting(actor: Actor, now: datetime | None = None) -> Review | None:
    """The first of the queue that nobody reads and that is not the reader's own."""
    now = now or timezone.now()
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lte=now - CLAIM_KEPT) | Q(claimed_by_id=actor.person_id)
    rows = open_reviews(actor).filter(free).exclude(author_id=actor.person_id)
    return rows.order_by("-urgent", "opened_at", "id").first()


def subject_for(actor: Actor, kind: str, subject_id: str) -> Subject:
    """A thing that stands somewhere, by its kind and id. What still waits is read through its review only."""
    described = reviewables.reviewable_of(kind).describe(subject_id)
    waits = Review.objects.filter(kind=kind, subject_id=subject_id, settled_at__isnull=True, cause=Cause.HELD)
    if not described.stands or waits.exists():
        raise Refused(Reason.NOT_FOUND)
    return Subject(kind, subject_id, described.team_id, described.author_id)


def told_about(review: Review) -> list[Report]:
    return list(review.reports.order_by("told_at")) if review.cause == Cause.TOLD else []


def rhythm_of(person_id: str) -> str:
    """The rhythm of contact that the author chose, in the word they chose it by."""
    wish = wish_of(person_id) if person_id else None
    return str(Rhythm(wish.rhythm).label) if wish else ""


# --- for notices: is it still of use to this person, and where does it stand --------------------------


def is_waiting_for(person_id: str, subject_id: str) -> bool:
    review = Review.objects.filter(pk=subject_id, settled_at__isnull=True).first()
    account = Account.objects.select_related("person").filter(person_id=person_id).first()
    if review is None or account is None:
        return False
    return claim_review.allows(actor_of(account, second_factor=True), review)


def address_for(person_id: str, subject_id: str) -> str:
    return reverse("work:review", args=[subject_id])
