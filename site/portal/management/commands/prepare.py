from django.core.management.base import BaseCommand

from portal.preparation import prepare


class Command(BaseCommand):
    help = "Makes what the portal needs before it can serve: compiled translations, tables, static files."

    def handle(self, **options):
        prepare(self.stdout.write)
