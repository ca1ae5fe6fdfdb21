from django.core.management.base import BaseCommand

from portal import catalogues


class Command(BaseCommand):
    help = "Compiles the translations (locale/*/LC_MESSAGES/django.po), without gettext."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--quiet", action="store_true")

    def handle(self, quiet, **options):
        written = catalogues.compile_all()
        if not quiet:
            self.stdout.write(f"{written} catalogues compiled.")
