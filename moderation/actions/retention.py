"""What was settled long ago goes, with its decision and what members told; the record of it stays in audit."""

from datetime import datetime

from django.db import transaction

from moderation.models import Review
from moderation.vocabulary import REVIEW_KEPT

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
