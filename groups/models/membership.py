from django.conf import settings
from django.db import models
from django.db.models import Q

from groups.vocabulary import MembershipStatus
from people.models import Person
from vault.fields import EncryptedTextField
from vault.ids import OpaqueIdField

from .group import Group


class Membership(models.Model):
    """A parent in a group, under the name that this parent chose there. One row a parent and group, whatever happens.

    `pseudonym_key` stays empty until the name was compared with the others, which is not before admission:
    a name that is taken would tell someone outside that the group knows it.
    """

    id = OpaqueIdField()
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    status = models.CharField(max_length=10, choices=MembershipStatus, default=MembershipStatus.APPLIED)
    pseudonym = EncryptedTextField(blank=True)
    pseudonym_key = models.CharField(max_length=64, null=True, help_text="keyed hash of the folded name")
    applied_at = models.DateTimeField()
    admitted_at = models.DateTimeField(null=True, blank=True)
    admitted_by_id = models.CharField(max_length=22, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_id = models.CharField(
        max_length=22, blank=True, help_text="the parent, or the facilitator; empty: the portal"
    )
    rules_accepted_at = models.DateTimeField(null=True, blank=True)
    published_count = models.PositiveIntegerField(default=0, help_text="for the mode 'new members first'")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="groups_one_membership_of_a_parent"),
            models.UniqueConstraint(fields=["group", "pseudonym_key"], name="groups_one_of_a_name"),
            models.CheckConstraint(
                condition=Q(admitted_at__isnull=False) | Q(admitted_by_id=""), name="groups_admitted_by_has_a_moment"
            ),
            models.CheckConstraint(
                condition=~Q(status="admitted") | Q(admitted_at__isnull=False, ended_at__isnull=True),
                name="groups_admitted_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["left", "ended"]) | Q(ended_at__isnull=False),
                name="groups_ended_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "status"], name="groups_memberships_of_person"),
        ]

    @property
    def is_admitted(self) -> bool:
        return self.status == MembershipStatus.ADMITTED


class Invitation(models.Model):
    """A way in for one person to one group, by link and by card. Only keyed hashes are kept; it works once."""

    id = OpaqueIdField()
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="invitations")
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    link_key = models.CharField(max_length=64, unique=True, help_text="keyed hash of the link")
    code_key = models.CharField(max_length=64, unique=True, help_text="keyed hash of the code on the card")
    for_name = EncryptedTextField(blank=True, help_text="who it is for, as the facilitator calls this person")
    issued_at = models.DateTimeField()
    issued_by_id = models.CharField(max_length=22)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    entry_key = models.CharField(max_length=64, blank=True, help_text="keyed hash of the form that used it")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by_id = models.CharField(max_length=22, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=False) | Q(revoked_by_id=""), name="groups_revoked_by_has_a_moment"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True),
                name="groups_used_or_revoked_not_both",
            ),
        ]
        indexes = [models.Index(fields=["group", "-issued_at"], name="groups_invitations_of_group")]

    def is_open(self, now) -> bool:
        return self.used_at is None and self.revoked_at is None and self.expires_at > now
