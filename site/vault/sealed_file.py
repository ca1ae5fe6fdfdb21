"""A file encrypted whole, in numbered pieces, so that a cut, swapped or changed piece is refused.

Layout: a magic line, then per piece four bytes of length and a Fernet token. The plain text of a piece begins with
its number and whether it is the last one.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from cryptography.fernet import InvalidToken

from .keyring import ring

MAGIC = b"kring-sealed-1\n"
PIECE = 1 << 20
HEAD = struct.Struct(">Q?")
LENGTH = struct.Struct(">I")


class NotOurFile(Exception):
    """The file is foreign, cut short, changed, or sealed with another key. The sentence says which."""


def seal(source: Path, target: Path) -> None:
    """Writes `source` encrypted to `target`, which appears only when it is whole."""
    growing = target.with_name(target.name + ".part")
    with source.open("rb") as plain, growing.open("wb") as out:
        growing.chmod(0o600)
        out.write(MAGIC)
        number, piece = 0, plain.read(PIECE)
        while True:
            following = plain.read(PIECE)
            token = ring().encrypt(HEAD.pack(number, not following) + piece)
            out.write(LENGTH.pack(len(token)) + token)
            if not following:
                break
            number, piece = number + 1, following
    growing.replace(target)


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as handle:
        if handle.read(len(MAGIC)) != MAGIC:
            raise NotOurFile("This is not a backup of Kring.")
        expected = 0
        while True:
            length = handle.read(LENGTH.size)
            if len(length) < LENGTH.size:
                raise NotOurFile("The file stops too early: it was cut.")
            token = handle.read(LENGTH.unpack(length)[0])
            try:
                plain = ring().decrypt(token)
            except InvalidToken as error:
                raise NotOurFile(
                    "The file was changed, cut, or sealed with a key that is not in FIELD_KEYS."
                ) from error
            number, is_last = HEAD.unpack(plain[: HEAD.size])
            if number != expected:
                raise NotOurFile("Pieces of the file are missing or in another order.")
            yield plain[HEAD.size :]
            if is_last:
                if handle.read(1):
                    raise NotOurFile("Something was added at the end of the file.")
                return
            expected += 1


def open_sealed(file: Path, target: Path) -> None:
    """Writes the plain content to `target`; raises `NotOurFile` before anything can be used."""
    with target.open("wb") as out:
        for piece in _pieces(file):
            out.write(piece)
