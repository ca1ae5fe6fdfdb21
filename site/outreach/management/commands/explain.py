"""`manage.py explain STORY.json`: what the wishes in a story make of its notices. Stores nothing and sends nothing."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from outreach.actions.stories import NotAStory, play
from outreach.models import Attempt


class Command(BaseCommand):
    help = "Plays a story of contact through the real planner and the check at delivery, and prints one verdict a line."

    def add_arguments(self, parser) -> None:
        parser.add_argument("story", type=Path, help="a file; docs/guide/stories.md says what stands in it")

    def handle(self, *, story: Path, **options) -> None:
        try:
            told = json.loads(story.read_text(encoding="utf-8"))
        except OSError as fault:
            raise CommandError(f"{story} cannot be opened: {fault.strerror}.") from None
        except ValueError as fault:
            raise CommandError(f"{story} is no JSON: {fault}.") from None
        if Attempt._meta.db_table not in connection.introspection.table_names():
            raise CommandError("This portal has no tables yet. Start it once with `make run`, then play the story.")
        try:
            lines = play(told)
        except NotAStory as fault:
            raise CommandError(str(fault)) from None
        for line in lines:
            self.stdout.write(line)
