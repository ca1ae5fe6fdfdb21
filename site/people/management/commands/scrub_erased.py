"""Takes the bytes of the erased out of the files of the database, with the rights of whoever runs it."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people.actions import own_data
from people.models import Erasure


class Command(BaseCommand):
    help = "For the owner of the tables on PostgreSQL: writes them anew, so that nothing of the erased is left in them."

    def handle(self, **options):
        waiting = Erasure.objects.filter(scrubbed_at__isnull=True).count()
        if waiting and not own_data.scrub_erased(timezone.now()):
            raise CommandError(
                f"{waiting} erased still stand in the bytes of the database: this role does not own the tables, or a "
                "reader was in the way. Run it as the owner (docs/operating/database-grants.md), or once more."
            )
        self.stdout.write(f"Erased and now gone from the files too: {waiting}.")
