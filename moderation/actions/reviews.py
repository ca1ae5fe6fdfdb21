"""What happens to something that waits: it is opened, claimed, put back, decided, or ends by itself.

A decision is applied by the thing's own package, in the same transaction; a second decision is refused.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audit.record import looked, record
from audit.vocabulary import Look
from moderation import live, policies, teams
from moderation.models import Decision, Review
from moderation.reviewables import Described, Reviewable, reviewable_of
from moderation.vocabulary import Cause, DeclineReason, Outcome
from outreach.actions import reach_many
from outreach.vocabulary import Purpose
from people.actor import Actor
from people.policy import Refused
from people.vocabulary import Reason


@transaction.atomic
def open_review(
    *,
    kind: str,
    subject_id: str,
    team_id: str,
    author_id: str,
    language: str,
    findings: Iterable = (),
    urgent: bool = False,
    cause: Cause = Cause.HELD,
    now: datetime | None = None,
) -> Review:
    """Puts a thing in the queue of its team. The same thing again, while it waits, is the same review."""
    now = now or timezone.now()
    review, is_new = Review.objects.get_or_create(
        kind=kind,
        subject_id=subject_id,
        settled_at__isnull=True,
        defaults={
            "team_id": team_id,
            "author_id": author_id,
            "language": language,
            "findings": [[str(one.kind), one.start, one.end] for one in findings],
            "urgent": urgent,
            "cause": cause,
            "opened_at": now,
            "settled_at": None,
        },
    )
    if not is_new:
        return review
    # What caused it is recorded where it happened; what a person does with it is recorded here.
    if urgent or cause == Cause.TOLD:
        _alert(review, now)
    live.hint_new(review)
    return review


def _alert(review: Review, now: datetime) -> None:
    """Everyone who may read it hears that something waits; the author never does, not even as one of the team."""
    reach_many(
        person_ids=teams.people_of(review.team_id) - {review.author_id},
        purpose=Purpose.TEAM_TASK,
        subject="moderation.review",
        subject_id=review.pk,
        now=now,
    )


@transaction.atomic
def claim(*, review: Review, by: Actor, now: datetime | None = None) -> Review:
    """One reader at a time, for a quarter of an hour. Claiming again begins it anew; another is refused."""
    now = now or timezone.now()
    policies.claim_review.require(by, review)
    row = _locked_open(review)
    holder = row.holder(now)
    if holder and holder != by.person_id:
        raise Refused(Reason.TAKEN_BY_ANOTHER)
    row.claimed_at, row.claimed_by_id = now, by.person_id
    row.save(update_fields=["claimed_at", "claimed_by_id"])
    if not holder:
        _record("claimed", row, by.person_id, now)
    live.hint_changed(row)
    return row


@transaction.atomic
def release(*, review: Review, by: Actor, now: datetime | None = None) -> Review:
    """Back in the queue, undecided. Nothing happens when someone else reads it by now."""
    now = now or timezone.now()
    policies.read_review.require(by, review)
    row = _locked_open(review)
    if row.claimed_by_id != by.person_id:
        return row
    row.claimed_at, row.claimed_by_id = None, ""
    row.save(update_fields=["claimed_at", "claimed_by_id"])
    _record("released", row, by.person_id, now)
    live.hint_changed(row)
    return row


@transaction.atomic
def open_text(*, review: Review, by: Actor, now: datetime | None = None) -> Described:
    """The text, for who claimed it. Writes the look in the access log of the parent and of whose words stand before."""
    now = now or timezone.now()
    policies.claim_review.require(by, review)
    if not review.is_open:
        raise Refused(Reason.ALREADY_DONE)
    if review.holder(now) != by.person_id:
        raise Refused(Reason.TAKEN_BY_ANOTHER if review.holder(now) else Reason.CHANGED_MEANWHILE)
    described = reviewable_of(review.kind).describe(review.subject_id)
    looked(
        staff_id=by.person_id,
        person_ids=[review.author_id] if review.author_id else [],
        purpose=Look.REVIEW,
        now=now,
    )
    looked(staff_id=by.person_id, person_ids=described.context_ids, purpose=Look.CONVERSATION, now=now)
    return described


def publish(*, review: Review, by: Actor, now: datetime | None = None) -> Review:
    """The others may read it."""
    now = now or timezone.now()
    return decide(review, Outcome.PUBLISHED, by, now, lambda it: it.publish(review.subject_id, by=by, now=now))


def give_back(*, review: Review, note: str, by: Actor, now: datetime | None = None) -> Review:
    """Back to its author with a kind word, which is needed."""
    now, note = now or timezone.now(), note.strip()
    if not note:
        raise Refused(Reason.NEEDS_REASON)
    return decide(
        review,
        Outcome.RETURNED,
        by,
        now,
        lambda it: it.give_back(review.subject_id, by=by, note=note, now=now),
        words=note,
    )


def decline(*, review: Review, reason_key: str, by: Actor, words: str = "", now: datetime | None = None) -> Review:
    """Not posted, with a reason from the list; 'something else' needs words of one's own."""
    now, words = now or timezone.now(), words.strip()
    if reason_key not in DeclineReason.values or (reason_key == DeclineReason.OTHER and not words):
        raise Refused(Reason.NEEDS_REASON)
    return decide(
        review,
        Outcome.DECLINED,
        by,
        now,
        lambda it: it.decline(review.subject_id, by=by, reason_key=reason_key, words=words, now=now),
        words=words,
        reason_key=reason_key,
    )


