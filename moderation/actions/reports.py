"""Telling the team about something that stands there, and what the team does about it.

Who told is known to the team, never to who wrote it, and stands in no notice.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.record import looked, record
from audit.vocabulary import Look
from moderation import policies
from moderation.models import Report, Review
from moderation.reviewables import Described, reviewable_of
from moderation.vocabulary import REPORT_SECONDS, REPORTS, WORDS_LIMIT, Cause, Outcome
from people import limiter
from people.actor import Actor
from people.policy import Refused
from people.vocabulary import Reason

from . import reviews


def tell_team(
    *, kind: str, subject_id: str, team_id: str, by: Actor, words: str = "", now: datetime | None = None
) -> Report:
    """Puts it in the queue of the team. Told twice by one person while it waits, it is told once.

    Whether this person may read the thing is the caller's rule, asked before.
    """
    now = now or timezone.now()
    if len(words) > WORDS_LIMIT:
        raise Refused(Reason.TOO_LONG)
    earlier = _told_before(kind, subject_id, by)
    if earlier is not None:
        return earlier
    allowance = limiter.take("moderation.report", by.person_id, limit=REPORTS, seconds=REPORT_SECONDS)
    if not allowance.granted:
        raise Refused(Reason.TOO_MANY, wait_seconds=allowance.wait_seconds)
    return _store(kind, subject_id, team_id, by, words.strip(), now)


def _told_before(kind: str, subject_id: str, by: Actor) -> Report | None:
    return Report.objects.filter(
        review__kind=kind, review__subject_id=subject_id, review__settled_at__isnull=True, by_id=by.person_id
    ).first()


@transaction.atomic
def _store(kind: str, subject_id: str, team_id: str, by: Actor, words: str, now: datetime) -> Report:
    described = reviewable_of(kind).describe(subject_id)
    if described.author_id == by.person_id or described.team_id != team_id:
        raise Refused(Reason.NOT_YOURS)
    review = reviews.open_review(
        kind=kind,
        subject_id=subject_id,
        team_id=team_id,
        author_id=described.author_id,
        language=described.language,
        cause=Cause.TOLD,
        now=now,
    )
    report, is_new = Report.objects.get_or_create(
        review=review, by_id=by.person_id, defaults={"words": words, "told_at": now}
    )
    if is_new:
        record(
            "moderation.report.told",
            by_id=by.person_id,
            subject="moderation.review",
            subject_id=review.pk,
            now=now,
        )
    return report


def dismiss(*, review: Review, by: Actor, now: datetime | None = None) -> Review:
    """It stays where it stands; its author never hears of it."""
    return reviews.decide(review, Outcome.LEFT_STANDING, by, now or timezone.now(), None, cause=Cause.TOLD)


def remove(*, review: Review, because: str, by: Actor, now: datetime | None = None) -> Review:
    """Takes away what someone told the team about. The author reads why; a mark stays."""
    now, because = now or timezone.now(), because.strip()
    if not because:
        raise Refused(Reason.NEEDS_REASON)
    return reviews.decide(
        review,
        Outcome.REMOVED,
        by,
        now,
        lambda it: it.remove(review.subject_id, by=by, because=because, now=now),
        words=because,
        cause=Cause.TOLD,
    )


@transaction.atomic
def look_before(*, subject: policies.Subject, by: Actor, now: datetime | None = None) -> Described:
    """What stands there, for who thinks of taking it away. Writes the look in the access log."""
    policies.take_away.require(by, subject)
    people = [subject.author_id] if subject.author_id else []
    looked(staff_id=by.person_id, person_ids=people, purpose=Look.REVIEW, now=now)
    return reviewable_of(subject.kind).describe(subject.id)


@transaction.atomic
def take_away(*, kind: str, subject_id: str, because: str, by: Actor, now: datetime | None = None) -> Review:
    """The same from the page where it stands, told about or not; settles what is open about it. Needs a reason."""
    now, because = now or timezone.now(), because.strip()
    if not because:
        raise Refused(Reason.NEEDS_REASON)
    described = reviewable_of(kind).describe(subject_id)
    policies.take_away.require(by, policies.Subject(kind, subject_id, described.team_id, described.author_id))
    # The review before the thing's own rows, as everywhere: nobody waits for another in a ring.
    rows = Review.objects.select_for_update().filter(kind=kind, subject_id=subject_id, settled_at__isnull=True)
    told = rows.first()
    reviewable_of(kind).remove(subject_id, by=by, because=because, now=now)
    return reviews.close(told or _seen(kind, subject_id, described, now), Outcome.REMOVED, by, now, words=because)


def _seen(kind: str, subject_id: str, described: Described, now: datetime) -> Review:
    """The review of something that nobody told about; or, told in this very moment, that one."""
    row, _ = Review.objects.select_for_update().get_or_create(
        kind=kind,
        subject_id=subject_id,
        settled_at__isnull=True,
        defaults={
            "team_id": described.team_id,
            "author_id": described.author_id,
            "language": described.language,
            "cause": Cause.SEEN,
            "opened_at": now,
            "settled_at": None,
        },
    )
    return row
