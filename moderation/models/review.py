from datetime import datetime

from django.db import models
from django.db.models import Q

from moderation.vocabulary import CLAIM_KEPT, SERIOUS_FIRST, Cause, FindingKind, Outcome
from vault.ids import OpaqueIdField


class Review(models.Model):
    """One thing that a person of the team reads. Knows where the text is, never the text itself."""

    id = OpaqueIdField()
    kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=22)
    team_id = models.CharField(max_length=22)
    author_id = models.CharField(max_length=22, blank=True)
    language = models.CharField(max_length=8)
    cause = models.CharField(max_length=10, choices=Cause, default=Cause.HELD)
    findings = models.JSONField(default=list, blank=True, help_text="[kind, start, end] each; positions, never words")
    urgent = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by_id = models.CharField(max_length=22, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by_id = models.CharField(max_length=22, blank=True, help_text="empty: it ended by itself")
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=Q(settled_at__isnull=True),
                name="moderation_one_open_review_a_subject",
            ),
            models.CheckConstraint(
                condition=Q(claimed_at__isnull=True, claimed_by_id="")
                | (Q(claimed_at__isnull=False) & ~Q(claimed_by_id="")),
                name="moderation_claimed_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by_id="", outcome="")
                | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="moderation_settled_when_and_how",
            ),
        ]
        indexes = [
            # The queue reads nothing else, so that it costs the same beside a million settled rows.
            models.Index(
                fields=["-urgent", "opened_at", "id"],
                condition=Q(settled_at__isnull=True),
                name="moderation_queue",
            ),
            models.Index(
                fields=["settled_at"], condition=Q(settled_at__isnull=False), name="moderation_settled_by_age"
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.settled_at is None

    @property
    def claimed_until(self) -> datetime | None:
        return self.claimed_at + CLAIM_KEPT if self.claimed_at else None

    def holder(self, now: datetime) -> str:
        """Who reads it now; nobody once the claim has run out."""
        return self.claimed_by_id if self.is_open and self.claimed_at and now < self.claimed_at + CLAIM_KEPT else ""

    @property
    def kinds(self) -> list[FindingKind]:
        """What was found, the most serious first, each once."""
        found = {kind for kind, _, _ in self.findings}
        return [kind for kind in SERIOUS_FIRST if kind in found]

    @property
    def why(self) -> str:
        """Its name in the queue: what was found, or why it waits. Never words of the author."""
        if self.cause == Cause.HELD and self.kinds:
            return str(self.kinds[0].label)
        return str(Cause(self.cause).label)

    @property
    def urgency(self) -> str:
        if self.urgent:
            return "urgent"
        return "today" if self.kinds or self.cause == Cause.TOLD else "calm"

    @property
    def sequence(self) -> int:
        """The moment it was opened, in microseconds: the order of the live queue."""
        return int(self.opened_at.timestamp() * 1_000_000)
