"""Keeps processes apart that must not share data: one embedded server a data folder, one hub without Redis."""

import fcntl
from pathlib import Path


class AlreadyRunning(RuntimeError):
    """Another process holds this data; the sentence says what to do."""


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
