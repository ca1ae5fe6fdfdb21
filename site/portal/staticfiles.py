"""How static files are collected: one request for the styles of a page and one for its behaviours.

In the repository every component has its own sheet and every behaviour its own module. When the files are
collected, the entry files take in what they import and lose their comments. There is no build step: development
and tests collect as well. Nothing is taken in from another host, and no code is rewritten, only joined.
"""

import posixpath
import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

OUR_FOLDERS = ("portal/", "groups/", "resources/", "moderation/", "plans/", "people/", "figures/")

STYLE_IMPORT = re.compile(r'@import\s+url\("([^":]+)"\)\s*;')
STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SCRIPT_IMPORT = re.compile(r'^import (\w+) from "(\.[^"]+)";\n', re.MULTILINE)
SCRIPT_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE)


class NotBundled(ValueError):
    """An entry file names something that cannot be taken in."""


def is_style_entry(name, text):
    """An entry sheet holds nothing but the order of the layers and its imports."""
    if not name.endswith(".css") or "@import" not in text:
        return False
    rest = STYLE_IMPORT.sub("", STYLE_COMMENT.sub("", text))
    return not re.sub(r"@layer [\w\s,]+;", "", rest).strip()


def is_script_entry(name, text):
    """An entry module stands directly in js/ and imports behaviours."""
    return (
        posixpath.basename(posixpath.dirname(name)) == "js"
        and name.endswith(".js")
        and bool(SCRIPT_IMPORT.search(text))
    )


def small_style(text):
    """The sheet without comments and without the space a reader needs. Strings are left alone."""
    text = STYLE_COMMENT.sub("", text)
    parts = re.split(r'("[^"\n]*"|\'[^\'\n]*\')', text)
    for place in range(0, len(parts), 2):
        part = re.sub(r"\s+", " ", parts[place])
        part = re.sub(r" ?([{};,>]) ?", r"\1", part)
        part = re.sub(r"(?<=[\w\])-]): (?=[^{}]*(?:[;}]|$))", ":", part)
        parts[place] = part.replace(";}", "}")
    return re.sub(r"}@layer (\w+)\{\s*}", "}", "".join(parts)).strip() + "\n"


def joined_style(name, read):
    """The entry sheet with its imports in place."""

    def taken_in(found):
        return read(posixpath.normpath(posixpath.join(posixpath.dirname(name), found.group(1))))

    text = STYLE_IMPORT.sub(taken_in, read(name))
    if "@import" in STYLE_COMMENT.sub("", text):
        raise NotBundled(f"{name}: a sheet that is imported imports another one")
    return small_style(text)


def joined_script(name, read):
    """The entry module with its imports in place, each once, in the order they are needed.

    A module may only use `import name from "./file.js";` and `export default function`.
    """
    known = {}

    def take_in(path):
        text = SCRIPT_COMMENT.sub("", read(path))
        given = []
        for local, target in SCRIPT_IMPORT.findall(text):
            wanted = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            if wanted not in known:
                known[wanted] = None  # a circle would stop here instead of turning for ever
                take_in(wanted)
            given.append(f"const {local} = {variable(wanted)};\n")
        body = SCRIPT_IMPORT.sub("", text)
        if path == name:
            known[path] = "".join(given) + body
            return
        if body.count("export ") != 1 or "export default function" not in body:
            raise NotBundled(f"{path}: a behaviour exports one function, and that by default")
        body = body.replace("export default function", "return function", 1)
        known.pop(path, None)
        known[path] = f"const {variable(path)} = (() => {{\n{''.join(given)}{body}}})();\n"

    def variable(path):
        return "$" + re.sub(r"\W", "_", posixpath.splitext(posixpath.basename(path))[0])

    take_in(name)
    text = "".join(known.values())
    if re.search(r"^\s*(import|export)\b", text, re.MULTILINE):
        raise NotBundled(f"{name}: an import or export is left over")
    return re.sub(r"^[ \t]+|\n(?=\n)", "", text, flags=re.MULTILINE)


class Joined:
    """Stands in for the storage of an entry file and hands out the joined text."""

    def __init__(self, text):
        self.text = text

    def open(self, name, mode="rb"):
        return ContentFile(self.text.encode(), name=name)


class KringStaticStorage(CompressedManifestStaticFilesStorage):
    """Everything is packed, Wagtail's files as well: leaving those out saves a quarter of a second, not more."""

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        paths = dict(paths)

        def read(name):
            try:
                storage, path = paths[name]
            except KeyError:
                raise NotBundled(f"{name} is imported but is not among the static files") from None
            with storage.open(path) as file:
                return file.read().decode("utf-8")

        joined = {}
        for name in paths:
            if not name.startswith(OUR_FOLDERS) or not name.endswith((".css", ".js")):
                continue
            text = read(name)
            if is_style_entry(name, text):
                joined[name] = joined_style(name, read)
            elif is_script_entry(name, text):
                joined[name] = joined_script(name, read)
        paths.update({name: (Joined(text), name) for name, text in joined.items()})
        yield from super().post_process(paths, dry_run=dry_run, **options)
