"""Where settings come from: the environment, then `.env`, then `$DATA/keys.env`.

Twelve-factor: what the environment says wins. Nothing here has a default for a secret.
"""

import os
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from environ import Env

from vault import keyfile

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = {"127.0.0.1", "localhost", "::1"}

read = Env()


class CannotStart(Exception):
    """Something around Kring is not as it must be; the sentence says what to do."""


def data_folder() -> Path:
    """The folder that holds everything that is not code: database, keys, media."""
    return Path(os.environ.get("DATA") or ROOT / "var").resolve()


def load() -> None:
    """Reads `.env` and the key file, without touching what the environment already says."""
    if (ROOT / ".env").is_file():
        Env.read_env(str(ROOT / ".env"))
    keys = data_folder() / "keys.env"  # only now: .env may say where $DATA is
    if keys.is_file():
        Env.read_env(str(keys))


def base_url() -> str:
    """The address people type; without BASE_URL this computer, at PORT, so that commands print links that work."""
    url = (os.environ.get("BASE_URL") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}").rstrip("/")
    try:
        is_real = urlsplit(url).port != 0
    except ValueError:
        is_real = False
    if not is_real:
        raise CannotStart(f"A port is a number from 1 to 65535; the address is now {url}. Change PORT or BASE_URL.")
    return url


def is_loopback(url: str) -> bool:
    return urlsplit(url).hostname in LOOPBACK


def named_host(url: str) -> str:
    """The host of an address when it is a name; nothing when it is a number."""
    host = urlsplit(url).hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return host
    return ""


def settings_module() -> str:
    """A portal that only this computer can reach may run relaxed; any other is production."""
    relaxed = is_loopback(base_url())
    return "portal.settings.development" if relaxed else "portal.settings.production"


def refuse_unwritable_data(command: list[str]) -> None:
    """Says which folder cannot be written in, before anything else stumbles over it."""
    if command not in (["serve"], ["work"], ["migrate"]):
        return
    folder = data_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        writable = False
    if not writable:
        raise CannotStart(
            f"Kring cannot write in {folder}. Make that folder yours, or choose another: DATA=some/folder"
        )


def make_missing_keys(command: list[str]) -> None:
    """Writes fresh secrets to `$DATA/keys.env` where none are given.

    Only on a portal that nobody else can reach, or when asked by `make_keys`: production refuses to start without
    its keys instead, because a key made by accident would not fit the data.
    """
    relaxed = os.environ["DJANGO_SETTINGS_MODULE"] == "portal.settings.development"
    missing = keyfile.missing(os.environ)
    if missing and (relaxed or command == ["make_keys"]):
        keyfile.write(data_folder() / "keys.env", missing)
        os.environ.update(missing)
