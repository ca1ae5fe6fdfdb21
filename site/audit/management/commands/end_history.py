from django.core.management.base import BaseCommand
from django.utils import timezone

from audit.actions.retention import forget_old


class Command(BaseCommand):
    help = "Removes history older than 24 months behind a sealed stone. For the owner of the tables; else a due job."

    def handle(self, **options):
        self.stdout.write(f"{forget_old(timezone.now())} rows of history are past their term and gone.")
