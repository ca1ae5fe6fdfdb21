"""Keys for one purpose each, derived from the master secret, and keyed hashes made with them.

The master secret lies encrypted in the database, so a stolen database alone hashes nothing.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import connections

from .ids import new_id
from .keyring import KeyDoesNotFit
from .models import MasterSecret

_masters: dict[tuple, bytes] = {}
_derived: dict[tuple, bytes] = {}


def _where() -> tuple:
    return (str(connections["default"].settings_dict["NAME"]), tuple(settings.FIELD_KEYS))


def _master() -> bytes:
    """The master secret of this database, opened with these keys."""
    where = _where()
    if where not in _masters:
        row = MasterSecret.objects.filter(only=1).first()
        if row is None:
            raise KeyDoesNotFit("The database has no master secret yet: run `manage.py migrate` first.")
        _masters[where] = bytes.fromhex(row.value)
    return _masters[where]


def reread() -> None:
    """Forgets the master secret of this database: a restore puts another in its place."""
    _masters.pop(_where(), None)


def make_master_secret(**_signal) -> None:
    """Runs after every migrate. Never made on first use: a rollback there would leave hashes nobody can repeat."""
    known = _masters.get(_where())
    fresh = known.hex() if known else secrets.token_hex(32)
    MasterSecret.objects.get_or_create(only=1, defaults={"value": fresh})


def purpose_key(purpose: str) -> bytes:
    """32 bytes that serve this purpose and no other. Kept once derived: keep-apart asks for thousands of hashes."""
    known = (_where(), purpose)
    if known not in _derived:
        derivation = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode())
        _derived[known] = derivation.derive(_master())
    return _derived[known]


def keyed_hash(purpose: str, *parts: str) -> str:
    """A hash that only this installation can make: 64 hexadecimal characters."""
    message = "\x1f".join(parts).encode()
    return hmac.new(purpose_key(purpose), message, hashlib.sha256).hexdigest()


def id_of_form(purpose: str, key: str, *parts: str) -> str:
    """The id of what a form makes: the same when it comes twice, another for other words or another person, and nothing
    that anybody could choose or guess. Without a key of a form it is new each time.
    """
    if not key:
        return new_id()
    return urlsafe_b64encode(bytes.fromhex(keyed_hash(purpose, key, *parts))[:16]).decode().rstrip("=")


def verify_keys() -> None:
    """Stops the start with a sentence when the keys do not open this data."""
    try:
        _master()
    except KeyDoesNotFit as error:
        raise KeyDoesNotFit(
            "FIELD_KEYS does not fit this data: it was written with another key. Put the right key back "
            "(docs/operating/keys.md) or point DATABASE_URL or DATA at the data this key belongs to."
        ) from error
