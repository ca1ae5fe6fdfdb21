"""The ceremonies of passkeys: what a phone is asked to sign, and what is kept of a question until it is answered.

Only ceremonies. The addresses, scripts and way of signing in of the library are not used: they know no limiter, no
frozen account and no second factor. Whoever completes one is an action.
"""

import json
import time
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django_otp_webauthn.exceptions import OTPWebAuthnApiError
from django_otp_webauthn.helpers import WebAuthnHelper
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import PublicKeyCredentialUserEntity, ResidentKeyRequirement

from . import codes

SECONDS = 300
SESSION_KEY = "passkey"
LONGEST = 8_000
MOST_USES = 2**31 - 1  # what a database counts to; a phone may say up to twice as much, and none of them gets there
# What reading an answer that no browser of ours made can lead to.
NOT_READABLE = (WebAuthnException, OTPWebAuthnApiError, ValueError, TypeError, KeyError, AttributeError, RecursionError)


class Ceremony(WebAuthnHelper):
    """`alone`: the passkey opens the account by itself, so the phone must ask who holds it, and know whose it is."""

    def __init__(self, *, alone: bool):
        super().__init__(request=None)
        self.alone = alone

    def get_user_entity(self, user) -> PublicKeyCredentialUserEntity:
        """What the phone shows in its own list: the sign-in name, never a name of a person."""
        return PublicKeyCredentialUserEntity(
            id=handle_of(user.pk), name=user.sign_in_name, display_name=user.sign_in_name
        )

    def get_discoverable_credentials_preference(self) -> ResidentKeyRequirement:
        return ResidentKeyRequirement.REQUIRED if self.alone else ResidentKeyRequirement.PREFERRED

    def get_registration_extensions(self) -> dict:
        return {}

    def register_begin(self, user) -> tuple[dict, dict]:
        options, state = super().register_begin(user)
        options["authenticatorSelection"]["userVerification"] = "required" if self.alone else "preferred"
        return options, {**state, "require_user_verification": self.alone}

    def create_credential(self, *args, **kwargs):
        """Which make of phone it is says more about a person than signing in needs."""
        passkey = super().create_credential(*args, **kwargs)
        refuse_beyond_counting(passkey.sign_count)
        passkey.aaguid, passkey.discoverable = "", None
        return passkey

    def create_attestation(self, *args, **kwargs) -> None:
        """Nothing is kept of it, for the same reason."""


def refuse_beyond_counting(uses: int) -> None:
    if uses > MOST_USES:
        raise ValueError("More uses than are counted.")


def handle_of(account_id: str) -> bytes:
    """The account as the phone knows it: the same each time, and telling nothing."""
    return bytes.fromhex(codes.digest("passkey", account_id))


def is_offered(request) -> bool:
    """Only where the address of the page is the name that passkeys are bound to."""
    return bool(settings.PASSKEY_HOST) and request.get_host().partition(":")[0] == settings.PASSKEY_HOST


def offer(request, name: str, said: str = "") -> dict | None:
    """For the block on a page: where it asks and where it answers; `said` is why it came back."""
    ways = {"begin": reverse(f"{name}_question"), "complete": reverse(name), "said": said}
    return ways if is_offered(request) else None


@dataclass(frozen=True)
class Shown:
    """What came back from the phone, with the question that this browser was asked. Both are still to be judged."""

    state: dict
    answer: dict


def keep_question(session, purpose: str, state: dict) -> None:
    """In the session of the browser that asked, for this purpose and five minutes; a new question replaces it."""
    session[SESSION_KEY] = {"purpose": purpose, "at": time.time(), "state": state}


def shown(request, purpose: str) -> Shown | None:
    """The answer in this form, when its question was asked here, for this purpose, and not too long ago."""
    kept = request.session.pop(SESSION_KEY, None)
    text = request.POST.get("passkey", "")
    if not kept or kept["purpose"] != purpose or time.time() - kept["at"] > SECONDS or len(text) > LONGEST:
        return None
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return Shown(kept["state"], answer) if isinstance(answer, dict) else None
