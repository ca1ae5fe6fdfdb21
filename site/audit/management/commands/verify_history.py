from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from audit.anchors import file as anchor_file
from audit.anchors import read
from audit.sealer import verify


class Command(BaseCommand):
    help = "Checks that nothing in the history was changed, and that nothing is missing at its end."

    def add_arguments(self, parser):
        parser.add_argument("--anchors", type=Path, help="the file of marks kept outside; default AUDIT_ANCHOR_FILE")

    def handle(self, anchors: Path | None = None, **options):
        verdict = verify(anchors=read(anchors or anchor_file()))
        if not verdict.holds:
            raise CommandError(f"The history does not hold: link {verdict.broken_at} is not what it was.")
        self.stdout.write(f"{verdict.links} links hold, {verdict.unsealed} rows wait for their seal.")
