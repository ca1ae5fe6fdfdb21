import json
from pathlib import Path

from django.core.management.base import BaseCommand

from portal import catalogues


class Command(BaseCommand):
    help = (
        "Writes the catalogues anew from the sources: keeps what is translated, adds what is new, drops what is gone. "
        "For what is new, files may be given: lists of {context, en, nl, fr, ar, tr} with strings or plural forms."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path)

    def handle(self, files, **options):
        given: dict[tuple[str, str], dict] = {}
        for file in files:
            for row in json.loads(file.read_text()):
                given[(row["context"], row["en"] if isinstance(row["en"], str) else row["en"][0])] = row
        sentences = catalogues.extract()
        for language in catalogues.LANGUAGES:
            kept = {catalogues.key_of(message): message.string for message in catalogues.read(language) if message.id}
            catalogues.write(language, sentences, lambda found, to=language, kept=kept: _find(found, to, kept, given))
        self.stdout.write(f"{len(sentences)} sentences.")


def _find(found: catalogues.Found, language: str, kept: dict, given: dict):
    key = (found.context, found.text)
    if language == "en":
        return (found.text, found.plural) if found.plural else found.text
    # What stands in the catalogue may have been mended by a speaker of the language: it wins over a given file.
    stands = kept.get(key)
    value = stands if stands and any(stands) else (given[key].get(language) if key in given else "")
    if found.plural:
        return tuple(value) if isinstance(value, list | tuple) else ""
    return value if isinstance(value, str) else ""
