from django.db import models

from people.models import Person
from vault.ids import OpaqueIdField


class DutyShift(models.Model):
    """A time in which one of a team is on duty. A team is known by its id only, as in the staffed hours.

    It is a promise ahead and no record of work: it goes four weeks after it ended.
    """

    id = OpaqueIdField()
    team_id = models.CharField(max_length=22)
    staff = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="duty_shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__lt=models.F("ends_at")), name="outreach_shift_has_length"
            ),
            models.UniqueConstraint(fields=["team_id", "staff", "starts_at"], name="outreach_one_shift_at_a_time"),
        ]
        indexes = [models.Index(fields=["team_id", "ends_at"], name="outreach_shifts_of_team")]
