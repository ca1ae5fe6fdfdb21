"""Marks of the history kept outside the database: a line a day with the moment, the last position and its digest.

Whoever cuts the end off the history, or writes it anew, has to reach this file too. So it belongs on another computer:
`AUDIT_ANCHOR_FILE` names it, the default lies beside the data and proves less.
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from .models import Seal

Anchor = tuple[int, str]


def file() -> Path:
    return Path(settings.AUDIT_ANCHOR_FILE or Path(settings.DATA) / "history.anchors")


def write(now: datetime) -> None:
    """The due job: adds the newest link. Nothing new since the last time: nothing is added."""
    last = Seal.objects.order_by("-position").first()
    if last is None or (last.position, last.digest) in read(file())[-1:]:
        return
    file().parent.mkdir(parents=True, exist_ok=True)
    with file().open("a") as out:
        out.write(f"{now.isoformat()} {last.position} {last.digest}\n")


def read(place: Path) -> list[Anchor]:
    lines = [line.split() for line in place.read_text().splitlines() if line.strip()] if place.exists() else []
    return [(int(position), digest) for _, position, digest in lines]
