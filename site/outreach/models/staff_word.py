from django.db import models
from django.utils.translation import pgettext_lazy as pl

from people.models import Person
from vault.fields import EncryptedTextField
from vault.ids import OpaqueIdField


class Answer(models.TextChoices):
    """What a parent may say back with one tap. Saying nothing is fine too."""

    THANKS = "thanks", pl("word.thanks", "Thank you")
    CONTACT = "contact", pl("word.contact", "Please contact me")


class StaffWord(models.Model):
    """A few words of one member of staff to one parent. They stand in the parent's app and ring by the wish alone."""

    id = OpaqueIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="staff_words")
    by_id = models.CharField(max_length=22)
    text = EncryptedTextField()
    key = models.CharField(max_length=64, help_text="the form it was sent with: sent twice is one")
    written_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by_id", "key"], name="outreach_a_word_once"),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="outreach_word_answered_when",
            ),
        ]
        indexes = [models.Index(fields=["person", "-written_at"], name="outreach_words_to_person")]
