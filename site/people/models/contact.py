from django.db import models

from people.vocabulary import AroundEvents, Rhythm, WhoMay
from vault.fields import EncryptedTextField

from .person import Person


class ContactNeeds(models.Model):
    """How much contact a parent wants, how and when. Absent means: in the app only, discreet, nothing that rings.

    The lists are read and written by `outreach.wish` alone. A parent without an account can have needs as well.
    """

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="contact_needs")
    rhythm = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.MATTERS)
    quiet_until = models.DateTimeField(
        null=True, blank=True, help_text="with rhythm quiet: until then; empty: until the parent says so"
    )
    channels = models.JSONField(default=list, blank=True, help_text="ways that may ring, in the parent's order")
    channels_by_kind = models.JSONField(
        default=dict, blank=True, help_text="kinds of messages with an order of their own"
    )
    quiet_hours = models.JSONField(default=list, blank=True, help_text="wall clock in the person's own zone")
    who_may = models.CharField(max_length=15, choices=WhoMay, default=WhoMay.TEAM)
    around_events = models.CharField(
        max_length=20, choices=AroundEvents, blank=True, help_text="empty: as the rhythm has it"
    )
    hard_days = EncryptedTextField(blank=True, help_text="days that are hard, with the parent's own words")
    discreet = models.BooleanField(default=True)
    changed_at = models.DateTimeField()
    changed_by_id = models.CharField(max_length=22, help_text="the parent, or staff with the parent on the phone")
