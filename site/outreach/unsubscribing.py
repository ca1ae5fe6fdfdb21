"""The link by which a way is stopped without signing in: a token that only this portal can make and read.

It says nothing by itself, is the same in every mail to one address, stands in no table, and has one power: taking one
way out of one person's wish, for as long as she has the address that it was sent to. Who reads a mailbox that she left
must not be able to stop what comes to the one she has now.
"""

import base64
from dataclasses import dataclass
from hmac import compare_digest

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from vault import ids
from vault.purpose import keyed_hash, purpose_key

from .vocabulary import Channel

# The ways that carry a link.
WAYS = (Channel.EMAIL,)
LENGTH, OF_ID = 54, 16


@dataclass(frozen=True)
class Stop:
    """What a link asks for: whose way, which one, and by which address it came."""

    person_id: str
    channel: Channel
    mark: bytes

    def came_to(self, address: str) -> bool:
        return bool(address) and compare_digest(self.mark, _mark_of(address))


def token_for(person_id: str, channel: Channel, address: str) -> str:
    """Seals the id, and a mark of the address: who holds the link cannot read it, change it, or make one for another
    person, address or way.
    """
    plain = base64.urlsafe_b64decode(f"{person_id}==") + _mark_of(address)
    return base64.urlsafe_b64encode(_seal_of(channel).encrypt(plain, None)).rstrip(b"=").decode()


def _mark_of(address: str) -> bytes:
    return bytes.fromhex(keyed_hash("outreach.unsubscribe.address", address))[:8]


def read(token: str) -> Stop | None:
    """None for everything that is no token of ours."""
    if len(token) != LENGTH or not token.isascii():
        return None
    try:
        sealed = base64.b64decode(f"{token}==", altchars=b"-_", validate=True)
    except ValueError:
        return None
    for channel in WAYS:
        try:
            plain = _seal_of(channel).decrypt(sealed, None)
        except InvalidTag:
            continue
        person_id = base64.urlsafe_b64encode(plain[:OF_ID]).rstrip(b"=").decode()
        return Stop(person_id, channel, plain[OF_ID:]) if ids.PATTERN.match(person_id) else None
    return None


def link_for(person_id: str, channel: Channel, language: str, *, address: str) -> str:
    """The whole link for a mail to this address, in the language of the mail."""
    with translation.override(language):
        return f"{settings.BASE_URL}{reverse('stop', kwargs={'token': token_for(person_id, channel, address)})}"


def _seal_of(channel: Channel) -> AESSIV:
    return AESSIV(purpose_key(f"outreach.unsubscribe.{channel.value}"))
