from django.db import models
from django.utils.translation import pgettext_lazy as pl

from people.models import Person
from vault.fields import EncryptedTextField
from vault.ids import OpaqueIdField


class Danger(models.TextChoices):
    """What acute danger is. The list is closed: a death, an arrest or a trial of another is none."""

    TO_SELF = "to_self", pl("danger.to_self", "This parent may do something to themselves now")
    TO_OTHERS = "to_others", pl("danger.to_others", "Others may be in danger now")
    CHILD = "child", pl("danger.child", "A child is in danger now")
    AT_HOME = "at_home", pl("danger.at_home", "There is violence at home now")


class Override(models.Model):
    """One message past the wish, in acute danger: asked by one, confirmed by another, over after an hour.

    The parent reads afterwards who did it and why.
    """

    id = OpaqueIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="overrides")
    danger = models.CharField(max_length=10, choices=Danger)
    because = EncryptedTextField(help_text="written by who asked; the parent reads it")
    asked_at = models.DateTimeField()
    asked_by_id = models.CharField(max_length=22)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_id = models.CharField(max_length=22, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True, confirmed_by_id="", ends_at__isnull=True)
                | (models.Q(confirmed_at__isnull=False, ends_at__isnull=False) & ~models.Q(confirmed_by_id="")),
                name="outreach_override_confirmed_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=~models.Q(confirmed_by_id=models.F("asked_by_id")), name="outreach_override_takes_two"
            ),
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(confirmed_at__isnull=False),
                name="outreach_override_used_after_confirming",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(used_at__lt=models.F("ends_at")),
                name="outreach_override_used_in_time",
            ),
            models.CheckConstraint(condition=~models.Q(because=""), name="outreach_override_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(danger__in=Danger.values), name="outreach_override_in_danger_only"
            ),
        ]

    @property
    def sequence(self) -> int:
        """The moment it was asked, in microseconds: the order on open pages."""
        return int(self.asked_at.timestamp() * 1_000_000)
