"""Follows every link that an identity can see, as far as there are any, and remembers what stood on the pages."""

import re
from collections import deque
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

LINK = re.compile(r"""(?<![\w-])(?:href|src|action|data-\w+-url|data-url)=["']([^"'#]+)""")
# The way out and the sign-out end the crawl; files hold nothing that was written by a person.
NEVER = re.compile(
    r"^/(weg|static|media|documents|ws)/|/logout/|/sprite|/jsi18n/|\.(?:css|js|png|svg|ico|webmanifest)$"
)


@dataclass
class Seen:
    """What one identity met: how many pages opened, every address that was asked, all texts by address."""

    opened: int = 0
    asked: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)

    def texts_with(self, word: str) -> list[str]:
        return [address for address, text in self.texts.items() if word in text]


def crawl(client, starts, *, most: int, within: str = "/") -> Seen:
    """Asks `starts`, then whatever they link to that match `within`, each address once and `most` at the most."""
    seen, waiting = Seen(), deque(starts)
    while waiting and len(seen.asked) < most:
        address = waiting.popleft()
        path = urlsplit(address).path
        if address in seen.asked or NEVER.search(path) or not re.match(within, path):
            continue
        seen.asked.add(address)
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = unescape(body.decode("utf-8", "replace"))
        headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        seen.texts[address] = f"{headers}\n{text}"
        seen.opened += response.status_code == 200
        found = LINK.findall(text) if "html" in response.headers.get("Content-Type", "") else []
        found += [response.headers["Location"]] if "Location" in response.headers else []
        waiting.extend(_ours(address, one) for one in found if _ours(address, one))
    return seen


def _ours(address: str, link: str) -> str:
    parts = urlsplit(urljoin(f"http://testserver{address}", link))
    if parts.scheme != "http" or parts.netloc != "testserver":
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
