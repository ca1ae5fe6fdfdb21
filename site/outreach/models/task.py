from django.db import models

from outreach.vocabulary import Channel, Purpose
from people.models import Person
from vault.ids import OpaqueIdField

from .delivery import WITHHELD_CHOICES, Delivery


class Task(models.Model):
    """Something for a person of the team to do towards a parent: a call, a visit, a letter; or a word, when she asked
    for contact and her way is one of sending.

    Made by the planner's word alone. It is shown only while the wish still allows it; when it no longer does, it is
    withdrawn with the reason. Done means: someone wrote down a contact moment, or the word that was asked for.
    """

    id = OpaqueIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tasks")
    delivery = models.OneToOneField(Delivery, null=True, on_delete=models.SET_NULL, related_name="task")
    channel = models.CharField(max_length=10, choices=Channel)
    purpose = models.CharField(max_length=20, choices=Purpose)
    for_id = models.CharField(max_length=22, blank=True, help_text="who does it; empty: someone of the team")
    due_at = models.DateTimeField(help_text="not before")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by_id = models.CharField(max_length=22, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=30, blank=True, choices=WITHHELD_CHOICES)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
                name="outreach_task_ends_once",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True, done_by_id="")
                | (models.Q(done_at__isnull=False) & ~models.Q(done_by_id="")),
                name="outreach_task_done_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, reason="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(reason="")),
                name="outreach_task_withdrawn_and_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["for_id", "due_at"],
                condition=models.Q(done_at__isnull=True, withdrawn_at__isnull=True),
                name="outreach_open_tasks",
            )
        ]
