from django.db import models

from vault.fields import EncryptedTextField
from vault.ids import OpaqueIdField

from .review import Review


class Report(models.Model):
    """A member told the team about something that stands there. Who it was is never shown to whom it is about.

    It is settled when its review is.
    """

    id = OpaqueIdField()
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="reports")
    by_id = models.CharField(max_length=22)
    words = EncryptedTextField(blank=True)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "by_id"], name="moderation_told_once"),
        ]
