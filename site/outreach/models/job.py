from django.db import models


class JobRun(models.Model):
    """One due job: when it runs next and which worker has it now, so that one of several workers runs it."""

    name = models.CharField(max_length=80, primary_key=True)
    next_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    failed_in_a_row = models.PositiveSmallIntegerField(default=0)
