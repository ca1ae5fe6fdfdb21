from django.db import models
from django.utils.translation import pgettext_lazy as pl

from people.models import Person


class Gender(models.TextChoices):
    """What a parent may ask for in a contact person, and what staff say of themselves or leave unsaid."""

    WOMAN = "woman", pl("gender.woman", "A woman")
    MAN = "man", pl("gender.man", "A man")


class Theme(models.TextChoices):
    """What a parent lives with, in the words of those for whom the portal is."""

    LEFT = "left", pl("theme.left", "A child who left")
    DIED = "died", pl("theme.died", "A child who died")
    ARRESTED = "arrested", pl("theme.arrested", "A child who was arrested")
    CAME_BACK = "came_back", pl("theme.came_back", "A child who came back")
    WORRY = "worry", pl("theme.worry", "Worry about a child")


class DayPart(models.TextChoices):
    DAYTIME = "daytime", pl("day_part.daytime", "In the daytime")
    EVENING = "evening", pl("day_part.evening", "In the evening")
    WEEKEND = "weekend", pl("day_part.weekend", "In the weekend")


class StaffProfile(models.Model):
    """What of a member of staff helps a parent to choose, as she says it herself. All of it may stay unsaid."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="staff_profile")
    languages = models.JSONField(default=list, blank=True, help_text="codes, beside the language of the screen")
    gender = models.CharField(max_length=5, choices=Gender, blank=True)
    themes = models.JSONField(default=list, blank=True, help_text="themes she knows well")
    hours = models.JSONField(default=list, blank=True, help_text="parts of the day in which she can usually be reached")
    most_families = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="her own limit: above it nobody proposes her for one more family"
    )
