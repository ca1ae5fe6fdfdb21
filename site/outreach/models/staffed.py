from django.db import models


class StaffedHours(models.Model):
    """Hours in which someone of a team reads, on the wall clock of the portal. A team is known by its id only."""

    id = models.BigAutoField(primary_key=True)
    team_id = models.CharField(max_length=22)
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday")
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        verbose_name_plural = "staffed hours"
        constraints = [
            models.UniqueConstraint(fields=["team_id", "weekday", "opens"], name="outreach_one_opening_at_a_time"),
            models.CheckConstraint(condition=models.Q(opens__lt=models.F("closes")), name="outreach_opens_then_closes"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="outreach_a_day_of_the_week"),
        ]
