from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.backup import CannotRestore, journals_for, restore
from vault.keyring import KeyDoesNotFit
from vault.sealed_file import NotOurFile


class Command(BaseCommand):
    help = "Fills an empty, migrated database from a backup. Refuses a cut, foreign or wrongly keyed file."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--erasures", type=Path, help="a journal of erasures that lies elsewhere")

    def handle(self, file, erasures, **options):
        for named in filter(None, (file, erasures)):
            if not named.is_file():
                raise CommandError(f"There is no file {named}.")
        journals = journals_for(file.resolve(), erasures and erasures.resolve())
        try:
            manifest, erased = restore(file.resolve(), journals=journals)
        except (CannotRestore, KeyDoesNotFit, NotOurFile) as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(f"{rows} rows and {len(manifest['media'])} files are back.")
        if journals:
            self.stdout.write(f"{erased} people who were erased since were erased again.")
        else:
            self.stderr.write(
                "No journal of erasures was found. Whoever was erased after this backup is back: look for "
                "erasures.journal beside a later backup, and restore once more into an empty database."
            )
