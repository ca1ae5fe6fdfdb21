from django.db import models

from vault.ids import OpaqueIdField

from .person import Person


class Household(models.Model):
    """People of one family. Only staff know of it; its members never see each other's anything."""

    id = OpaqueIdField()
    professional_cap = models.PositiveSmallIntegerField(default=3)
    created_at = models.DateTimeField()
    created_by_id = models.CharField(max_length=22)


class HouseholdMember(models.Model):
    id = models.BigAutoField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="household_member")
