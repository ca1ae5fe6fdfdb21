"""The looks hold together: components come in pairs, directions are logical, and nothing stands inline or elsewhere."""

import re
from pathlib import Path

import pytest

from tests.access.addresses import every_address

from .sources import ROOT, place

pytestmark = pytest.mark.db_free
PORTAL = ROOT / "site" / "portal"
TEMPLATES, STATIC = PORTAL / "templates" / "components", PORTAL / "static" / "portal"
SHEETS = sorted((STATIC / "css").rglob("*.css"))
PAGES = sorted(file for area in ("groups", "moderation", "resources", "site") for file in (ROOT / area).rglob("*.html"))
# `art` is a folder of drawings, `icon` a sheet for a tag; every other component is a template and its sheet.
FOLDERS = {"art"}
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius"
)
INLINE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)[^>]*>", re.I)
ELSEWHERE = re.compile(r"(?:src|href|action|url\()\s*=?\s*[\"']?(?:https?:)?//", re.I)


def names(folder: Path, ending: str) -> set[str]:
    return {file.stem for file in folder.glob(f"*{ending}")}


def plain(file: Path) -> str:
    """A sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.S)


def test_every_component_has_its_sheet_and_every_sheet_its_component():
    drawn = names(TEMPLATES, ".html") | FOLDERS
    assert len(drawn) > 50
    assert drawn ^ names(STATIC / "css" / "components", ".css") == set()


def test_every_sheet_of_a_component_is_worn_by_a_shell():
    worn = {name for shell in ("public", "member", "staff") for name in _imports(STATIC / "css" / f"{shell}.css")}
    assert names(STATIC / "css" / "components", ".css") - worn == set()
    assert _imports(STATIC / "css" / "all.css") >= worn


def _imports(sheet: Path) -> set[str]:
    return set(re.findall(r'url\("components/([\w-]+)\.css"\)', sheet.read_text()))


def test_every_behaviour_is_attached_and_every_attachment_is_a_behaviour():
    asked = {name for file in PAGES for group in _behaviours(file) for name in group.split()}
    loaded = " ".join(file.read_text() for file in (STATIC / "js").rglob("*.js"))
    there = names(STATIC / "js" / "behaviours", ".js")
    assert len(there) > 8
    assert asked - there == set()
    assert [name for name in there if f"/{name}.js" not in loaded] == []


def test_a_template_only_asks_for_addresses_that_exist():
    """`{% url … as … %}` says nothing of a name that is no address: it leaves the place empty."""
    known = {address.name for address in every_address()}
    asked = {(file, name) for file in PAGES for name in re.findall(r'{% url "([\w:]+)"', file.read_text())}
    assert len(asked) > 150
    assert sorted({name for file, name in asked if "cms" not in file.parts} - known) == []


def _behaviours(file: Path) -> list[str]:
    return re.findall(r'data-behaviour="([\w -]+)"', file.read_text())


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda file: str(file.relative_to(STATIC)))
def test_directions_are_logical(sheet):
    assert PHYSICAL.findall(plain(sheet)) == []


def test_nothing_stands_inline_and_nothing_comes_from_elsewhere():  # G27 G28
    assert len(PAGES) > 100
    found = [f"{place(file)}: {match}" for file in PAGES for match in INLINE.findall(file.read_text())]
    found += [f"{place(file)}: {match}" for file in PAGES for match in ELSEWHERE.findall(file.read_text())]
    found += [f"{place(file)}: {match}" for file in SHEETS for match in ELSEWHERE.findall(plain(file))]
    assert found == []


def test_no_template_trusts_a_text():  # G26
    """HTML is made safe in `moderation/markup.py` and in components; a template never says so by itself."""
    trusting = re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off")
    assert [place(file) for file in PAGES if trusting.search(file.read_text())] == []
