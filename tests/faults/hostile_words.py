"""G26: every known attack, written through the real forms and read in a real Chromium by other people.

The payloads of the sieves, each into the long texts (message, announcement, a word to the team, the kind word of the
team) and, where it is short enough, into the short ones (subject). Then every page on which they stand is opened by a
parent and by the team, from left to right and from right to left. Nothing of it may run, open a window, ask another
host, break the policy, or turn the direction of what stands beside it.

After that the same words are put into every private text there is, past the forms, and every page that shows one is
opened by whoever may: a new text is among them by itself, and one that no page shows is told.
"""

from playwright.sync_api import sync_playwright

from tests.chromium import launch_options
from tests.moderation.payloads import ALL

from .client import Client
from .figures import Figures
from .place import Place, Prepared

CIRCLE = "Woordenkring"
TURNS = ["\u202eomgekeerd", "\u2067rechts", "\u202bingebed\u202c\u202c", "\u2066\u2068los", "\u200f\u061cmerk"]
LONG, NUL = 3_000, "\x00"
# What the portal itself puts around names, opened and closed again, does not count.
# The first box around such a mark that keeps its turning to itself must hold the words of that person alone.
TURNED = r"""() => {
  const words = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const turned = [];
  while (words.nextNode()) {
    const loose = words.currentNode.data.replace(/\u2068[^\u202a-\u202e\u2066-\u2069]*\u2069/g, "");
    if (!/[\u202a-\u202e\u2066-\u2069]/.test(loose)) continue;
    let box = words.currentNode.parentElement;
    const keepsToItself = (one) => one.matches("option") || /isolate|plaintext/.test(getComputedStyle(one).unicodeBidi);
    while (!keepsToItself(box)) box = box.parentElement;
    const alone = box.textContent.trim() === words.currentNode.data.trim();
    if (!alone && !box.matches("bdi, [dir=auto], option")) turned.push(box.outerHTML.slice(0, 160));
  }
  return turned;
}"""
MARKED = r"""() => (document.querySelector("main").textContent.match(/[\u202a-\u202e\u2066-\u2069]/g) || []).length"""


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    payloads = [*ALL[:: 10 if fast else 1], *TURNS]
    with town.place("words") as place, place.helper("tests.faults.hostile_steps") as helper:
        circle = helper.ask("circle", count=40, key=CIRCLE)
        team = helper.ask("session", key="sofie")
        place.start()
        for kind, (taken, sent) in _write(place, circle, team, payloads).items():
            figures.exactly(f"texts taken as {kind}", taken, sent)
        with sync_playwright() as driver:
            _read(driver, place, circle, team, figures, payloads)
            _everywhere(driver, place, helper, figures, payloads)


def _in_parts(payloads: list[str]) -> list[str]:
    """Many payloads in each text, one a paragraph."""
    parts, here = [], ""
    for one in payloads:
        if len(here) + len(one) > LONG:
            parts, here = [*parts, here], ""
        here += f"{one}\n\n"
    return [*parts, here]


def _write(place: Place, circle: dict, team: str, payloads: list[str]) -> dict[str, tuple[int, int]]:
    """Through the forms; how many texts were taken of how many. A sign that no form takes (NUL) is left out of them."""
    sendable = [one.replace(NUL, "") for one in payloads]
    texts, talk, group = _in_parts(sendable), circle["conversation"], circle["group"]
    members = iter(circle["members"])
    desk = Client(place.base, team)
    taken: dict[str, list[bool]] = {"message": [], "announcement": [], "a word to the team": [], "subject": []}
    shown = []
    for at, text in enumerate(texts):
        answer = Client(place.base, next(members)["session"]).send(talk, text, f"words-key-{at:04}")
        taken["message"].append(answer.status == 200)
        shown.append(answer.item_id)
        said = desk.post(f"/nl/work/groups/{group}/announce/", {"text": text, "key": f"announce-{at:04}"})
        taken["announcement"].append(said.status == 302)
    for item, text in zip(shown, texts, strict=True):
        teller = Client(place.base, next(members)["session"])
        told = teller.post(f"/nl/g/m/{item}/tell/", {"words": text[:900]})
        taken["a word to the team"].append(told.status == 302)
    for one in (one for one in sendable if len(one) <= 80):
        started = desk.post(f"/nl/work/groups/{group}/start/", {"subject": one})
        taken["subject"].append(started.status == 302)
    refused = desk.post(f"/nl/work/groups/{group}/start/", {"subject": f"a{NUL}b"})
    taken["a sign that cannot be kept, refused"] = [refused.status == 422]
    return {kind: (sum(each), len(each)) for kind, each in taken.items()}


