from django.db import models

from vault.fields import EncryptedTextField


class KeepApart(models.Model):
    """Two people not to be brought together. Looked up by a keyed hash of the ordered pair; nothing else tells who."""

    pair = models.CharField(max_length=64, primary_key=True)
    details = EncryptedTextField(help_text="the two ids and why, for the staff who may read it")
    marked_at = models.DateTimeField()
    marked_by_id = models.CharField(max_length=22)
