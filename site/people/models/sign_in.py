from django.db import models

from vault.ids import OpaqueIdField

from .account import Account


class SignIn(models.Model):
    """One device that is signed in. What the person sees in 'where am I signed in', and ends there."""

    id = OpaqueIdField()
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True, null=True)
    own_phone = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    last_active_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True, blank=True)
    pin_tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "ended_at"], name="people_sign_ins_of_account")]


class NewWayIn(models.Model):
    """A one-time way in that a facilitator handed out, and the hold that follows it."""

    id = OpaqueIdField()
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="new_ways_in")
    token = models.CharField(max_length=64, unique=True, help_text="keyed hash of what is on the card")
    open_group_id = models.CharField(max_length=22, help_text="the one group that stays open during the hold")
    issued_at = models.DateTimeField()
    issued_by_id = models.CharField(max_length=22)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    hold_until = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_id = models.CharField(max_length=22, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True, help_text="when the parent read who did it and when")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by_id="") | ~models.Q(confirmed_by_id=models.F("issued_by_id")),
                name="people_second_person_confirms",
            )
        ]


class StaffInvitation(models.Model):
    """A one-time link of fifteen minutes with which a staff member sets a password and a second factor."""

    id = OpaqueIdField()
    token = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="staff_invitations")
    issued_at = models.DateTimeField()
    issued_by_id = models.CharField(max_length=22, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)


class KnownDevice(models.Model):
    """That this account signed in before with the random id in a device's cookie. Only a keyed hash tells which.

    Someone who guesses from elsewhere uses up the guesses of elsewhere, never those of a known device.
    """

    key = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="known_devices")
    last_used_at = models.DateTimeField()
