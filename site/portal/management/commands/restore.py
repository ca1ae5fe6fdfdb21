from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.backup import CannotRestore, restore
from vault.keyring import KeyDoesNotFit
from vault.sealed_file import NotOurFile


class Command(BaseCommand):
    help = "Fills an empty, migrated database from a backup. Refuses a cut, foreign or wrongly keyed file."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, file, **options):
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            manifest = restore(file.resolve())
        except (CannotRestore, KeyDoesNotFit, NotOurFile) as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(f"{rows} rows and {len(manifest['media'])} files are back.")
