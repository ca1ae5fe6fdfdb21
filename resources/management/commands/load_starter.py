"""The starter texts, as drafts marked 'not yet checked by a person'."""

from django.core.management.base import BaseCommand

from people.actor import PORTAL
from resources.actions.starter import load_starter


class Command(BaseCommand):
    help = "Loads the starter texts of resources/starter/. What is already there is never changed."

    def add_arguments(self, parser):
        parser.add_argument(
            "--publish", action="store_true", help="show them at once, still with the badge 'not yet checked'"
        )

    def handle(self, *args, **options):
        loaded = load_starter(by=PORTAL, publish=options["publish"])
        made = ", ".join(f"{count} × {kind}" for kind, count in sorted(loaded.counts.items())) or "nothing new"
        self.stdout.write(f"Starter texts: {made}.")
