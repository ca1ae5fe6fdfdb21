"""A Chromium as on someone's phone or desk: pictures of its screen, its past, and what its disk kept.

Asked past the driver wherever a page may come out of the back/forward cache: there the driver loses its way.
"""

import base64
import contextlib
import io
import os
import shutil
import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.chromium import launch_options

SIZES = {"phone": (360, 740), "tablet": (768, 1024), "desk": (1280, 800)}
PERSISTED = "addEventListener('pageshow', (event) => { window.cameBack = event.persisted; });"
ALL = "document.documentElement.outerHTML + document.title"


class Neutral(BaseHTTPRequestHandler):
    """What the way out leads to. It takes a moment, as another site does: until then the screen is ours."""

    delay = 0.0

    def do_GET(self):
        time.sleep(Neutral.delay)
        body = b"<!doctype html><meta charset=utf-8><title>Weather</title><body bgcolor=#ffcc00><h1>Sunny spells."
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):
            self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing."""


@contextlib.contextmanager
def neutral_site(delay: float = 0.0):
    Neutral.delay = delay
    server = ThreadingHTTPServer(("127.0.0.1", 0), Neutral)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class Phone:
    """One profile on disk: it can be closed, killed and started again with what it had open."""

    def __init__(self, driver, folder: Path, *, cache: bool = True, script: bool = True, size: str = "phone"):
        self.driver, self.folder = driver, folder
        width, height = SIZES[size]
        self.options = {"java_script_enabled": script, "viewport": {"width": width, "height": height}}
        self.left_out = ["--disable-back-forward-cache"] if cache else []
        self.context = None

    def start(self, *more: str):
        chosen = launch_options()
        self.context = self.driver.chromium.launch_persistent_context(
            str(self.folder),
            **{**chosen, "args": [*chosen["args"], *more]},
            **self.options,
            ignore_default_args=self.left_out or None,
        )
        self.context.set_default_timeout(15_000)
        self.context.add_init_script(PERSISTED)
        return self.context.pages[0]

    def close(self) -> None:
        if self.context:
            with contextlib.suppress(Exception):
                self.context.close()
        self.context = None

    def kill(self) -> None:
        """As when the battery ends: no time to tidy up."""
        for process in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                line = process.read_bytes()
                if str(self.folder).encode() in line and b"--type=" not in line:
                    os.kill(int(process.parent.name), signal.SIGKILL)
        time.sleep(2)  # until its other processes noticed
        self.close()
        for lock in self.folder.glob("Singleton*"):
            lock.unlink(missing_ok=True)

    def restored(self) -> list:
        """Started again with the tabs of last time; every tab that came back, loaded."""
        first = self.start("--restore-last-session")
        for _ in range(20):
            first.wait_for_timeout(500)
            if any(page.url != "about:blank" for page in self.context.pages):
                break
        first.wait_for_timeout(1500)
        return self.context.pages

    def forget(self) -> None:
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def kept_on_disk(self, words: list[str]) -> dict[str, list[str]]:
        """Each word that stands in a file of the profile, and in which."""
        found: dict[str, list[str]] = {}
        for file in self.folder.rglob("*"):
            with contextlib.suppress(OSError):
                held = file.read_bytes() if file.is_file() and not file.is_symlink() else b""
                for word in words:
                    if word.encode() in held or word.encode("utf-16-le") in held:
                        found.setdefault(word, []).append(str(file.relative_to(self.folder)))
        return found


def stands_in(ear) -> str:
    """All that is in the page now."""
    said = ear.send("Runtime.evaluate", {"expression": ALL, "returnByValue": True})
    return said["result"].get("value", "")


class Past:
    """The history of one tab, walked as with the buttons of the browser."""

    def __init__(self, page):
        self.page, self.ear = page, page.context.new_cdp_session(page)
        self.arrived = 0
        self.ear.send("Page.enable")
        self.ear.on("Page.frameNavigated", self._arrives)

    def _arrives(self, said) -> None:
        self.arrived += "parentId" not in said["frame"]

    def entries(self) -> list[dict]:
        return self.ear.send("Page.getNavigationHistory")["entries"]

    def step(self, way: int) -> str | None:
        """One step back (-1) or forward (1): all that the page then holds. None where there is no such step."""
        past = self.ear.send("Page.getNavigationHistory")
        place = past["currentIndex"] + way
        if not 0 <= place < len(past["entries"]):
            return None
        before, until = self.arrived, time.monotonic() + 4
        self.ear.send("Page.navigateToHistoryEntry", {"entryId": past["entries"][place]["id"]})
        while self.arrived == before and time.monotonic() < until:
            self.page.wait_for_timeout(20)
        self.page.wait_for_timeout(120)
        return stands_in(self.ear)

    def walked(self, words: list[str]) -> tuple[int, list[str]]:
        """Back as far as it goes, at most 25 times, and Forward again: steps taken, and words that came back."""
        steps, seen = 0, []
        for way, times in ((-1, 25), (1, 25)):
            for _ in range(times):
                text = self.step(way)
                if text is None:
                    break
                steps += 1
                seen += [word for word in words if word in text]
        return steps, seen


class Screen:
    """Pictures of what is really shown, each with the moment it was shown."""

    def __init__(self, page):
        self.ear = page.context.new_cdp_session(page)
        self.pictures: list[tuple[float, bytes]] = []
        self.ear.on("Page.screencastFrame", self._take)
        self.ear.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})

    def _take(self, frame) -> None:
        self.pictures.append((frame["metadata"]["timestamp"], base64.b64decode(frame["data"])))
        self.ear.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

    def first_blank(self, since: float) -> float | None:
        """Seconds from a moment to the first picture with nothing on it."""
        return next((at - since for at, data in self.pictures if at >= since and is_blank(data)), None)


def is_blank(picture: bytes) -> bool:
    from PIL import Image

    return len(Image.open(io.BytesIO(picture)).convert("RGB").getcolors(1 << 20) or range(9)) == 1
