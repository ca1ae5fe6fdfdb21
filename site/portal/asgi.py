"""Sockets in production, and everything in the embedded server. The origin of a socket must match in full."""

import os

from portal import env

env.load()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", env.settings_module())

from django.core.asgi import get_asgi_application  # noqa: E402

pages = get_asgi_application()

from channels.routing import ProtocolTypeRouter  # noqa: E402
from django.conf import settings  # noqa: E402

from live.routing import sockets  # noqa: E402
from portal.body_limit import BodyLimit  # noqa: E402
from portal.embedded import hold, letting_go  # noqa: E402
from vault.purpose import verify_keys  # noqa: E402

if not settings.REDIS_URL:
    only_process = hold(
        settings.DATA / "sockets.lock",
        "Another process already serves sockets on this data. Two need Redis to hear of each other: set REDIS_URL.",
    )
verify_keys()
application = ProtocolTypeRouter({"http": letting_go(BodyLimit(pages)), "websocket": sockets()})
