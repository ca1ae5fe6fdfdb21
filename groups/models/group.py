from django.conf import settings
from django.db import models
from django.db.models import Q

from groups.vocabulary import GROUP_CAP, PROFESSIONAL_CAP, Mode, Programme
from people.models import Person
from vault.fields import EncryptedTextField
from vault.ids import OpaqueIdField


class Group(models.Model):
    """A small closed circle of parents with its facilitators. Closed ones are gone for their members."""

    id = OpaqueIdField()
    name = EncryptedTextField()
    key = models.CharField(max_length=30, unique=True, null=True, help_text="ASCII, so that a demo can find it again")
    programme = models.CharField(max_length=20, choices=Programme)
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.FIRST_READ)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="nl")
    cap = models.PositiveSmallIntegerField(default=GROUP_CAP)
    professional_cap = models.PositiveSmallIntegerField(default=PROFESSIONAL_CAP)
    made_at = models.DateTimeField()
    made_by_id = models.CharField(max_length=22, blank=True, help_text="empty: the command line")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_id = models.CharField(max_length=22, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False) | Q(closed_by_id=""), name="groups_closed_by_has_a_moment"
            ),
            models.CheckConstraint(condition=Q(cap__gt=0), name="groups_cap_is_not_zero"),
        ]

    def __str__(self) -> str:
        return f"group {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Facilitation(models.Model):
    """Who accompanies a group, from one moment to another. Rank alone never opens a group; this row does."""

    id = OpaqueIdField()
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="facilitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="facilitations")
    appointed_at = models.DateTimeField()
    appointed_by_id = models.CharField(max_length=22, blank=True, help_text="empty: the command line")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_id = models.CharField(max_length=22, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="groups_one_open_facilitation",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=False) | Q(withdrawn_by_id=""),
                name="groups_withdrawn_by_has_a_moment",
            ),
        ]
