from django.core.management.base import BaseCommand

from portal import generated_docs


class Command(BaseCommand):
    help = "Prints docs/generated/ from the code."

    def handle(self, **options):
        generated_docs.FOLDER.mkdir(parents=True, exist_ok=True)
        for name, page in generated_docs.PAGES.items():
            (generated_docs.FOLDER / name).write_text(page())
            self.stdout.write(f"docs/generated/{name}")
