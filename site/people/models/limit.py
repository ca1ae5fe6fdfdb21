from django.db import models


class Limit(models.Model):
    """How often something was tried: one row a key. Keys are keyed hashes, so no name or address stands here."""

    key = models.CharField(max_length=64, primary_key=True)
    ready_at = models.FloatField(help_text="seconds since 1970 at which the allowance is whole again")

    class Meta:
        indexes = [models.Index(fields=["ready_at"], name="people_limits_by_time")]
