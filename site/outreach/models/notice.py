from django.db import models

from outreach.vocabulary import Purpose
from people.models import Person
from vault.ids import OpaqueIdField


class Notice(models.Model):
    """What stands in the app for a person. Says why, never what: the thing itself is only named by its id.

    Unread ones about the same thing are one row: `unread_key` is unique per person while unread, and empty after.
    """

    id = OpaqueIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    purpose = models.CharField(max_length=20, choices=Purpose)
    subject = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    by_id = models.CharField(max_length=22, blank=True, help_text="who caused it last; empty: the portal")
    merged_count = models.PositiveIntegerField(default=1, help_text="how often it happened before it was read")
    created_at = models.DateTimeField(help_text="the last time it happened")
    read_at = models.DateTimeField(null=True, blank=True)
    unread_key = models.CharField(max_length=130, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "unread_key"], name="outreach_one_unread_notice_of_a_thing"),
            models.CheckConstraint(
                condition=models.Q(read_at__isnull=True, unread_key__isnull=False)
                | models.Q(read_at__isnull=False, unread_key__isnull=True),
                name="outreach_notice_is_read_or_not",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="outreach_notices_of_person"),
            models.Index(fields=["read_at"], name="outreach_notices_by_reading"),
        ]

    @property
    def why(self) -> str:
        """Why the person gets this, in one plain sentence."""
        return str(Purpose(self.purpose).label)


def unread_key(purpose: str, subject: str, subject_id: str) -> str:
    return f"{purpose}:{subject}:{subject_id}"
