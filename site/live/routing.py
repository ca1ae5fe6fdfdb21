"""The address of sockets, behind a check of the full origin: scheme, host and port."""

from urllib.parse import urlsplit

from channels.routing import URLRouter
from channels.security.websocket import OriginValidator
from channels.sessions import CookieMiddleware
from django.conf import settings
from django.urls import path, re_path

from .consumers import PageSocket

PORTS = {"http": 80, "https": 443}


class FullOriginValidator(OriginValidator):
    """Lets through the one origin of BASE_URL (and in development its other name), nothing that looks like it."""

    def __init__(self, application):
        super().__init__(application, [])

    def valid_origin(self, parsed_origin) -> bool:
        if parsed_origin is None or parsed_origin.username or parsed_origin.path not in ("", "/"):
            return False
        return self._plain(parsed_origin) in {self._plain(urlsplit(one)) for one in settings.SOCKET_ORIGINS}

    def _plain(self, origin) -> tuple | None:
        try:
            return (
                origin.scheme,
                origin.netloc.rpartition(":")[0] or origin.netloc,
                origin.port or PORTS.get(origin.scheme),
            )
        except ValueError:
            return None


async def nothing_here(scope, receive, send) -> None:
    """Every other address: refused as any door is. Left to the router it is a fault of ours."""
    await receive()
    await send({"type": "websocket.close"})


def sockets():
    addresses = [path("ws/", PageSocket.as_asgi()), re_path("", nothing_here)]
    return FullOriginValidator(CookieMiddleware(URLRouter(addresses)))
