from django.db import models

from outreach.vocabulary import CLOSED_LIST, Channel, Outcome, Purpose, State, Withheld
from people.models import Person
from vault.fields import EncryptedTextField
from vault.ids import OpaqueIdField, new_id

from .notice import Notice

WITHHELD_CHOICES = [(reason.value, reason.value) for reason in Withheld]


class Delivery(models.Model):
    """One sending that waits, was made, or was withheld: the outbox. Its text is made at delivery, not before.

    `message_id` never changes, so that a sending repeated after a crash is known as the same one.
    """

    MOVES = {
        State.WAITING: {State.LEASED, State.WITHHELD, State.DROPPED},
        State.LEASED: {
            State.WAITING,
            State.LEASED,
            State.SENT,
            State.HANDED,
            State.FAILED,
            State.WITHHELD,
            State.DROPPED,
        },
        State.WITHHELD: {State.WAITING},  # only when the person lifts the wish that withheld it
        State.SENT: set(),
        State.HANDED: set(),
        State.FAILED: set(),
        State.DROPPED: set(),
    }

    id = OpaqueIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="deliveries")
    notice = models.ForeignKey(Notice, null=True, blank=True, on_delete=models.SET_NULL, related_name="deliveries")
    channel = models.CharField(
        max_length=10, choices=Channel, blank=True, help_text="the way planned or taken; empty: no way was open"
    )
    failed_channels = models.JSONField(default=list, blank=True, help_text="ways that failed for good")
    override = models.ForeignKey(
        "outreach.Override", null=True, blank=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    way = models.CharField(
        max_length=10,
        blank=True,
        choices=Channel,
        help_text="the only way, chosen by the team; empty: by the wish alone",
    )
    not_before = models.DateTimeField(null=True, blank=True, help_text="when the team planned it for later")
    purpose = models.CharField(max_length=20, choices=Purpose)
    subject = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=30, blank=True, choices=WITHHELD_CHOICES)
    due_at = models.DateTimeField(null=True, blank=True, help_text="empty: withheld at once, never waited")
    next_try_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    lease = models.CharField(max_length=22, blank=True, help_text="which worker holds it")
    lease_until = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=22, default=new_id, editable=False)
    payload = EncryptedTextField(blank=True, help_text="a code, until it is sent; empty for everything else")
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            # Two workers never reach for one person at once; codes do not wait for anything else.
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state=State.LEASED) & ~models.Q(purpose__in=sorted(CLOSED_LIST)),
                name="outreach_one_sending_at_a_time",
            ),
            models.UniqueConstraint(fields=["override"], name="outreach_one_message_past_the_wish"),
            models.CheckConstraint(
                condition=models.Q(state=State.LEASED, lease_until__isnull=False)
                | (~models.Q(state=State.LEASED) & models.Q(lease_until__isnull=True)),
                name="outreach_lease_has_an_end",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[State.WAITING, State.LEASED], settled_at__isnull=True, due_at__isnull=False
                )
                | (~models.Q(state__in=[State.WAITING, State.LEASED]) & models.Q(settled_at__isnull=False)),
                name="outreach_settled_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="outreach_outbox"),
            models.Index(fields=["person", "state", "settled_at"], name="outreach_deliveries_of_person"),
            models.Index(fields=["subject", "subject_id"], name="outreach_deliveries_about"),
        ]


class Attempt(models.Model):
    """One try, or one time it was withheld or put off, with the reason, the way, and until when."""

    id = models.BigAutoField(primary_key=True)
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=15, choices=Outcome)
    reason = models.CharField(
        max_length=30, blank=True, help_text="why withheld or put off; for a failure the kind of fault, never its text"
    )

    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    by_id = models.CharField(max_length=22, blank=True, help_text="for a task: who does it; empty: the team")
    until = models.DateTimeField(null=True, blank=True, help_text="when it is asked again; empty: not put off")

    class Meta:
        indexes = [models.Index(fields=["at"], name="outreach_attempts_by_time")]
