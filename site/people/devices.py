"""The cookie by which a device is known again: a signed random id that tells nothing, and stays after a quick exit."""

import secrets

from django.conf import settings
from django.core.signing import BadSignature, Signer

from . import codes
from .models import KnownDevice

MAX_AGE = 365 * 24 * 3600
_SIGNER = Signer(salt="people.device")


def cookie_name() -> str:
    return f"{settings.SESSION_COOKIE_NAME}-device"


def id_in(request) -> str:
    """The id this device brings along, or nothing when it brings none of ours."""
    try:
        return _SIGNER.unsign(getattr(request, "COOKIES", {}).get(cookie_name(), ""))
    except BadSignature:
        return ""


def key_of(device_id: str, account_id: str) -> str:
    return codes.digest("device", device_id, account_id)


def is_known(device_id: str, account_id: str) -> bool:
    """One statement, whether there is such an account or not."""
    return KnownDevice.objects.filter(key=key_of(device_id, account_id)).exists() and bool(device_id and account_id)


def fresh_id() -> str:
    return secrets.token_urlsafe(16)


def put_cookie(response, device_id: str) -> None:
    response.set_cookie(
        cookie_name(),
        _SIGNER.sign(device_id),
        max_age=MAX_AGE,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
