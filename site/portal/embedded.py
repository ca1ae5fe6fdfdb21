"""Keeps processes apart that must not share data or a port: one server a data folder, one hub without Redis."""

import fcntl
import socket
from pathlib import Path


class AlreadyRunning(RuntimeError):
    """Another process holds this data or this port; the sentence says what to do."""


def hold(lock: Path, sentence: str):
    """Takes the lock for the life of the process, or raises `AlreadyRunning` with the sentence."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    handle = lock.open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        handle.close()
        raise AlreadyRunning(sentence) from error
    return handle


def refuse_taken_port(host: str, port: int) -> None:
    """Asks before the set-up, which takes a minute, and not after it."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: a port just left is free
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AlreadyRunning(
                f"Port {port} of {host} cannot be used: {error.strerror}. Choose another: make run PORT={port + 1}"
            ) from error
