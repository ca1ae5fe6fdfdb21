"""G18: the time an answer takes does not tell whether a name is someone's, nobody's, or shut."""

import statistics
import time

from .client import Client
from .figures import Figures
from .place import Place, Prepared

MEDIAN_MS, AUC = 5.0, 0.60
PATHS = {"sign-in": "/nl/account/login/", "a lost password": "/nl/account/recovery/"}


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    trials = 5 if fast else 500
    with town.place("telling") as place, place.helper("tests.faults.sign_in_steps") as helper:
        place.env["TRUSTED_PROXY_COUNT"] = "1"
        names = {
            "someone": helper.ask("parents", count=trials),
            "shut": helper.ask("parents", count=trials, frozen=True),
            "nobody": [f"niemand-hier-{at}" for at in range(trials)],
        }
        place.start()
        for what, path in PATHS.items():
            times, answers = _asked(place, path, names)
            figures.exactly(f"{what}: different answers", len(answers), 1)
            for kind in ("someone", "shut"):
                _judge(figures, f"{what}: {kind} beside nobody", times[kind], times["nobody"], fast=fast)


def _asked(place: Place, path: str, names: dict[str, list[str]]):
    """In turns, each from an address and a browser of its own, so that what else runs here meets all alike."""
    times: dict[str, list[float]] = {kind: [] for kind in names}
    answers = set()
    for at in range(len(names["nobody"])):
        kinds = list(names)
        for kind in kinds[at % 3 :] + kinds[: at % 3]:
            fields = {"login": names[kind][at], "password": "not-the-password-at-all", "shared": "on"}
            header = {"X-Forwarded-For": f"198.51.{at // 250}.{at % 250 + 1}"}
            client = Client(place.base)
            client.get("/healthz")
            began = time.perf_counter()
            answer = client.post(path, fields, **header)
            times[kind].append((time.perf_counter() - began) * 1000)
            client.close()
            answers.add((answer.status, len(answer.body.replace(names[kind][at], "")), tuple(sorted(answer.headers))))
    return times, answers


def _judge(figures: Figures, name: str, these: list[float], those: list[float], *, fast: bool) -> None:
    """A few trials say nothing about milliseconds: with FAST=1 the figures are only told."""
    apart = abs(statistics.median(these) - statistics.median(those))
    auc = separation(these, those)
    if fast:
        figures.told(f"{name}: medians apart, too few to judge", f"{apart:.1f} ms")
        return
    figures.told(f"{name}: median", f"{statistics.median(these):.1f} ms")
    figures.at_most(f"{name}: medians apart", apart, MEDIAN_MS, " ms")
    figures.at_most(f"{name}: how well a threshold tells them apart", auc, AUC)


def separation(these: list[float], those: list[float]) -> float:
    """The area under the curve of a threshold: 0.5 tells nothing, 1 tells everything. Either direction counts."""
    wins = sum((one > other) + (one == other) / 2 for one in these for other in those)
    share = wins / (len(these) * len(those))
    return max(share, 1 - share)
