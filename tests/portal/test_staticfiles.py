"""The entry files take in what they import; nothing else is touched."""

import gzip
import re
from pathlib import Path

import pytest

from portal import staticfiles

STATIC = Path(staticfiles.__file__).parent / "static"
COMPONENTS = Path(staticfiles.__file__).parent / "templates" / "components"
STYLES = sorted(STATIC.glob("portal/css/**/*.css"))
SCRIPTS = sorted(STATIC.glob("portal/js/**/*.js"))
ENTRIES = ("public", "member", "staff", "all")
PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border|inset|scroll-margin|scroll-padding)-(left|right|top|bottom)[\w-]*"
    r"|border-(top|bottom)-(left|right)-radius|left|right|top|bottom|width|height|(min|max)-(width|height))\s*:"
    r"|(text-align|float|clear)\s*:\s*(left|right)"
)


def read(name):
    return (STATIC / name).read_text("utf-8")


def without_comments(text):
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_sheet_becomes_one_sheet_with_every_part_in_its_order(entry):
    name = f"portal/css/{entry}.css"
    parts = staticfiles.STYLE_IMPORT.findall(read(name))
    assert len(parts) > 20
    joined = staticfiles.joined_style(name, read)
    assert joined.startswith("@layer reset,tokens,base,layout,components,page;")
    assert "@import" not in joined
    assert "/*" not in joined


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_small_sheet_says_the_same_as_the_long_one(entry):
    name = f"portal/css/{entry}.css"
    joined = staticfiles.joined_style(name, read)
    whole = "".join(
        without_comments(read(f"portal/css/{part}")) for part in staticfiles.STYLE_IMPORT.findall(read(name))
    )
    assert joined.count("{") == whole.count("{") == joined.count("}")
    for words in (
        r"--[\w-]+",
        r"\.[a-z][\w-]*",
        r"\d[\w.%]*",
    ):  # properties, classes, figures
        assert re.findall(words, joined) == re.findall(words, whole)


def test_every_component_sheet_is_in_a_bundle_and_every_part_exists():
    named = {part for entry in ENTRIES for part in staticfiles.STYLE_IMPORT.findall(read(f"portal/css/{entry}.css"))}
    there = {str(path.relative_to(STATIC / "portal/css")) for path in STYLES} - {f"{entry}.css" for entry in ENTRIES}
    assert named == there


def test_every_component_has_its_markup_and_its_sheet_under_one_name():
    sheets = {path.stem for path in STYLES if path.parent.name == "components"}
    markup = {path.stem for path in COMPONENTS.glob("*.html")} | {
        path.name for path in COMPONENTS.iterdir() if path.is_dir()
    }
    assert sheets == markup


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_a_sheet_knows_no_left_and_right_and_fetches_nothing(path):
    text = without_comments(path.read_text("utf-8"))
    if path.stem == "floor":  # browsers too old for layers know only physical words
        return
    text = re.sub(r"@(media|container)[^{]*", "", text)
    assert not PHYSICAL.search(text)
    assert "font-face" not in text
    assert "url(" not in staticfiles.STYLE_IMPORT.sub("", text)


@pytest.mark.parametrize("entry", ["public", "account", "member"])
def test_an_entry_module_becomes_one_module(entry):
    name = f"portal/js/{entry}.js"
    joined = staticfiles.joined_script(name, read)
    assert not re.search(r"^\s*(import|export)\b", joined, re.MULTILINE)
    for local, _ in staticfiles.SCRIPT_IMPORT.findall(read(name)):
        assert f"return function {local}(" in joined
    assert joined.count("return function blank(") == 1
    assert len(gzip.compress(joined.encode())) <= 10_000  # P6


def test_a_behaviour_that_cannot_be_joined_stops_the_collection():
    files = {"js/a.js": 'import b from "./b.js";\nb();\n', "js/b.js": "export const b = 1;\n"}
    with pytest.raises(staticfiles.NotBundled):
        staticfiles.joined_script("js/a.js", files.__getitem__)


def test_a_sheet_that_imports_from_an_imported_sheet_stops_the_collection():
    files = {"css/a.css": '@import url("b.css");', "css/b.css": '@import url("c.css");', "css/c.css": "a{}"}
    with pytest.raises(staticfiles.NotBundled):
        staticfiles.joined_style("css/a.css", files.__getitem__)


def test_a_sheet_with_rules_of_its_own_is_no_entry():
    assert staticfiles.is_style_entry("x.css", '@layer a, b;\n@import url("y.css");\n')
    assert not staticfiles.is_style_entry("x.css", '@import url("y.css");\na { color: red; }')
    assert not staticfiles.is_style_entry("x.css", "a { color: red; }")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_keeps_nothing_in_the_browser_and_runs_no_text(path):
    text = path.read_text("utf-8")
    for never in (
        "localStorage",
        "sessionStorage",
        "indexedDB",
        "eval(",
        "new Function",
        "http://",
        "https://",
        "document.write",
    ):
        assert never not in text, never
