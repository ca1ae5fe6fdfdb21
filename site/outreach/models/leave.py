from django.db import models

from people.models import Person
from vault.ids import OpaqueIdField


class Leave(models.Model):
    """A time in which a member of staff is away. Why is nobody's business."""

    id = OpaqueIdField()
    staff = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="leaves")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True, help_text="when the parents were told in their way")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__lt=models.F("ends_at")), name="outreach_leave_has_length"
            )
        ]
        indexes = [models.Index(fields=["staff", "ends_at"], name="outreach_leaves_of_staff")]


class StandIn(models.Model):
    """Whom a parent named for the time that her contact person is away. Without a name there is nobody instead."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="stand_ins")
    leave = models.ForeignKey(Leave, on_delete=models.CASCADE, related_name="stand_ins")
    staff = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="stands_in")
    named_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "leave"], name="outreach_one_stand_in")]
