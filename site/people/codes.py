"""Codes that stand on paper: letters and digits that nobody mixes up, in groups of five, and their keyed hashes."""

import hmac
import secrets

from vault.purpose import keyed_hash

# Crockford's alphabet: no I, L, O, U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 10, 5
MAILED_DIGITS = 8
_MEANT = str.maketrans({"I": "1", "L": "1", "O": "0"})
_ARABIC_DIGITS = {ord(sign): str(value) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, sign in enumerate(digits)}


def new_code() -> str:
    """Fifty random bits, as they are printed: AB12C-D3E4F."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def eight_digits() -> str:
    """A code for a mail, typed within minutes and on the phone."""
    return f"{secrets.randbelow(10**MAILED_DIGITS):0{MAILED_DIGITS}d}"


def as_meant(typed: str) -> str:
    """What was typed, without dashes and spaces and with look-alikes put right."""
    upper = (typed or "").translate(_ARABIC_DIGITS).upper().translate(_MEANT)
    return "".join(sign for sign in upper if sign in ALPHABET)


def digits_of(typed: str) -> str:
    """The digits of what was typed, Arabic ones written Western; empty when anything else stands between."""
    plain = "".join((typed or "").translate(_ARABIC_DIGITS).split())
    return plain if plain.isascii() and plain.isdigit() else ""


def are_alike(one: str, other: str) -> bool:
    """Compared in a time that tells nothing of where they differ."""
    return hmac.compare_digest(one, other)


def digest(purpose: str, *parts: str) -> str:
    return keyed_hash("people." + purpose, *parts)
