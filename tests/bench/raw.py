"""The floor of a fan-out: a bare ASGI application that sends one text to all its sockets. No checks, no database."""

import asyncio

sockets: set = set()


async def application(scope, receive, send) -> None:
    if scope["type"] == "websocket":
        await _hold(receive, send)
    elif scope["type"] == "http":
        await _answer(scope, receive, send)


async def _hold(receive, send) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    sockets.add(send)
    try:
        while (await receive())["type"] != "websocket.disconnect":
            pass
    finally:
        sockets.discard(send)


async def _answer(scope, receive, send) -> None:
    """POST: the body goes to everyone, fifty at a time as the hub does. GET: alive."""
    body = (await receive()).get("body", b"")
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body"})
    if scope["method"] == "POST":
        for at, push in enumerate(list(sockets)):
            await push({"type": "websocket.send", "text": body.decode()})
            if at % 50 == 49:
                await asyncio.sleep(0)