@transaction.atomic
def settle(*, kind: str, subject_id: str, outcome: str, now: datetime | None = None) -> int:
    """It ended by itself: the author took it back, the group closed. Without an open review nothing happens."""
    return _settle(Review.objects.filter(kind=kind, subject_id=subject_id), outcome, now or timezone.now())


@transaction.atomic
def settle_all_of(*, author_id: str, team_id: str, outcome: str, now: datetime | None = None) -> int:
    """The same for everything of one author in one team, whatever put it in the queue."""
    return _settle(Review.objects.filter(author_id=author_id, team_id=team_id), outcome, now or timezone.now())


def _settle(rows: QuerySet[Review], outcome: str, now: datetime) -> int:
    settled = list(rows.select_for_update().filter(settled_at__isnull=True).order_by("pk"))
    for row in settled:
        row.settled_at, row.outcome = now, Outcome(outcome)
        row.save(update_fields=["settled_at", "outcome"])
        _record("settled", row, "", now, outcome=row.outcome)
        live.hint_changed(row)
    return len(settled)


# --- shared by the decisions of this module and of reports --------------------------------------------


@transaction.atomic
def decide(
    review: Review,
    outcome: Outcome,
    by: Actor,
    now: datetime,
    apply: Callable[[Reviewable], None] | None,
    *,
    words: str = "",
    reason_key: str = "",
    cause: Cause = Cause.HELD,
) -> Review:
    """Applies a decision and settles the review. The review is locked first, the thing's own rows after it: the order
    in which an author takes a message back or leaves, so that the two never wait for each other in a ring."""
    policies.decide_review.require(by, review)
    row = _locked(review)
    require_decidable(row, by, now, cause)
    if apply is not None:
        _apply(apply, row)
    return close(row, outcome, by, now, words=words, reason_key=reason_key)


def _apply(apply: Callable[[Reviewable], None], review: Review) -> None:
    """Someone who was quicker left the thing in another state: then this was already done."""
    try:
        with transaction.atomic():
            apply(reviewable_of(review.kind))
    except Refused as refusal:
        if refusal.reason == Reason.CHANGED_MEANWHILE and not Review.objects.get(pk=review.pk).is_open:
            raise Refused(Reason.ALREADY_DONE) from refusal
        raise


def require_decidable(row: Review, by: Actor, now: datetime, cause: Cause) -> None:
    """Still open, of this sort, and read by this person. One's own claim may have run out if nobody took over."""
    if not row.is_open:
        raise Refused(Reason.ALREADY_DONE)
    if row.cause != cause:
        raise Refused(Reason.CHANGED_MEANWHILE)
    if row.claimed_by_id != by.person_id:
        raise Refused(Reason.TAKEN_BY_ANOTHER if row.holder(now) else Reason.CHANGED_MEANWHILE)


def close(row: Review, outcome: Outcome, by: Actor, now: datetime, *, words: str = "", reason_key: str = "") -> Review:
    """Settles a locked review with the decision of a person."""
    row.settled_at, row.settled_by_id, row.outcome = now, by.person_id, outcome
    row.save(update_fields=["settled_at", "settled_by_id", "outcome"])
    Decision.objects.create(review=row, outcome=outcome, by_id=by.person_id, at=now, reason_key=reason_key, words=words)
    _record("decided", row, by.person_id, now, outcome=str(outcome), reason_key=reason_key)
    live.hint_changed(row)
    return row


def _locked(review: Review) -> Review:
    """As it is now. It goes with its author, when she is erased."""
    row = Review.objects.select_for_update().filter(pk=review.pk).first()
    if row is None:
        raise Refused(Reason.NOT_FOUND)
    return row


def _locked_open(review: Review) -> Review:
    row = _locked(review)
    if not row.is_open:
        raise Refused(Reason.ALREADY_DONE)
    return row


def _record(what: str, review: Review, by_id: str, now: datetime, **facts) -> None:
    record(
        f"moderation.review.{what}",
        by_id=by_id,
        subject="moderation.review",
        subject_id=review.pk,
        now=now,
        kind_of_subject=review.kind,
        about=review.subject_id,
        **facts,
    )
