"""Encrypts and decrypts with the keys of FIELD_KEYS: newest first encrypts, every one decrypts.

Tokens are Fernet (AES-128-CBC with HMAC-SHA256). A token that no key opens raises `KeyDoesNotFit`.
"""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class KeyDoesNotFit(Exception):
    """The data was encrypted with a key that is not in FIELD_KEYS."""


@lru_cache(maxsize=4)
def _ring(keys: tuple[str, ...]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError as error:
        raise KeyDoesNotFit(
            "A key in FIELD_KEYS is not a key: each is 44 characters, as `manage.py make_keys` prints them."
        ) from error


def ring() -> MultiFernet:
    return _ring(tuple(settings.FIELD_KEYS))


def encrypt(text: str) -> str:
    return ring().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    try:
        return ring().decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise KeyDoesNotFit("No key in FIELD_KEYS opens this; see docs/operating/keys.md.") from error


def renew(token: str) -> str:
    """The same text under the newest key."""
    try:
        return ring().rotate(token.encode()).decode()
    except InvalidToken as error:
        raise KeyDoesNotFit("No key in FIELD_KEYS opens this; see docs/operating/keys.md.") from error
