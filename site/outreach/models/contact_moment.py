from django.db import models
from django.utils.translation import pgettext_lazy as pl

from outreach.vocabulary import Channel
from people.models import Person
from vault.fields import EncryptedTextField
from vault.ids import OpaqueIdField

from .task import Task


class How(models.TextChoices):
    """In what way there was contact."""

    CALL = "call", pl("moment.call", "phone call")
    VISIT = "visit", pl("moment.visit", "home visit")
    MESSAGE = "message", pl("moment.message", "message")
    LETTER = "letter", pl("moment.letter", "letter")
    MET = "met", pl("moment.met", "met somewhere")


class MomentOutcome(models.TextChoices):
    """How it went. Not wanting is as good an answer as any."""

    SPOKE = "spoke", pl("moment.spoke", "We spoke")
    NO_ANSWER = "no_answer", pl("moment.no_answer", "No answer")
    DID_NOT_WANT = "did_not_want", pl("moment.did_not_want", "Did not want contact now")
    NOT_SAFE = "not_safe", pl("moment.not_safe", "Someone else was there; I stopped")
    LEFT = "left", pl("moment.left", "Left or sent")


# Those after which the rhythm starts anew: something reached the parent.
REACHED = (MomentOutcome.SPOKE, MomentOutcome.DID_NOT_WANT)


class ContactMoment(models.Model):
    """One contact between a member of staff and a parent, or a try. Short and factual; the parent may read it."""

    id = OpaqueIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_moments")
    by_id = models.CharField(max_length=22)
    at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=How)
    outcome = models.CharField(max_length=15, choices=MomentOutcome)
    note = EncryptedTextField(blank=True, help_text="a short fact, no judgement")
    parent_may_read = models.BooleanField(default=True)
    task = models.OneToOneField(Task, null=True, blank=True, on_delete=models.SET_NULL, related_name="moment")
    client_key = models.CharField(max_length=64, blank=True, help_text="of the form: sent twice, it is written once")
    written_at = models.DateTimeField()
    corrected_at = models.DateTimeField(
        null=True, blank=True, help_text="put right by who wrote it; what stood there before is gone"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by_id", "client_key"],
                condition=~models.Q(client_key=""),
                name="outreach_moment_written_once",
            )
        ]
        indexes = [models.Index(fields=["person", "-at"], name="outreach_moments_of_person")]

    @property
    def channel(self) -> Channel | None:
        """The way of the planner that this was, where it is one."""
        return Channel(self.how) if self.how in Channel.values else None
