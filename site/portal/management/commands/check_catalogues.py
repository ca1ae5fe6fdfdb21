from django.core.management.base import BaseCommand, CommandError

from portal import catalogues


class Command(BaseCommand):
    help = "Fails when a sentence of the interface is missing, stale or inconsistent in any language."
    requires_system_checks = []

    def handle(self, **options):
        wrong = catalogues.problems()
        for line in wrong[:60]:
            self.stderr.write(line)
        if wrong:
            raise CommandError(f"{len(wrong)} problems in the translations.")
        self.stdout.write("The translations are complete.")
