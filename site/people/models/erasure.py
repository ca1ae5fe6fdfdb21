from django.db import models


class Erasure(models.Model):
    """That someone was erased: the id alone, so that a restored backup can erase the same person again.

    `scrubbed_at` is empty until the bytes are out of the files of the database too.
    """

    person_id = models.CharField(max_length=22, primary_key=True)
    erased_at = models.DateTimeField()
    scrubbed_at = models.DateTimeField(null=True, blank=True)
