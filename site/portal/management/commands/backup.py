from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.backup import back_up


class Command(BaseCommand):
    help = "Writes everything into one encrypted file. The keys are not in it; keep them apart."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path)

    def handle(self, file, **options):
        target = file or settings.DATA / "backups" / f"{datetime.now():%Y-%m-%d-%H%M%S}.kring"
        target.parent.mkdir(parents=True, exist_ok=True)
        manifest = back_up(target.resolve())
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(f"{rows} rows and {len(manifest['media'])} files in {target}")
