"""Web push as its standards say it: the encryption of RFC 8291 and the proof of who sends of RFC 8292. Pure.

The push service carries what it cannot read, always of one size, and learns only that this portal sent something.
"""

import base64
import json
import os
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CURVE = ec.SECP256R1()
RECORD = 4096
PADDED = 128
PROOF_LIVES = timedelta(hours=12)
SECRET_BYTES = 16


class UnusableKey(ValueError):
    """What a browser gave, or what stands in VAPID_KEY, is no key of this kind."""


def encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise UnusableKey("Not written in base64url.") from error


def private_key(text: str) -> ec.EllipticCurvePrivateKey:
    """The portal's own key from VAPID_KEY: 32 bytes in base64url."""
    raw = decode(text)
    try:
        return ec.derive_private_key(int.from_bytes(raw, "big"), CURVE) if len(raw) == 32 else _no_key()
    except ValueError as error:
        raise UnusableKey("VAPID_KEY is no key: it is 43 characters, as `manage.py make_keys` writes it.") from error


def public_key(text: str) -> ec.EllipticCurvePublicKey:
    """The key of a browser, as it gives it: an uncompressed point in base64url."""
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decode(text))
    except ValueError as error:
        raise UnusableKey("Not a point of the curve.") from error


def secret(text: str) -> bytes:
    """The secret of a browser beside its key."""
    raw = decode(text)
    return raw if len(raw) == SECRET_BYTES else _no_key()


def _no_key():
    raise UnusableKey("Not of the right length.")


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def encrypt(
    plain: bytes,
    *,
    receiver: ec.EllipticCurvePublicKey,
    auth: bytes,
    padded: int = PADDED,
    salt: bytes | None = None,
    once: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """The body of a push: header and one record, padded so that its size says nothing. Refuses what does not fit.

    `salt` and `once` are drawn anew for every push; they are only given to repeat an example.
    """
    if len(plain) >= padded:
        raise ValueError("Longer than what every push is padded to.")
    salt, once = salt or os.urandom(16), once or ec.generate_private_key(CURVE)
    own, theirs = point(once.public_key()), point(receiver)
    shared = once.exchange(ec.ECDH(), receiver)
    keying = _derive(b"WebPush: info\0" + theirs + own, shared, salt=auth, length=32)
    key = _derive(b"Content-Encoding: aes128gcm\0", keying, salt=salt, length=16)
    nonce = _derive(b"Content-Encoding: nonce\0", keying, salt=salt, length=12)
    record = plain + b"\x02" + bytes(padded - len(plain) - 1)
    header = salt + RECORD.to_bytes(4, "big") + bytes([len(own)]) + own
    return header + AESGCM(key).encrypt(nonce, record, None)


def _derive(info: bytes, secret: bytes, *, salt: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def proof(endpoint: str, *, key: ec.EllipticCurvePrivateKey, contact: str, now: datetime) -> str:
    """The Authorization header: signed for the host of this endpoint alone, for half a day, with how to reach us."""
    host = urlsplit(endpoint)
    claims = {"aud": f"{host.scheme}://{host.netloc}", "exp": int((now + PROOF_LIVES).timestamp()), "sub": contact}
    parts = ({"typ": "JWT", "alg": "ES256"}, claims)
    signed = ".".join(encode(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
    pair = utils.decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    signature = b"".join(number.to_bytes(32, "big") for number in pair)
    return f"vapid t={signed}.{encode(signature)}, k={encode(point(key.public_key()))}"
