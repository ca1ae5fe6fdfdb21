"""Lets go of someone who is being erased: reviews of her words with all that was said about them, and what she told.

What she told about someone else's words still waits for the team, but without her words and without her.
"""

from datetime import datetime

from moderation.models import Report, Review
from vault.ids import new_id

from .reviews import settle


def forget_person(person_id: str, now: datetime) -> None:
    own = Review.objects.filter(author_id=person_id)
    for kind, subject_id in list(own.filter(settled_at__isnull=True).values_list("kind", "subject_id")):
        settle(kind=kind, subject_id=subject_id, outcome="withdrawn", now=now)
    own.delete()
    for report in Report.objects.filter(by_id=person_id):
        report.by_id, report.words = new_id(), ""
        report.save(update_fields=["by_id", "words"])
