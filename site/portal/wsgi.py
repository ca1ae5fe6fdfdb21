"""Pages in production: `gunicorn portal.wsgi:application`, with PYTHONPATH=.:site."""

import os

from portal import env

env.load()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", env.settings_module())

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()

from django.conf import settings  # noqa: E402
from django.core.exceptions import ImproperlyConfigured  # noqa: E402

from vault.purpose import verify_keys  # noqa: E402

if not settings.REDIS_URL:
    raise ImproperlyConfigured(
        "REDIS_URL is missing: pages and sockets run in separate processes here and hear of each other through Redis. "
        "For one process without Redis, run `manage.py serve`."
    )
verify_keys()
