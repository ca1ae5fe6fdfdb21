"""A phone that keeps passkeys, as far as a portal can tell: it answers questions, and can be made to answer wrongly."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

ORIGIN, HOST = "https://testserver", "testserver"
PRESENT, VERIFIED, HAS_KEY = 1, 4, 64


def bytes_of(text: str) -> bytes:
    return urlsafe_b64decode(text + "===")


def text_of(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass
class Phone:
    """One passkey. `counts` says whether it counts its uses; those that are kept in a cloud do not."""

    counts: bool = True
    uses: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    handle: bytes = b""

    def _data(self, host: str, flags: int, more: bytes = b"") -> bytes:
        if self.counts:
            self.uses += 1
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4, "big") + more

    def _told(self, kind: str, asked: dict, origin: str) -> bytes:
        return json.dumps({"type": f"webauthn.{kind}", "challenge": asked["challenge"], "origin": origin}).encode()

    def _answer(self, response: dict[str, bytes]) -> str:
        parts = {name: text_of(value) for name, value in response.items()}
        return json.dumps({"id": text_of(self.id), "rawId": text_of(self.id), "type": "public-key", "response": parts})

    def make(self, asked: dict, *, origin: str = ORIGIN, host: str = HOST, flags: int = PRESENT | VERIFIED) -> str:
        """The answer to 'make a passkey'."""
        self.handle = bytes_of(asked["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        more = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(public)
        data = self._data(host, flags | HAS_KEY, more)
        whole = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer({"clientDataJSON": self._told("create", asked, origin), "attestationObject": whole})

    def show(self, asked: dict, *, origin: str = ORIGIN, host: str = HOST, flags: int = PRESENT | VERIFIED) -> str:
        """The answer to 'show your passkey'."""
        told, data = self._told("get", asked, origin), self._data(host, flags)
        signed = self.key.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": told, "authenticatorData": data, "signature": signed}
        return self._answer(parts | ({"userHandle": self.handle} if self.handle else {}))
