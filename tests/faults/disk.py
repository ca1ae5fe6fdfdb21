"""G48: the disk is full. Reading goes on, writing says so in a sentence, the database stays sound, and with room again
everything works without a restart. On SQLite, because its disk can be ours; needs the right to mount a small tmpfs.
"""

import contextlib
import shutil
import subprocess
import time
from pathlib import Path

from .client import Client
from .figures import Figures
from .place import Place, Prepared

MB = 1 << 20
SPARE = 6 * MB
BACK_SECONDS = 10


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    if town.database:
        figures.told("skipped", "the disk of PostgreSQL is its own; run without DATABASE_URL")
        return
    with _small_disk(town) as folder, _place(folder) as place, place.helper() as helper:
        circle = helper.ask("circle", count=4)
        place.start()
        where, member = circle["conversation"], circle["members"][0]
        client = Client(place.base, member["session"])
        figures.exactly("posted with room left", client.send(where, "Er is nog plaats", "form-key-room").status, 200)
        filler = folder / "filler"
        _fill(filler)
        statuses, bodies = _write_until_it_fails(place, circle, where)
        figures.at_least("writes refused", sum(status == 503 for status in statuses), 1)
        figures.exactly("answers other than 200 and 503", sum(one not in (200, 503) for one in statuses), 0)
        figures.exactly("answers with traces of code", sum("Traceback" in one or "sqlite" in one for one in bodies), 0)
        figures.exactly("reading while full", client.get(f"/nl/g/c/{where}/").status, 200)
        figures.exactly("alive while full", client.get("/healthz").status, 200)
        filler.unlink()
        began, status = time.monotonic(), 0
        while status != 200 and time.monotonic() < began + BACK_SECONDS:
            status = client.send(where, "Er is weer plaats", "form-key-room-again").status
        figures.at_most("writing again after", time.monotonic() - began, float(BACK_SECONDS), " s")
        figures.exactly("integrity", helper.ask("integrity"), "ok")
        figures.exactly("history holds", helper.ask("history_holds"), True)
        said = statuses.count(200) + 2
        figures.exactly("rows", len(helper.ask("messages_in", conversation=where)), said)


def _write_until_it_fails(place: Place, circle: dict, where: str) -> tuple[list[int], list[str]]:
    statuses, bodies = [], []
    for number in range(40):
        client = Client(place.base, circle["members"][number % 4]["session"], timeout=60)
        answer = client.send(where, "Een bericht dat niet meer past. " * 100, f"form-key-full-{number}")
        statuses.append(answer.status)
        bodies.append(answer.body if answer.status != 200 else "")
        if statuses.count(503) >= 3:
            break
    return statuses, bodies


def _fill(filler: Path) -> None:
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as out:
        while True:
            out.write(b"\0" * 4096)


@contextlib.contextmanager
def _small_disk(town: Prepared):
    """A tmpfs with the town on it and a little room; gone again afterwards."""
    size = sum(file.stat().st_size for file in (town.folder / "town").rglob("*") if file.is_file())
    folder = town.folder / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size + SPARE}", "tmpfs", str(folder)], check=True)
    try:
        shutil.copytree(town.folder / "town", folder, dirs_exist_ok=True)
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


@contextlib.contextmanager
def _place(folder: Path):
    place = Place(folder)
    try:
        yield place
    finally:
        place.stop()
