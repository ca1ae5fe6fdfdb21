import asyncio
import threading
import time
from urllib.parse import urlsplit

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal import env, preparation
from portal.embedded import AlreadyRunning, hold, refuse_taken_port, share_memory_among_threads
from vault.keyring import KeyDoesNotFit

MAX_FRAME = 16 * 1024


class Command(BaseCommand):
    help = "The embedded server: pages, sockets and the worker in one process. One for each data folder."
    requires_system_checks = []  # they run below, once, together with the set-up

    def add_arguments(self, parser):
        base = urlsplit(settings.BASE_URL)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=base.port or 8000)
        parser.add_argument("--prepare", action="store_true", help="compile, migrate and collect first, where needed")

    def handle(self, host, port, prepare, **options):
        if env.is_loopback(settings.BASE_URL) and not env.is_loopback(f"//[{host}]" if ":" in host else f"//{host}"):
            raise CommandError(
                "A portal whose BASE_URL is this computer alone runs relaxed, with passwords that everybody knows: "
                f"it is not opened on {host}. Leave --host out, or set BASE_URL to the address people will use."
            )
        share_memory_among_threads()
        try:
            with hold(
                settings.DATA / "serve.lock",
                f"Kring already serves {settings.DATA}. Stop that one first, or give this one a folder: DATA=…",
            ):
                self.run(host, port, prepare)
        except (AlreadyRunning, KeyDoesNotFit) as error:
            raise CommandError(str(error)) from error

    def run(self, host: str, port: int, prepare: bool) -> None:
        started = time.monotonic()
        refuse_taken_port(host, port)
        self.check()
        if prepare:
            preparation.prepare(self.stdout.write)
        if settings.DEMO:
            call_command("demo", stdout=self.stdout)
        from outreach import worker
        from portal.asgi import application

        server = uvicorn.Server(
            uvicorn.Config(
                application,
                host=host,
                port=port,
                lifespan="off",
                ws="websockets-sansio",
                ws_max_size=MAX_FRAME,
                # Packed, the length of a frame would tell about words of others to who listens, as with private pages.
                ws_per_message_deflate=False,
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=settings.TRUSTED_PROXY_COUNT > 0,
                timeout_graceful_shutdown=10,
            )
        )
        stop = threading.Event()
        thread = threading.Thread(target=worker.run_forever, args=(stop,), name="worker", daemon=True)
        thread.start()
        self.stdout.write(f"Kring is ready after {time.monotonic() - started:.1f} s: http://{host}:{port}/")
        try:
            asyncio.run(server.serve())
        except KeyboardInterrupt:
            self.stdout.write("Stopping.")
        finally:
            stop.set()
            thread.join(timeout=10)