def _read(driver, place: Place, circle: dict, team: str, figures: Figures, payloads: list[str]) -> None:
    heard = _ears()
    browser = driver.chromium.launch(**launch_options())
    reader = circle["members"][-1]["session"]
    opened, turned, marked, standing = 0, [], 0, 0
    for session, is_team in ((reader, False), (team, True)):
        page = _listening(browser, place, session, heard)
        for language in ("nl", "ar"):
            for path in _pages(page, circle, language, is_team):
                page.goto(path)
                page.wait_for_timeout(100)
                opened += 1
                turned, marked = turned + page.evaluate(TURNED), marked + page.evaluate(MARKED)
                standing += page.locator("main").inner_text().count("alert(1)")
        page.context.close()
    browser.close()
    figures.at_least("pages opened", opened, 12)
    figures.at_least("attacks that stand on them as words", standing, len(payloads))
    figures.at_least("marks of direction that stand on them", marked, len(TURNS))
    _judge(figures, heard, turned)


def _everywhere(driver, place: Place, helper, figures: Figures, payloads: list[str]) -> None:
    """Every private text, on every page that shows it."""
    sessions, fields, heard = helper.ask("prepare"), helper.ask("fields"), _ears()
    parts = _in_parts(payloads)
    empty = helper.ask("strew", words=parts[0])
    figures.exactly("private texts that nothing can be put in", empty, [])
    pages = helper.ask("pages")
    browser = driver.chromium.launch(**launch_options())
    readers = {key: _listening(browser, place, session, heard) for key, session in sessions.items()}
    met, opened, turned = set(), 0, []
    for part in parts:
        helper.ask("strew", words=part)
        for key, path in pages:
            for language in ("nl", "ar"):
                readers[key].goto(path.replace("/nl/", f"/{language}/", 1))
                opened += 1
                met |= {field for field in fields if field in readers[key].content()}
                turned += readers[key].evaluate(TURNED)
    browser.close()
    figures.told("pages that show private texts, and times one was opened", f"{len(pages)}, {opened}")
    figures.at_least("private texts met on them", len(met), 20)
    figures.exactly("private texts that no page shows", sorted(set(fields) - met), [])
    _judge(figures, heard, turned)


def _ears() -> dict[str, list[str]]:
    return {"dialogs and windows": [], "other hosts": [], "policy": [], "errors": []}


def _judge(figures: Figures, heard: dict[str, list[str]], turned: list[str]) -> None:
    for kind, found in heard.items():
        figures.exactly(f"heard: {kind}", len(found), 0)
        for one in found[:3]:
            figures.told("such a one", one[:120])
    figures.exactly("marks that turn what stands beside", len(turned), 0)
    for one in turned[:5]:
        figures.told("such a one", one)


def _listening(browser, place: Place, session: str, heard: dict[str, list[str]]):
    """A page of this person on which nothing goes unheard."""
    context = browser.new_context(base_url=place.base)
    context.add_cookies([{"name": "kring", "value": session, "url": place.base}])
    page = context.new_page()
    page.on("dialog", lambda one: (heard["dialogs and windows"].append(one.message), one.dismiss()))
    page.on("popup", lambda one: heard["dialogs and windows"].append(one.url))
    page.on("console", lambda one: heard["policy"].append(one.text) if "Content Security" in one.text else None)
    page.on("pageerror", lambda one: heard["errors"].append(str(one)))
    page.on("request", lambda one: None if _is_ours(one.url, place) else heard["other hosts"].append(one.url))
    return page


def _is_ours(url: str, place: Place) -> bool:
    return url.startswith((place.base, place.base.replace("http", "ws"), "data:", "blob:", "about:"))


def _pages(page, circle: dict, language: str, is_team: bool) -> list[str]:
    """Where the words stand: the conversation with all before it, the group, one message, the desk and the queue."""
    talk = f"/{language}/g/c/{circle['conversation']}/"
    paths = [talk, f"/{language}/g/{circle['group']}/", f"/{language}/my/groups/", f"/{language}/my/notices/"]
    page.goto(talk)
    paths += [link.get_attribute("href") for link in page.locator("main a[href*='/g/m/']").all()[:4]]
    if is_team:
        page.goto(f"/{language}/work/reviews/")
        claims = page.locator("button[form=claims]")
        if claims.count():
            claims.first.click()
            page.wait_for_url("**/work/reviews/**")
            paths.append(page.url)
        paths += [f"/{language}/work/", f"/{language}/work/groups/{circle['group']}/", f"/{language}/work/reviews/"]
    return paths
