"""Makes the secrets of a new installation and writes them to `$DATA/keys.env`, readable by its owner only."""

import base64
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric import ec


def vapid_key() -> str:
    """A key by which push services know this portal again: 32 bytes in base64url."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()


def missing(environ) -> dict[str, str]:
    """Fresh values for each secret that the environment does not give."""
    fresh = {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "FIELD_KEYS": Fernet.generate_key().decode(),
        "VAPID_KEY": vapid_key(),
    }
    return {name: value for name, value in fresh.items() if not environ.get(name)}


def write(file: Path, values: dict[str, str]) -> None:
    """Adds the values to the file without ever overwriting one that stands there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a") as handle:
        handle.writelines(f"{name}={value}\n" for name, value in values.items())
    file.chmod(0o600)
