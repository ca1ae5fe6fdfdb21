"""G31-G33: the way out, in a real Chromium. How long until the screen is blank and the request is sent; what the old
cookie still opens; what Back, Forward, a reopened tab and a restored session bring back; what the disk kept.

Pages are opened by their addresses, the worst way: each is a step of its own in the history. The controls show that
the browser would bring everything back if one left like any other page.
"""

import itertools
import shutil
import signal
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.stores import SCAN

from .client import Client
from .figures import Figures
from .phone import SIZES, Neutral, Past, Phone, Screen, neutral_site, stands_in
from .place import Place, Prepared
from .reopening import reopened

CIRCLE = "Kanariekring"
SAID = ["kanarievogel zingt niet meer", "kanariegeel was haar jas", "kanariekooi staat open"]
TYPED = "kanarieveer nog niet verstuurd"
BLANK, SENT = 100.0, 200.0
TO_DISK = 35_000  # a Chromium writes its cookies down every half minute
NEUTRAL_DELAY = 0.4  # until the other site answers, what stands on the screen is ours


@dataclass
class Scene:
    """A running Kring with a circle that was written in, and members whose sessions can be spent."""

    place: Place
    neutral: str
    circle: dict

    def __post_init__(self):
        self.members = iter(self.circle["members"])
        group, talk = self.circle["group"], self.circle["conversation"]
        self.paths = [
            f"/nl/g/c/{talk}/",
            f"/nl/g/{group}/",
            "/nl/my/groups/",
            "/nl/my/",
            "/nl/my/contact/",
            f"/nl/g/{group}/rules/",
            "/nl/my/notices/",
            "/nl/account/data/",
        ]
        self.words = [*SAID, CIRCLE, "Ouder 0", TYPED]

    def signed_in(self, page, *, lasting: bool = False) -> str:
        """The next member's session in this browser; returns the cookie. On an own phone it outlives the browser."""
        session = next(self.members)["session"]
        cookie = {"name": "kring", "value": session, "url": self.place.base, "httpOnly": True, "sameSite": "Lax"}
        page.context.add_cookies([{**cookie, "expires": time.time() + 86_400} if lasting else cookie])
        return session

    def walk(self, page, pages: int) -> None:
        """So many private pages; the last one is the conversation."""
        for at in range(pages - 1, -1, -1):
            page.goto(self.place.base + self.paths[at % len(self.paths)], wait_until="load")

    def opened_by(self, session: str) -> int:
        """How often a private word is still told to who brings this cookie."""
        client = Client(self.place.base, session)
        text = "".join(client.get(path).body for path in self.paths)
        client.close()
        return sum(text.count(word) for word in self.words)


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    folder = Path(tempfile.mkdtemp(prefix="kring-profile-"))
    try:
        with neutral_site() as neutral, town.place("leaving") as place, place.helper() as helper:
            place.env["NEUTRAL_EXIT_URL"] = neutral
            circle = helper.ask("circle", count=40 if fast else 160, key=CIRCLE)
            place.start()
            for at, words in enumerate(SAID):
                writer = Client(place.base, circle["members"][at]["session"])
                answer = writer.send(circle["conversation"], words, f"leaving-key-{at}")
                figures.exactly("words written", answer.status, 200)
            scene = Scene(place, neutral, circle)
            with sync_playwright() as driver:
                _all(driver, folder, scene, figures, fast=fast)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _all(driver, folder: Path, scene: Scene, figures: Figures, *, fast: bool) -> None:
    numbers = itertools.count()

    def phone(**options) -> Phone:
        return Phone(driver, folder / str(next(numbers)), **options)

    _how_fast(phone, scene, figures, times=2 if fast else 20, fast=fast)
    _controls(phone, scene, figures)
    _what_comes_back(phone, scene, figures, fast=fast)
    _what_is_kept(phone, scene, figures)
    if not fast:
        _restored(phone, scene, figures)
        _as_an_app(phone, scene, figures)
        _without_a_server(phone, scene, figures)


def _leave(page, way: str) -> float:
    """By a real tap or real keys; returns the moment just before."""
    if way == "tap":
        box = page.locator("a.exit").bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        began = time.time()
        page.mouse.down()
        page.mouse.up()
        return began
    began = time.time()
    for _ in range(3 if way == "Shift" else 2):
        page.keyboard.press(way)
    return began


