"""The link by which a way is stopped without signing in: a token that only this portal can make and read.

It says nothing by itself, is the same in every mail to one person, stands in no table, and has one power: taking one
way out of one person's wish.
"""

import base64

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from vault import ids
from vault.purpose import purpose_key

from .vocabulary import Channel

# The ways that carry a link.
WAYS = (Channel.EMAIL,)
LENGTH = 43


def token_for(person_id: str, channel: Channel) -> str:
    """Seals the id: who holds the link cannot read it, change it, or make one for another person or another way."""
    sealed = _seal_of(channel).encrypt(base64.urlsafe_b64decode(f"{person_id}=="), None)
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def read(token: str) -> tuple[str, Channel] | None:
    """Whose way, and which one; None for everything that is no token of ours."""
    if len(token) != LENGTH or not token.isascii():
        return None
    try:
        sealed = base64.b64decode(f"{token}=", altchars=b"-_", validate=True)
    except ValueError:
        return None
    for channel in WAYS:
        try:
            raw = _seal_of(channel).decrypt(sealed, None)
        except InvalidTag:
            continue
        person_id = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
        return (person_id, channel) if ids.PATTERN.match(person_id) else None
    return None


def address_for(person_id: str, channel: Channel, language: str) -> str:
    """The whole address, in the language of the mail."""
    with translation.override(language):
        return f"{settings.BASE_URL}{reverse('stop', kwargs={'token': token_for(person_id, channel)})}"


def _seal_of(channel: Channel) -> AESSIV:
    return AESSIV(purpose_key(f"outreach.unsubscribe.{channel.value}"))
