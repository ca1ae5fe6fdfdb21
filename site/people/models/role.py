from django.db import models

from people.vocabulary import GRANTED_ROLES, Role

from .person import Person


class RoleGrant(models.Model):
    """A role held by a person from one moment to another. Only actions grant and withdraw."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=40, choices=[(role.value, role.label) for role in GRANTED_ROLES])
    granted_at = models.DateTimeField()
    granted_by_id = models.CharField(max_length=22, blank=True, help_text="empty: the command line")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_id = models.CharField(max_length=22, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="people_one_grant_of_a_role",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by_id="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_by_id="")),
                name="people_withdrawn_when_and_by_whom",
            ),
        ]

    @property
    def as_role(self) -> Role:
        return Role(self.role)
