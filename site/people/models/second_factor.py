"""The second factor of staff, as devices of django-otp: its functions find every model here by itself.

Keys are encrypted and recovery codes hashed. A passkey would be one more `Device` beside these two, with its own
pages in `views/second_factor.py`; nothing else has to change.
"""

import time
from base64 import b32decode
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import models
from django_otp.models import Device, ThrottlingMixin
from django_otp.oath import TOTP

from people import codes
from vault.fields import EncryptedTextField

STEP_SECONDS, DIGITS, TOLERANCE = 30, 6, 1


class Authenticator(ThrottlingMixin, Device):
    """An app on the phone of a staff member that shows six digits, new every half minute. Each counts once."""

    id = models.BigAutoField(primary_key=True)
    key = EncryptedTextField(help_text="base32, as the app takes it")
    last_t = models.BigIntegerField(default=-1, help_text="the step of the last accepted code; only later ones count")

    class Meta(Device.Meta):
        abstract = False

    def get_throttle_factor(self):
        return 1

    def verify_token(self, token) -> bool:
        """Accepts a code once, one step early or late. Runs in a transaction with the row locked."""
        allowed, _ = self.verify_is_allowed()
        digits = codes.digits_of(str(token))
        if not allowed or len(digits) != DIGITS:
            return False
        totp = TOTP(b32decode(self.key), STEP_SECONDS, 0, DIGITS, 0)
        totp.time = time.time()
        if not totp.verify(int(digits), TOLERANCE, self.last_t + 1):
            self.throttle_increment()
            return False
        # `drift` is how many steps the accepted code lies from now; without it an early code could be shown again.
        self.last_t = totp.t()
        self.throttle_reset(commit=False)
        self.save()
        return True

    @property
    def address(self) -> str:
        """What the QR code says to the app."""
        label = quote(f"{settings.KRING_APP_NAME}:{self.user.get_username()}")
        facts = {"secret": self.key, "issuer": settings.KRING_APP_NAME, "digits": DIGITS, "period": STEP_SECONDS}
        return f"otpauth://totp/{label}?{urlencode(facts)}"


class RecoverySheet(ThrottlingMixin, Device):
    """Ten codes on paper, each good once, for the day the phone is lost. Only hashes are kept."""

    id = models.BigAutoField(primary_key=True)

    class Meta(Device.Meta):
        abstract = False

    def get_throttle_factor(self):
        return 1

    def digest_of(self, token: str) -> str:
        return codes.digest("recovery_code", str(self.user_id), codes.as_meant(token))

    def verify_token(self, token) -> bool:
        allowed, _ = self.verify_is_allowed()
        if not allowed or len(codes.as_meant(str(token))) != codes.LENGTH:
            return False
        gone, _ = self.recovery_codes.filter(digest=self.digest_of(str(token))).delete()
        if not gone:
            self.throttle_increment()
            return False
        self.throttle_reset()
        return True


class RecoveryCode(models.Model):
    id = models.BigAutoField(primary_key=True)
    sheet = models.ForeignKey(RecoverySheet, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
