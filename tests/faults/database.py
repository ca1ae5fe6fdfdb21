"""G48: the database is away for a while. Every answer is a sentence with 503, and it works again without a restart.

On PostgreSQL the line to it is cut. On SQLite someone else holds the lock for writing longer than a request waits.
"""

import sqlite3
import threading
import time
from urllib.parse import urlsplit

from .client import Client
from .figures import Figures
from .place import Place, Prepared
from .proxy import Proxy

BACK_SECONDS = 10
AWAY_SECONDS = 5
LOCKED_SECONDS = 24


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    with town.place("database") as place, place.helper() as helper:
        circle = helper.ask("circle", count=4)
        if town.database:
            _cut(place, circle, figures)
        else:
            _locked(place, circle, figures)
        figures.exactly("integrity", helper.ask("integrity"), "ok")
        figures.exactly("history holds", helper.ask("history_holds"), True)


def _cut(place: Place, circle: dict, figures: Figures) -> None:
    url = urlsplit(place.env["DATABASE_URL"])
    with Proxy(url.hostname, url.port or 5432) as line:
        who, _, _ = url.netloc.rpartition("@")
        place.env["DATABASE_URL"] = url._replace(netloc=f"{who}@127.0.0.1:{line.port}").geturl()
        place.start()
        client, where = Client(place.base, circle["members"][0]["session"]), circle["conversation"]
        figures.exactly("posted before", client.send(where, "Alles werkt nog", "form-key-before").status, 200)
        line.go_away()
        statuses, until = [], time.monotonic() + AWAY_SECONDS
        while time.monotonic() < until:
            answer = client.send(where, "Dit gaat niet", f"form-key-away-{len(statuses)}")
            statuses += [answer.status, client.get(f"/nl/g/c/{where}/").status]
            figures.exactly("traces of code", "Traceback" in answer.body or "psycopg" in answer.body, False)
            time.sleep(0.5)
        figures.exactly("answers other than 503 while away", sum(one != 503 for one in statuses), 0)
        figures.exactly("alive meanwhile", client.get("/healthz").status, 200)
        line.come_back()
        _works_again(client, where, figures)
        place.stop()


def _locked(place: Place, circle: dict, figures: Figures) -> None:
    place.start()
    client, where = Client(place.base, circle["members"][0]["session"], timeout=60), circle["conversation"]
    figures.exactly("posted before", client.send(where, "Alles werkt nog", "form-key-before").status, 200)
    file = next(one for one in place.folder.glob("*.sqlite3"))
    held, let_go = threading.Event(), threading.Event()
    holder = threading.Thread(target=_hold, args=(str(file), held, let_go))
    holder.start()
    held.wait(30)
    reader = Client(place.base, circle["members"][1]["session"], timeout=60)
    began = time.monotonic()
    answer = client.send(where, "Dit gaat niet", "form-key-locked")
    figures.exactly("writing while another holds the lock", answer.status, 503)
    figures.at_most("told after", time.monotonic() - began, float(LOCKED_SECONDS), " s")
    figures.exactly("traces of code", "Traceback" in answer.body or "sqlite" in answer.body, False)
    figures.exactly("alive meanwhile", reader.get("/healthz").status, 200)
    let_go.set()
    holder.join()
    _works_again(client, where, figures)


def _hold(file: str, held: threading.Event, let_go: threading.Event) -> None:
    connection = sqlite3.connect(file, timeout=30, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    held.set()
    let_go.wait(90)
    connection.execute("ROLLBACK")
    connection.close()


def _works_again(client: Client, where: str, figures: Figures) -> None:
    began, status = time.monotonic(), 0
    while status != 200 and time.monotonic() < began + BACK_SECONDS:
        status = client.send(where, "Het werkt weer", "form-key-again").status
    figures.exactly("posted afterwards", status, 200)
    figures.at_most("works again after", time.monotonic() - began, float(BACK_SECONDS), " s")
