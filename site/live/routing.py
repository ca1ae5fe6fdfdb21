"""The address of sockets, behind a check of the full origin: scheme, host and port."""

from urllib.parse import urlsplit

from channels.routing import URLRouter
from channels.security.websocket import WebsocketDenier
from channels.sessions import CookieMiddleware
from django.conf import settings
from django.urls import path, re_path

from .consumers import PageSocket

USUAL_PORT = {"http": 80, "https": 443}


class OneOrigin:
    """Lets through the one origin of BASE_URL, sign by sign as browsers write it, and nothing that only means it."""

    def __init__(self, application):
        self.application = application

    async def __call__(self, scope, receive, send):
        said = [value for name, value in scope.get("headers", ()) if name == b"origin"]
        is_ours = said == [_as_browsers_say(settings.BASE_URL).encode()]
        return await (self.application if is_ours else WebsocketDenier())(scope, receive, send)


def _as_browsers_say(address: str) -> str:
    """In small letters, and without the port that its kind has anyway."""
    parts = urlsplit(address.lower())
    has_usual_port = parts.port == USUAL_PORT.get(parts.scheme)
    return f"{parts.scheme}://{parts.netloc.rpartition(':')[0] if has_usual_port else parts.netloc}"


async def nothing_here(scope, receive, send) -> None:
    """Every other address: refused as any door is. Left to the router it is a fault of ours."""
    await receive()
    await send({"type": "websocket.close"})


def sockets():
    addresses = [path("ws/", PageSocket.as_asgi()), re_path("", nothing_here)]
    return OneOrigin(CookieMiddleware(URLRouter(addresses)))
