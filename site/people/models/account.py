from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from vault.ids import OpaqueIdField

from .person import Person


class AccountManager(BaseUserManager):
    def get_by_natural_key(self, sign_in_name: str) -> "Account":
        return self.get(sign_in_name=sign_in_name)


class Account(AbstractBaseUser, PermissionsMixin):
    """How a person signs in. The sign-in name is given by the portal: three plain words, or an address for staff."""

    id = OpaqueIdField()
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="account")
    sign_in_name = models.CharField(max_length=120, unique=True)
    email = models.EmailField(null=True, blank=True, unique=True)
    is_active = models.BooleanField(default=True)
    pin = models.CharField(max_length=200, blank=True, help_text="hash of six digits, for the lock of an own phone")
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by_id = models.CharField(max_length=22, blank=True)
    created_at = models.DateTimeField()
    password_changed_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "sign_in_name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = AccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(frozen_at__isnull=True, frozen_by_id="")
                | (models.Q(frozen_at__isnull=False) & ~models.Q(frozen_by_id="")),
                name="people_frozen_when_and_by_whom",
            )
        ]

    def __str__(self) -> str:
        return f"account {self.pk}"

    # Wagtail asks for a name; it gets what colleagues may read, and nothing for parents.
    def get_full_name(self) -> str:
        return self.person.name if self.person.is_staff else ""

    def get_short_name(self) -> str:
        return self.get_full_name()
