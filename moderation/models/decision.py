from django.db import models

from moderation.vocabulary import Outcome
from vault.fields import EncryptedTextField
from vault.ids import OpaqueIdField

from .review import Review


class Decision(models.Model):
    """What a person of the team decided, and the words that went with it. One a review, never changed."""

    id = OpaqueIdField()
    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="decision")
    outcome = models.CharField(max_length=20, choices=Outcome)
    by_id = models.CharField(max_length=22)
    at = models.DateTimeField()
    reason_key = models.CharField(max_length=40, blank=True)
    words = EncryptedTextField(blank=True)
