"""A portal that only this computer can reach (`make run`): plain http, so no Secure cookies and no HSTS."""

import os
from urllib.parse import urlsplit

from portal import env

from .base import *
from .base import BASE_URL

if not env.is_loopback(BASE_URL):
    raise RuntimeError("The development settings serve this computer only; BASE_URL names another host.")

DEMO = env.read.bool("DEMO", default=True)
ALLOWED_HOSTS = env.read.list("ALLOWED_HOSTS", default=sorted(env.LOOPBACK))
SHOW_COMPONENTS = True
SESSION_COOKIE_NAME = "kring"
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_NAME = "kring-form"
CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
# Browsers give passkeys to names only, and this computer has one beside its number.
PASSKEY_HOST = OTP_WEBAUTHN_RP_ID = "localhost"
OTP_WEBAUTHN_ALLOWED_ORIGINS = [f"http://localhost:{urlsplit(BASE_URL).port or 80}".removesuffix(":80")]
EMAIL_URL = os.environ.get("EMAIL_URL", "sink://")
TEXT_GATEWAY_URL = os.environ.get("TEXT_GATEWAY_URL", "sink://")
