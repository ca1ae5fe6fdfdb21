from django.db import models
from django.utils.translation import pgettext_lazy as pl

from people.models import Person
from vault.fields import EncryptedTextField
from vault.ids import OpaqueIdField

from .contact_moment import MomentOutcome


class OccasionKind(models.TextChoices):
    """What happened, as the team names it among themselves."""

    ATTACK = "attack", pl("occasion.attack", "An attack")
    TRIAL = "trial", pl("occasion.trial", "A trial or a hearing")
    DEATH = "death", pl("occasion.death", "A death")
    ANNIVERSARY = "anniversary", pl("occasion.anniversary", "A day that comes back every year")
    MEDIA = "media", pl("occasion.media", "Much in the news")
    RETURN = "return", pl("occasion.return", "Someone comes back")
    DEPARTURES = "departures", pl("occasion.departures", "Several young people left")


class Occasion(models.Model):
    """Something that happened and may touch many families. The title is for the team; no parent ever reads it."""

    id = OpaqueIdField()
    kind = models.CharField(max_length=15, choices=OccasionKind)
    day = models.DateField()
    title = EncryptedTextField(help_text="short and neutral, for the team")
    made_at = models.DateTimeField()
    made_by_id = models.CharField(max_length=22)


class Round(models.Model):
    """One team's way along its families after an occasion: proposed, confirmed by a person, closed with a note."""

    id = OpaqueIdField()
    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="rounds")
    started_at = models.DateTimeField()
    started_by_id = models.CharField(max_length=22)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_id = models.CharField(max_length=22, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_id = models.CharField(max_length=22, blank=True)
    closing_note = EncryptedTextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True, confirmed_by_id="")
                | (models.Q(confirmed_at__isnull=False) & ~models.Q(confirmed_by_id="")),
                name="outreach_round_confirmed_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_by_id="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(closed_by_id="")),
                name="outreach_round_closed_when_and_by_whom",
            ),
        ]


class RoundLine(models.Model):
    """One person in a round. Before confirming it holds only what the team chose; the proposal itself is made anew
    from the wish each time it is looked at. After it, `lead_id` is who does it, and `outcome` how it went.
    """

    id = OpaqueIdField()
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="lines")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="round_lines")
    lead_id = models.CharField(max_length=22, blank=True, help_text="chosen, or after confirming who does it")
    way = models.CharField(max_length=10, blank=True, help_text="chosen; empty: the first of the parent's order")
    outcome = models.CharField(max_length=15, choices=MomentOutcome, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    outcome_by_id = models.CharField(max_length=22, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="outreach_in_a_round_once"),
            models.CheckConstraint(
                condition=models.Q(outcome="", outcome_at__isnull=True, outcome_by_id="")
                | (~models.Q(outcome="") & models.Q(outcome_at__isnull=False) & ~models.Q(outcome_by_id="")),
                name="outreach_outcome_when_and_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["lead_id"], name="outreach_lines_of_lead")]
