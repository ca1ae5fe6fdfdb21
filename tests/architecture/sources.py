"""Reads the sources of Kring for the house laws: files, syntax trees, and who writes what where."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AREAS = {
    "portal": ROOT / "site" / "portal",
    "outreach": ROOT / "site" / "outreach",
    "live": ROOT / "site" / "live",
    "people": ROOT / "site" / "people",
    "audit": ROOT / "site" / "audit",
    "vault": ROOT / "site" / "vault",
    "groups": ROOT / "groups",
    "resources": ROOT / "resources",
    "moderation": ROOT / "moderation",
}


def python_files(*areas: str) -> Iterator[Path]:
    for area in areas or AREAS:
        for file in sorted(AREAS[area].rglob("*.py")):
            if "migrations" not in file.parts:
                yield file


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(), filename=str(file))


def place(file: Path) -> str:
    return str(file.relative_to(ROOT))


def area_of(file: Path) -> str:
    return next(name for name, path in AREAS.items() if path in file.parents)


def role_of(file: Path) -> str:
    """The layer of a file inside its area: actions, queries, views …"""
    first = file.relative_to(AREAS[area_of(file)]).parts[0]
    return first.removesuffix(".py")
