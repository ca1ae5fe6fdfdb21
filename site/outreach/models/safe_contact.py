from django.db import models
from django.utils.translation import pgettext_lazy as pl

from people.models import Person
from vault.fields import EncryptedTextField


class IfSomeoneElse(models.TextChoices):
    """What to do when someone else picks up."""

    HANG_UP = "hang_up", pl("safe.else.hang_up", "Say it is a wrong number, and stop")
    ASK = "ask", pl("safe.else.ask", "Ask for me, and say nothing about what")
    SAY = "say", pl("safe.else.say", "You may say who you are")


class SafeContact(models.Model):
    """How a parent can be reached without harm: shown to staff at the moment of dialling, one look at a time."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="safe_contact")
    phone = EncryptedTextField(blank=True, help_text="E.164")
    may_text = models.BooleanField(default=False, help_text="whether a text message may go to this number")
    address = EncryptedTextField(blank=True, help_text="for a visit or a letter, as the parent writes it")
    hours = EncryptedTextField(blank=True, help_text="when calling goes well, in the parent's own words")
    if_someone_else = models.CharField(max_length=10, choices=IfSomeoneElse, default=IfSomeoneElse.HANG_UP)
    may_leave_message = models.BooleanField(default=False)
    code_word = EncryptedTextField(blank=True, help_text="said by the parent: I cannot talk freely")
    say_from = EncryptedTextField(blank=True, help_text="from where staff say they call")
    changed_at = models.DateTimeField()
    changed_by_id = models.CharField(max_length=22)