def _one_exit(phone: Phone, scene: Scene, page, way: str) -> dict[str, float]:
    """The figures of one exit, in milliseconds."""
    session = scene.signed_in(page)
    scene.walk(page, 1)
    ear, sent, answers = page.context.new_cdp_session(page), [], []
    ear.on(
        "Network.requestWillBeSent", lambda said: sent.append(said) if said["request"]["url"].endswith("/weg/") else 0
    )
    ear.send("Network.enable")
    page.on("response", lambda answer: answers.append(answer) if answer.url.endswith("/weg/") else None)
    screen = Screen(page)
    page.wait_for_timeout(150)
    began = _leave(page, way)
    page.wait_for_url(scene.neutral)
    arrived = time.time()
    page.wait_for_timeout(100)
    blank = screen.first_blank(began)
    ear.detach()
    screen.ear.detach()
    head = answers[0].all_headers()
    cookies = {one["name"] for one in page.context.cookies(scene.place.base)}
    return {
        "blank": blank * 1000 if blank is not None else float("inf"),
        "sent": (sent[0]["wallTime"] - began) * 1000,
        "elsewhere": (arrived - began) * 1000,
        "still opened": scene.opened_by(session),
        "cleared": head.get("clear-site-data") == '"cache", "storage"' and not cookies - {"kring-device"},
    }


def _how_fast(phone, scene: Scene, figures: Figures, *, times: int, fast: bool) -> None:
    ways = [("tap", True), ("tap", False)]
    for way, script in ways if fast else [*ways, ("Escape", True), ("Shift", True)]:
        one = phone(script=script)
        page = one.start()
        Neutral.delay = NEUTRAL_DELAY if script else 0
        found = [_one_exit(one, scene, page, way) for _ in range(times)]
        Neutral.delay = 0
        one.forget()
        name = f"{way}{'' if script else ' without a script'}"
        if script:
            figures.at_most(
                f"{name}: screen blank after, worst of {times}", max(f["blank"] for f in found), BLANK, " ms"
            )
        else:
            worst = max(f["elsewhere"] for f in found)
            figures.told(f"{name}: the other site is shown after, worst of {times}", f"{worst:.0f} ms")
        figures.at_most(f"{name}: request sent after, worst of {times}", max(f["sent"] for f in found), SENT, " ms")
        figures.exactly(f"{name}: private words the old cookie opens", sum(f["still opened"] for f in found), 0)
        figures.exactly(f"{name}: exits that told the browser to clear", sum(f["cleared"] for f in found), times)


def _controls(phone, scene: Scene, figures: Figures) -> None:
    """The cache is on where it is said to be on, off where off; and it would bring private words back."""
    for cache in (True, False):
        one = phone(cache=cache)
        page = one.start()
        page.goto(scene.place.base + "/nl/help/")
        page.goto(scene.place.base + "/nl/read/")
        past = Past(page)
        past.step(-1)
        said = past.ear.send("Runtime.evaluate", {"expression": "window.cameBack === true", "returnByValue": True})
        kind = "on" if cache else "off"
        figures.exactly(f"a plain page comes from the cache, {kind}", said["result"]["value"], cache)
        if cache:
            session = scene.signed_in(page)
            scene.walk(page, 1)
            page.goto(scene.neutral)
            text = past.step(-1) or ""
            came = sum(word in text for word in scene.words)
            figures.at_least("control: private words after Back, left like any page", came, 3)
            figures.at_least("control: private words a live cookie opens", scene.opened_by(session), 3)
        one.forget()


def _what_comes_back(phone, scene: Scene, figures: Figures, *, fast: bool) -> None:
    sizes, counts = (["phone"], [5]) if fast else (list(SIZES), [1, 5, 20])
    exits, steps, seen = 0, 0, []
    for size, cache, script in itertools.product(
        sizes, (True,) if fast else (True, False), (True,) if fast else (True, False)
    ):
        for pages in counts:
            one = phone(size=size, cache=cache, script=script)
            page = one.start()
            scene.signed_in(page)
            scene.walk(page, pages)
            past = Past(page)
            page.locator("a.exit").click()
            page.wait_for_url(scene.neutral)
            taken, words = past.walked(scene.words)
            exits, steps = exits + 1, steps + taken
            seen += [f"{word} ({size}, {pages} pages, cache {cache}, script {script})" for word in words]
            one.forget()
    figures.told("exits, each walked Back to the end and Forward again", f"{exits}, {steps} steps")
    figures.exactly("private words that came back", len(seen), 0)
    for line in seen[:5]:
        figures.told("such a word", line)


