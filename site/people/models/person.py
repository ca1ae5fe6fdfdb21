from django.conf import settings
from django.db import models

from vault.fields import EncryptedTextField
from vault.ids import OpaqueIdField


class Organisation(models.Model):
    """Who a staff member works for, as parents read it above every box they write in."""

    id = OpaqueIdField()
    name = models.CharField(max_length=80, unique=True)
    professional_secrecy = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Someone Kring knows: a parent (with or without an account) or a member of staff.

    `name` is how the team calls this person; for staff it is shown to parents, for parents only to their own team.
    """

    id = OpaqueIdField()
    name = EncryptedTextField(blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="nl")
    time_zone = models.CharField(max_length=40, default="Europe/Brussels")
    is_staff = models.BooleanField(default=False, help_text="has or had a granted role; parents never do")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"person {self.pk}"
