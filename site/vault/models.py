from django.db import models

from .fields import EncryptedTextField


class MasterSecret(models.Model):
    """The one random secret from which purpose keys are derived; also the proof that a key fits."""

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    value = EncryptedTextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=1), name="vault_one_master_secret")]
