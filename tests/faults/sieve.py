"""G25: what becomes HTML, over 10,000 generated pieces, in full over a million, which takes minutes of two processors;
judged by a parser that neither sieve uses.

Four times as much hostile text may not cost much more than four times as much: a ratio within one run.
"""

import contextlib
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from random import Random

from tests.architecture.sources import ROOT

from .figures import Figures
from .place import Prepared

MOST_GROWTH = 12  # 4 is linear, 16 is quadratic
SIGNS = ["&", "<", ">", "<a ", "<!--", "<b>", "</p>", '<a href="', "&#", "&amp;", "<svg><style>", "www.a.", "\x00", "("]


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    pieces, hands = (10_000 if fast else 1_000_000), os.cpu_count() or 1
    began = time.time_ns()
    with ProcessPoolExecutor(hands, initializer=find_our_packages) as pool:
        parts = list(pool.map(judged, [began + hand for hand in range(hands)], [pieces // hands + 1] * hands))
        costs = pool.submit(ratios).result()
    figures.told("first seed", began)
    figures.at_least("pieces judged", sum(count for count, _, _ in parts), pieces)
    figures.at_least("of them that left a tag", sum(kept for _, kept, _ in parts), pieces // 20)
    wrong = [piece for _, _, found in parts for piece in found]
    figures.exactly("pieces that left something not on the list, or changed again", len(wrong), 0)
    for piece in wrong[:5]:
        figures.told("such a piece", repr(piece))
    for name, ratio in costs.items():
        figures.at_most(f"cost of 20 KB of {name} beside 5 KB of it", ratio, MOST_GROWTH, " ×")


def find_our_packages() -> None:
    """Half of them stand in `site`, which nothing but the portal's own start looks into."""
    sys.path.insert(0, str(ROOT / "site"))


def judged(seed: int, count: int) -> tuple[int, int, list[str]]:
    """How many pieces were judged, how many kept a tag (the judge had something to see), and those that fail."""
    from moderation import markup
    from tests.moderation.grammar import hostile
    from tests.moderation.judge import offences

    chance, kept, wrong = Random(seed), 0, []
    for _ in range(count):
        piece = hostile(chance)
        cleaned = markup.sanitise_html(piece)
        kept += "<" in cleaned
        if offences(cleaned) or markup.sanitise_html(cleaned) != cleaned:
            wrong.append(piece)
    return count, kept, wrong


def ratios() -> dict[str, float]:
    """The best of three each, so that what else the computer does counts least."""
    from django.conf import settings

    from moderation import markup

    if not settings.configured:
        settings.configure()  # making links asks for a setting; nothing else of the portal is started here

    def cost(make, text: str) -> float:
        times = []
        for _ in range(3):
            began = time.process_time()
            with contextlib.suppress(markup.TooLong):
                make(text)
            times.append(time.process_time() - began)
        return min(times)

    found = {}
    for make in (markup.sanitise_html, markup.as_paragraphs):
        for sign in SIGNS:
            whole = (sign * markup.MOST)[: markup.MOST]
            little = max(cost(make, whole[: markup.MOST // 4]), 0.001)
            found[f"{sign!r} in {make.__name__}"] = cost(make, whole) / little
    return found
