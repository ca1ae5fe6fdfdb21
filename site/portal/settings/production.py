"""What a city runs. Everything is decided in base; here only what must not be relaxed is refused."""

from django.core.exceptions import ImproperlyConfigured

from portal import env

from .base import *
from .base import BASE_URL, EMAIL_URL

if not BASE_URL.startswith("https://"):
    raise ImproperlyConfigured(f"BASE_URL must begin with https:// in production; it is {BASE_URL!r}.")
if env.read.bool("DEMO", default=False):
    raise ImproperlyConfigured("DEMO=1 is only for a portal that listens on this computer alone; unset it.")
if not EMAIL_URL:
    raise ImproperlyConfigured(
        "EMAIL_URL is missing: sign-in and recovery codes could not be sent. "
        "Set it, for instance to smtp+tls://user:password@host:587."
    )
