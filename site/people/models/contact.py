from django.db import models

from people.vocabulary import Rhythm

from .person import Person


class ContactNeeds(models.Model):
    """How much contact a parent wants, how and when. Absent means: in the app only, discreet, nothing that rings."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="contact_needs")
    rhythm = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.MATTERS)
    quiet_until = models.DateTimeField(
        null=True, blank=True, help_text="with rhythm quiet: until then; empty: until the parent says so"
    )
    by_email = models.BooleanField(default=False)
    quiet_from = models.TimeField(null=True, blank=True, help_text="wall clock in the person's own zone")
    quiet_to = models.TimeField(null=True, blank=True)
    discreet = models.BooleanField(default=True)
    changed_at = models.DateTimeField()
    changed_by_id = models.CharField(max_length=22, help_text="the parent, or staff with the parent on the phone")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="people_quiet_hours_have_two_ends",
            )
        ]
