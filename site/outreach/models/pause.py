from django.db import models

from people.models import Person
from people.vocabulary import Rhythm


class PauseMemory(models.Model):
    """Which rhythm holds again when a person's quiet 'until a day' is over. Exists only while there is such a day."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="pause_memory")
    rhythm_after = models.CharField(max_length=10, choices=Rhythm)
