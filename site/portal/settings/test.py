"""The suite: throw-away keys, quick password hashing, a file database so that threads can share it."""

import os
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet

from vault import keyfile

os.environ.setdefault("SECRET_KEY", "only-for-the-suite-" + "k" * 40)
os.environ.setdefault("FIELD_KEYS", Fernet.generate_key().decode())
os.environ.setdefault("VAPID_KEY", keyfile.vapid_key())
os.environ["DATA"] = os.environ.get("KRING_TEST_DATA") or tempfile.mkdtemp(prefix="kring-suite-")
os.environ.pop("BASE_URL", None)

from .base import *
from .base import DATA, DATABASES

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
SHOW_COMPONENTS = True
SESSION_COOKIE_NAME = "kring"
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_NAME = "kring-form"
CSRF_COOKIE_SECURE = False
PASSKEY_HOST = OTP_WEBAUTHN_RP_ID = "testserver"
OTP_WEBAUTHN_ALLOWED_ORIGINS = ["https://testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_URL = "sink://"
TEXT_GATEWAY_URL = "sink://"
PUSH_TO_THIS_COMPUTER = True  # a push service of the suite itself
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA) / "suite.sqlite3")}
    # Nothing here must survive a power cut; everything else is as in production.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
    )
