"""What was settled long ago goes, with its decision and what members told; the record of it stays in audit.

So does what waits about something that is gone: nobody could open it any more, and it would wait for ever.
"""

from datetime import datetime

from django.db import transaction

from audit.record import record
from moderation.models import Review
from moderation.reviewables import reviewable_of
from moderation.vocabulary import REVIEW_KEPT
from people.policy import Refused

BATCH = 500


def forget_settled(now: datetime) -> int:
    """Removes reviews that were settled more than a year ago."""
    gone = 0
    while True:
        with transaction.atomic():
            old = Review.objects.filter(settled_at__lt=now - REVIEW_KEPT).order_by("settled_at")
            ids = list(old.values_list("pk", flat=True)[:BATCH])
            Review.objects.filter(pk__in=ids).delete()
        gone += len(ids)
        if len(ids) < BATCH:
            return gone


def forget_outlived(now: datetime) -> int:
    """Removes reviews that wait about what is past its own term: the two are written together, so it was there."""
    gone = [review for review in Review.objects.filter(settled_at__isnull=True) if not _is_there(review)]
    with transaction.atomic():
        for review in gone:
            subject = {"subject": "moderation.review", "subject_id": review.pk}
            record("moderation.review.outlived", **subject, now=now, about=review.subject_id)
            review.delete()
    return len(gone)


def _is_there(review: Review) -> bool:
    try:
        reviewable_of(review.kind).describe(review.subject_id)
    except Refused:
        return False
    return True
