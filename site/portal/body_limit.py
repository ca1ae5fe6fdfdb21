"""How much one request may bring: refused before it lies on the disk, also where no proxy stands in front."""

from django.conf import settings

EMPTY = {"type": "http.request", "body": b"", "more_body": False}
MOST_FIGURES = 18


def limit_of(path: str) -> int:
    """Bytes. Only editors upload files."""
    return settings.BODY_LIMIT_OF_EDITORS if path.startswith("/cms/") else settings.BODY_LIMIT


def is_too_big(path: str, content_length: str) -> bool:
    """A length of more figures than any size has is not even read as a number."""
    return content_length.isdecimal() and (len(content_length) > MOST_FIGURES or int(content_length) > limit_of(path))


class BodyLimit:
    """Hands on no byte of a body that is too big, whether it says its length or not; the pages put it into words."""

    def __init__(self, pages):
        self.pages = pages

    async def __call__(self, scope, receive, send):
        left = limit_of(scope["path"])
        said = dict(scope["headers"]).get(b"content-length", b"").decode("latin-1")
        is_cut = is_too_big(scope["path"], said)
        is_told = False

        async def within_the_limit():
            nonlocal left, is_cut, is_told
            if is_cut and not is_told:
                is_told = True
                return EMPTY
            message = await receive()
            while is_cut and message["type"] == "http.request":
                message = await receive()  # what still comes is let fall
            if message["type"] == "http.request":
                left -= len(message.get("body", b""))
                if left < 0:
                    is_cut = is_told = True
                    _say_length(scope, limit_of(scope["path"]) - left)
                    return EMPTY
            return message

        await self.pages(scope, within_the_limit, send)


def _say_length(scope, length: int) -> None:
    """The body came in pieces without a length: the pages read from the headers that it was too big."""
    others = [(name, value) for name, value in scope["headers"] if name != b"content-length"]
    scope["headers"] = [*others, (b"content-length", str(length).encode())]
