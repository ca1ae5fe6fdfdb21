"""Translations without gettext installed: extraction, completeness and compiling, all by Babel.

Templates are turned into Python-like text by Django itself (`templatize`), so both kinds of source share one reader.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.reloader import translation_file_changed
from django.utils.translation.template import templatize

from . import env

LANGUAGES = ("nl", "fr", "en", "ar", "tr")
FOLDERS = ("groups", "moderation", "resources", "site")
# Ready-made headers differ and then show the wrong form: these are written by hand (docs: glossary).
PLURALS = {
    "nl": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "en": "nplurals=2; plural=(n != 1);",
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);"
    ),
    "tr": "nplurals=2; plural=(n > 1);",
}
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "pl": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def catalogue_file(language: str) -> Path:
    return env.ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


@dataclass
class Found:
    """One sentence of the interface: its context (the glossary key), itself, its plural, and where it stands."""

    context: str
    text: str
    plural: str = ""
    places: list[str] = field(default_factory=list)


def _sources() -> Iterator[Path]:
    for folder in FOLDERS:
        for file in sorted((env.ROOT / folder).rglob("*")):
            is_template = "templates" in file.parts and file.suffix in {".html", ".txt"}
            if (is_template or file.suffix == ".py") and "migrations" not in file.parts:
                yield file


def _messages(file: Path) -> Iterator[tuple]:
    text = file.read_text()
    if file.suffix != ".py":
        if "{%" not in text:
            return
        text = templatize(text, origin=str(file))
    yield from extract_python(io.BytesIO(text.encode()), KEYWORDS, (), {"encoding": "utf-8"})


def _read(function: str, arguments) -> Found | None:
    parts = arguments if isinstance(arguments, tuple) else (arguments,)
    if any(not isinstance(part, str) for part in parts[:2]):
        return None
    if function in {"pgettext", "pgettext_lazy", "pl"} and len(parts) >= 2:
        return Found(parts[0], parts[1])
    if function in {"npgettext", "npgettext_lazy"} and len(parts) >= 3:
        return Found(parts[0], parts[1], parts[2])
    if function == "ngettext" and len(parts) >= 2:
        return Found("", parts[0], parts[1])
    return Found("", parts[0]) if parts and parts[0] else None


def extract() -> dict[tuple[str, str], Found]:
    """Every sentence in the sources, by (context, text)."""
    found: dict[tuple[str, str], Found] = {}
    for file in _sources():
        for _line, function, arguments, _comments in _messages(file):
            one = _read(function, arguments)
            if one:
                kept = found.setdefault((one.context, one.text), one)
                kept.plural = kept.plural or one.plural
                kept.places.append(str(file.relative_to(env.ROOT)))
    return found


def read(language: str) -> Catalog:
    file = catalogue_file(language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as handle:
        return read_po(handle, locale=language)


def key_of(message) -> tuple[str, str]:
    text = message.id[0] if isinstance(message.id, tuple) else message.id
    return (message.context or "", text)


def write(language: str, sentences: dict[tuple[str, str], Found], translate) -> None:
    """Writes the catalogue anew: sorted by context, no line numbers, the plural header by hand.

    `translate(found)` gives a string, or a tuple of plural forms, or an empty string.
    """
    catalogue = Catalog(locale=language, project="Kring", version="", fuzzy=False, creation_date=0)
    catalogue.mime_headers = [("Plural-Forms", PLURALS[language])]
    for key in sorted(sentences):
        found = sentences[key]
        identity = (found.text, found.plural) if found.plural else found.text
        catalogue.add(identity, string=translate(found), context=found.context or None)
    buffer = io.BytesIO()
    write_po(buffer, catalogue, omit_header=True, width=0, no_location=True)
    header = (
        'msgid ""\nmsgstr ""\n"Project-Id-Version: Kring\\n"\n'
        f'"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURALS[language]}\\n"\n\n'
    )
    file = catalogue_file(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(header.encode() + buffer.getvalue())


PLACEHOLDER = re.compile(r"%\((\w+)\)s|\{(\w+)\}")


def _placeholders(text: str) -> set[str]:
    return {first or second for first, second in PLACEHOLDER.findall(text)}


def problems() -> list[str]:
    """What is missing, stale or inconsistent in the catalogues; an empty list is good."""
    sentences = extract()
    wrong = []
    for language in LANGUAGES:
        by_key = {key_of(message): message for message in read(language) if message.id}
        wrong += [f"{language}: not in the catalogue: {key}" for key in sentences.keys() - by_key.keys()]
        wrong += [f"{language}: no longer used: {key}" for key in by_key.keys() - sentences.keys()]
        for key in sentences.keys() & by_key.keys():
            wrong += [f"{language}: {key}: {why}" for why in _mistakes(by_key[key])]
    return wrong


def _mistakes(message) -> Iterator[str]:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    if message.fuzzy or not all(strings):
        yield "not translated"
        return
    wanted = _placeholders(message.id[-1] if isinstance(message.id, tuple) else message.id)
    for text in strings:
        got = _placeholders(text)
        if got - wanted or (len(strings) == 1 and got != wanted):
            yield f"placeholders {sorted(got)} instead of {sorted(wanted)}"


def compile_all() -> int:
    """Compiles what is newer than its result, and has this process read it anew; returns how many were written."""
    written = 0
    for language in LANGUAGES:
        source = catalogue_file(language)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        with source.open("rb") as handle, target.open("wb") as result:
            write_mo(result, read_po(handle, locale=language), use_fuzzy=False)
        # Django loads the default language at its start: without this the first start would speak English for Dutch.
        translation_file_changed(None, target)
        written += 1
    return written
