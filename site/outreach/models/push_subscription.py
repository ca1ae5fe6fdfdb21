from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from people.models import Person, SignIn
from vault.fields import EncryptedTextField
from vault.ids import OpaqueIdField


class Living(models.QuerySet):
    """A subscription lives as long as the sign-in it was made in, on a phone that the person calls her own, and as long
    as the browser takes notices at its address.
    """

    def living(self, now: datetime) -> "Living":
        return self.wanted(now).filter(gone_at__isnull=True)

    def wanted(self, now: datetime) -> "Living":
        """Also those whose browser has another address by now: the next page of the same sign-in asks for it."""
        return self.filter(
            sign_in__ended_at__isnull=True,
            sign_in__own_phone=True,
            sign_in__started_at__gt=now - timedelta(days=settings.OWN_PHONE_DAYS),
            sign_in__account__is_active=True,
            sign_in__account__frozen_at__isnull=True,
        )


class PushSubscription(models.Model):
    """Where a browser on a person's own phone takes notices, and the keys to write to it so that only it can read.

    One for each sign-in and one for each address: who signs in after her on the same phone takes it over.
    """

    id = OpaqueIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="push_subscriptions")
    sign_in = models.OneToOneField(SignIn, on_delete=models.CASCADE, related_name="push_subscription")
    endpoint = EncryptedTextField()
    endpoint_key = models.CharField(max_length=64, unique=True, help_text="keyed hash of the endpoint")
    p256dh = EncryptedTextField(help_text="the public key of the browser")
    auth = EncryptedTextField(help_text="the secret of the browser beside it")
    created_at = models.DateTimeField()
    last_ok_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(
        null=True, blank=True, help_text="since when the browser takes nothing there; the address is forgotten"
    )

    objects = Living.as_manager()
