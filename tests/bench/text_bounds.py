"""How long 20 KB of hostile text takes to screen, to show and to sieve: one line a figure.

Run it as `python -m tests.bench.text_bounds`; it fails above the bound.
"""

import contextlib
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZE = 20_000
BOUND = 50

HOSTILE = {
    "one_word": "a",
    "short_words": "a ",
    "digits": "0 1 ",
    "at_signs": "a@",
    "at_in_words": "a at ",
    "beginnings": "wil ",
    "streets": "rue de la ",
    "networks": "volg me op insta @a ",
    "street_ends": "straat ",
    "numbers_first": "1 ab ",
    "spelled": "s.",
    "blessings": "\ufdfa",
    "combining": "e\u0301",
    "no_width": "\u200b",
    "links": "www.a.a",
    "ampersands": "&",
    "arabic": "يريد ",
    "gaps": "heeft heeft heeft met een mes de kinderen geslagen ",
    "choices": "kocam beni dövüyor ",
    "alike": "sais pas ",
    "figures": "nulnul ",
    "streets_in_words": "rue de twee ",
    "accounts": "be12 ",
    "places": "50.9281 ",
}
# For the sieves: what it is made of, as often as 20 KB hold it, and as often as the sieves let through.
MARKUP = {
    "tag_signs": "<",
    "half_tags": "<a",
    "ends": "</p>",
    "paragraphs": "<p>x</p>",
    "links": '<a href="https://a.be">x</a>',
    "lists_in_lists": "<ul><li>",
    "emphasis_in_emphasis": "<em><strong>",
    "quotes_in_emphasis": "<blockquote><em>",
    "entities": "&lt;",
    "hard_spaces": "\u00a0",
    "nothing": "\x00",
    "raw_text": "<svg><style>",
    "unknown": "<x-y a=1>",
}


def best_of(function, text: str, rounds: int = 5) -> float:
    """The quickest of some rounds, in milliseconds: the machine may be busy, the text is what it is."""
    spent = []
    for _ in range(rounds):
        began = time.perf_counter()
        function(text)
        spent.append((time.perf_counter() - began) * 1000)
    return min(spent)


def main() -> int:
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    import django

    django.setup()
    from moderation.markup import MOST_COSTLY, TooLong, as_paragraphs, sanitise_html
    from moderation.screening import screen

    def sieve(text: str) -> None:
        with contextlib.suppress(TooLong):  # a refusal must be quick as well
            sanitise_html(text)

    worst = 0.0
    for name, unit in HOSTILE.items():
        text = (unit * SIZE)[:SIZE]
        for what, function in (("screen", screen), ("as_paragraphs", as_paragraphs)):
            spent = best_of(function, text)
            worst = max(worst, spent)
            print(f"{what}_{name} {spent:.1f} ms (against {BOUND})")
    for name, unit in {**HOSTILE, **MARKUP}.items():
        let_through = unit * (MOST_COSTLY // max(1, sum(unit.count(sign) for sign in "<>&\u00a0")))
        for how, text in (("", (unit * SIZE)[:SIZE]), ("_let_through", let_through[:SIZE].ljust(SIZE, "x"))):
            spent = best_of(sieve, text)
            worst = max(worst, spent)
            print(f"sanitise_html_{name}{how} {spent:.1f} ms (against {BOUND})")
    return int(worst > BOUND)


if __name__ == "__main__":
    sys.exit(main())
