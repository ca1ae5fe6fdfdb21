"""`manage.py work`: the worker alone, for production. As many as wanted; SIGTERM or Ctrl-C ends it cleanly."""

import signal
import threading

from django.core.management.base import BaseCommand

from outreach import worker


class Command(BaseCommand):
    help = "Delivers the outbox, seals the audit rows and runs due jobs, until it is told to stop."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then end")

    def handle(self, *, once: bool, **options) -> None:
        if once:
            counts = worker.run_once()
            self.stdout.write(f"{counts.sent} sent, {counts.sealed} sealed, {counts.jobs} jobs run.")
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        self.stdout.write("The worker runs. It ends on SIGTERM, after what it is doing.")
        worker.run_forever(stop)
