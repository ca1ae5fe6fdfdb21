"""G26: every known attack, written through the real forms and read in a real Chromium by other people.

The payloads of the sieves, each into the long texts (message, announcement, a word to the team, the kind word of the
team) and, where it is short enough, into the short ones (subject, name of a group). Then every page on which they
stand is opened by a parent and by the team, from left to right and from right to left. Nothing of it may run, open a
window, ask another host, break the policy, or turn the direction of what stands beside it.
"""

from playwright.sync_api import sync_playwright

from tests.chromium import launch_options
from tests.moderation.payloads import ALL

from .client import Client
from .figures import Figures
from .place import Place, Prepared

CIRCLE = "Woordenkring"
TURNS = ["\u202eomgekeerd", "\u2067rechts", "\u202bingebed\u202c\u202c", "\u2066\u2068los", "\u200f\u061cmerk"]
LONG = 3_000
# What the portal itself puts around names, opened and closed again, does not count.
# The first box around such a mark that keeps its turning to itself must hold the words of that person alone.
TURNED = r"""() => {
  const words = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const turned = [];
  while (words.nextNode()) {
    const loose = words.currentNode.data.replace(/\u2068[^\u202a-\u202e\u2066-\u2069]*\u2069/g, "");
    if (!/[\u202a-\u202e\u2066-\u2069]/.test(loose)) continue;
    let box = words.currentNode.parentElement;
    while (!/isolate|plaintext/.test(getComputedStyle(box).unicodeBidi)) box = box.parentElement;
    const alone = box.textContent.trim() === words.currentNode.data.trim();
    if (!alone && !box.matches("bdi, [dir=auto]")) turned.push(box.outerHTML.slice(0, 160));
  }
  return turned;
}"""
MARKED = r"""() => (document.querySelector("main").textContent.match(/[\u202a-\u202e\u2066-\u2069]/g) || []).length"""


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    payloads = [*ALL[:: 10 if fast else 1], *TURNS]
    with town.place("words") as place, place.helper() as helper:
        circle = helper.ask("circle", count=40, key=CIRCLE)
        team = helper.ask("session", key="sofie")
        place.start()
        written = _write(place, circle, team, payloads)
        for kind, count in written.items():
            figures.at_least(f"texts written as {kind}", count, 1)
        with sync_playwright() as driver:
            _read(driver, place, circle, team, figures, payloads)


def _in_parts(payloads: list[str]) -> list[str]:
    """Many payloads in each text, one a paragraph."""
    parts, here = [], ""
    for one in payloads:
        if len(here) + len(one) > LONG:
            parts, here = [*parts, here], ""
        here += f"{one}\n\n"
    return [*parts, here]


def _write(place: Place, circle: dict, team: str, payloads: list[str]) -> dict[str, int]:
    texts, talk, group = _in_parts(payloads), circle["conversation"], circle["group"]
    members = iter(circle["members"])
    desk = Client(place.base, team)
    written = {"message": 0, "announcement": 0, "a word to the team": 0, "subject": 0}
    shown = []
    for at, text in enumerate(texts):
        answer = Client(place.base, next(members)["session"]).send(talk, text, f"words-key-{at:04}")
        written["message"] += answer.status == 200
        shown.append(answer.item_id)
        said = desk.post(f"/nl/work/groups/{group}/announce/", {"text": text, "key": f"announce-{at:04}"})
        written["announcement"] += said.status == 302
    for item, text in zip(shown, texts, strict=True):
        teller = Client(place.base, next(members)["session"])
        written["a word to the team"] += teller.post(f"/nl/g/m/{item}/tell/", {"words": text[:900]}).status == 302
    for one in (one for one in payloads if len(one) <= 80):
        started = desk.post(f"/nl/work/groups/{group}/start/", {"subject": one})
        written["subject"] += started.status == 302
    return written


def _read(driver, place: Place, circle: dict, team: str, figures: Figures, payloads: list[str]) -> None:
    heard: dict[str, list[str]] = {"dialogs and windows": [], "other hosts": [], "policy": [], "errors": []}
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
    for kind, found in heard.items():
        figures.exactly(f"heard: {kind}", len(found), 0)
        for one in found[:3]:
            figures.told("such a one", one[:120])
    figures.at_least("marks of direction that stand on them", marked, len(TURNS))
    figures.exactly("of them that turn what stands beside", len(turned), 0)
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
