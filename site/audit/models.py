from django.db import models

from vault.fields import EncryptedTextField


class AuditEntry(models.Model):
    """One thing that happened. Never changed and never deleted: a trigger in the database refuses both."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=80)
    by_id = models.CharField(max_length=22, blank=True, help_text="person, or empty for the portal itself")
    subject = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    details = models.JSONField(default=dict, blank=True)
    because = EncryptedTextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "subject_id"], name="audit_by_subject"),
            models.Index(fields=["kind", "at"], name="audit_by_kind"),
        ]


class Seal(models.Model):
    """The link of one entry in the chain: position without gaps, and a keyed digest over it and the link before."""

    position = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()


class AccessEntry(models.Model):
    """A look by staff at personal data: one row per staff member, person and purpose in 15 minutes."""

    id = models.BigAutoField(primary_key=True)
    staff_id = models.CharField(max_length=22)
    person_id = models.CharField(max_length=22)
    purpose = models.CharField(max_length=60)
    window = models.DateTimeField(help_text="start of the quarter of an hour")
    shown_to_person = models.BooleanField(default=True, help_text="looks at keep-apart or household never are")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff_id", "person_id", "purpose", "window"], name="audit_one_look_a_quarter"
            )
        ]
        indexes = [models.Index(fields=["person_id", "-window"], name="audit_looks_at_person")]
