"""Makes the keys of a new installation, where none are given, and says where they lie. Never prints a key."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from vault import keyfile


class Command(BaseCommand):
    help = "Writes missing keys to $DATA/keys.env (readable by its owner only) and prints the path of that file."
    requires_system_checks = ()

    def handle(self, *args, **options):
        file = Path(settings.DATA) / "keys.env"
        missing = keyfile.missing(os.environ)
        if missing:
            keyfile.write(file, missing)
        self.stdout.write(str(file))