def _what_is_kept(phone, scene: Scene, figures: Figures) -> None:
    """G33: twenty pages, one text typed and not sent; the stores of the browser and the files of its profile."""
    one = phone()
    page = one.start()
    scene.signed_in(page, lasting=True)
    scene.walk(page, 20)
    page.fill("textarea[name=text]", TYPED)
    page.wait_for_timeout(300)
    kept = page.evaluate(SCAN)
    figures.exactly("private words in stores, caches and workers, after 20 pages", _count(kept, scene.words), 0)
    figures.exactly("service workers on private pages", kept.count("worker "), 0)
    page.locator("a.exit").click()
    page.wait_for_url(scene.neutral)
    page.goto(scene.place.base + "/nl/help/")
    kept = page.evaluate(SCAN)
    figures.exactly("private words in stores, caches and workers, after the exit", _count(kept, scene.words), 0)
    names = {cookie["name"] for cookie in page.context.cookies(scene.place.base)}
    figures.exactly("cookies that say who it was", len(names & {"kring", "kring-form", "kring-theme"}), 0)
    page.wait_for_timeout(500)
    one.close()
    figures.exactly("private words in the files of the browser", len(one.kept_on_disk(scene.words)), 0)
    planted = one.kept_on_disk(["/nl/help/"])
    figures.at_least("control: files that hold the address of a public page", len(planted.get("/nl/help/", [])), 1)
    addresses = one.kept_on_disk([scene.circle["conversation"]])
    figures.told("files with the address of the conversation, which no site can clear", len(addresses) and addresses)
    one.forget()


def _count(text: str, words: list[str]) -> int:
    return sum(text.count(word) for word in words)


def _restored(phone, scene: Scene, figures: Figures) -> None:
    """The tab reopened, the session restored, closed in order or not. The control does not leave."""
    for how, ends in (("closed", Phone.close), ("killed", Phone.kill)):
        for leaves in (False, True):
            one = phone()
            one.start()
            one.close()  # only a profile that was in use before is brought back after a crash
            page = one.start("--restore-last-session")
            scene.signed_in(page, lasting=True)
            scene.walk(page, 5)
            if leaves:
                page.locator("a.exit").click()
                page.wait_for_url(scene.neutral)
            page.wait_for_timeout(TO_DISK if how == "killed" else 2500)
            ends(one)
            pages = one.restored()
            text = "".join(stands_in(page.context.new_cdp_session(page)) for page in pages)
            came = sum(word in text for word in scene.words)
            if not leaves:
                if how == "closed":
                    figures.at_least("control: private words in a session restored, browser closed", came, 3)
                else:  # without a screen the browser does not always bring back what was open in a crash
                    figures.told("private words in a session restored without the exit, browser killed", came)
                one.forget()
                continue
            for page in pages:
                came += len(Past(page).walked(scene.words)[1])
            figures.exactly(f"private words in a session restored after the exit, browser {how}", came, 0)
            one.forget()
    for leaves in (False, True):
        steps, came = reopened(phone, scene, leaves=leaves)
        if leaves:
            figures.exactly(f"private words in a tab reopened after the exit, {steps} steps", came, 0)
        else:
            figures.at_least("control: private words in a tab reopened without it", came, 3)


def _as_an_app(phone, scene: Scene, figures: Figures) -> None:
    """In a window of its own, as the installed app: there is no Back button, but keys and gestures go back."""
    one = phone()
    page = one.start(f"--app={scene.place.base}/nl/help/")
    page.wait_for_timeout(500)
    page = one.context.pages[0]
    figures.exactly("an app window", page.evaluate("matchMedia('(display-mode: standalone)').matches"), True)
    scene.signed_in(page)
    scene.walk(page, 5)
    past = Past(page)
    page.locator("a.exit").click()
    page.wait_for_url(scene.neutral)
    steps, seen = past.walked(scene.words)
    figures.exactly(f"private words that came back in an app window, {steps} steps", len(seen), 0)
    one.forget()


def _without_a_server(phone, scene: Scene, figures: Figures) -> None:
    """The server keeps silent when one leaves; then it is not there at all."""
    times = []
    for _ in range(3):
        one, past, screen = _about_to_leave(phone, scene)
        scene.place.server.send_signal(signal.SIGSTOP)
        began = _leave(past.page, "tap")
        past.page.wait_for_timeout(1000)
        times.append(screen.first_blank(began))
        scene.place.server.send_signal(signal.SIGCONT)
        one.forget()
    worst = max(9.0 if at is None else at for at in times)
    figures.at_most("silent server: screen blank after, worst of 3", worst * 1000, BLANK, " ms")
    for script in (True, False):
        one, past, _ = _about_to_leave(phone, scene, script=script)
        scene.place.kill()
        _leave(past.page, "tap")
        past.page.wait_for_timeout(1500)
        left = sum(word in stands_in(past.ear) for word in scene.words)
        steps, seen = past.walked(scene.words)
        one.forget()
        scene.place.start()
        name = f"no server{'' if script else ', no script'}"
        figures.exactly(f"{name}: private words left on the page", left, 0)
        figures.exactly(f"{name}: private words that came back, {steps} steps", len(seen), 0)


def _about_to_leave(phone, scene: Scene, *, script: bool = True) -> tuple[Phone, Past, Screen]:
    one = phone(script=script)
    page = one.start()
    scene.signed_in(page)
    scene.walk(page, 5)
    past, screen = Past(page), Screen(page)
    page.wait_for_timeout(300)
    return one, past, screen
