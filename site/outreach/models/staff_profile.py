from django.db import models

from people.models import Person


class StaffProfile(models.Model):
    """What of a member of staff helps a parent to choose: the languages that she speaks. Nothing else."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="staff_profile")
    languages = models.JSONField(default=list, blank=True, help_text="codes, beside the language of the screen")
