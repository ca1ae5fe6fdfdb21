"""A Kring of one's own to measure or to break: data folder, port, database, processes. All of it is taken away again.

The tables and the demo town are made once (`prepared`); each fault gets a copy.
"""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path

from . import databases
from .client import Client
from .helper import Helper

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90


class DidNotStart(RuntimeError):
    """The process ended or kept silent; what it said last stands in the message."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Place:
    """One data folder with one port. `start` serves it; `kill` is a kill -9; `stop` asks politely."""

    def __init__(self, folder: Path, *, database_url: str = "", redis_url: str = ""):
        self.folder, self.port = folder, free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.server: subprocess.Popen | None = None
        self.beside: list[subprocess.Popen] = []
        # What is empty here stays empty: a `.env` in the repository must not lead to someone's own data.
        self.env = {
            **{name: value for name, value in os.environ.items() if name not in ("SECRET_KEY", "FIELD_KEYS")},
            "DATA": str(folder),
            "BASE_URL": self.base,
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "EMAIL_URL": "sink://",
            "DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "portal.settings.development",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        }

    def helper(self, answers: str = "tests.faults.seeding") -> Helper:
        return Helper(self.env, answers)

    def start(self) -> float:
        """Serves, and gives the seconds until the first answer."""
        began = time.monotonic()
        self.server = self.spawn("site/manage.py", "serve", "--port", str(self.port))
        self.wait_for(self.server, self.port)
        return time.monotonic() - began

    def spawn(self, *arguments: str, **env: str) -> subprocess.Popen:
        """Another process on the same data; ended with the place."""
        with (self.folder / "output.log").open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env={**self.env, **env},
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )
        self.beside.append(process)
        return process

    def wait_for(self, process: subprocess.Popen, port: int) -> None:
        client, until = Client(f"http://127.0.0.1:{port}"), time.monotonic() + START_SECONDS
        while time.monotonic() < until and process.poll() is None:
            with contextlib.suppress(OSError, HTTPException):
                if client.get("/healthz").status == 200:
                    return
            time.sleep(0.05)
        raise DidNotStart((self.folder / "output.log").read_text(errors="replace")[-2000:])

    def kill(self) -> None:
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()

    def stop(self) -> None:
        for process in self.beside:
            end(process)
        self.beside.clear()

    def memory(self, field: str = "VmRSS") -> float:
        """Megabytes of the server, as the kernel counts them."""
        lines = Path(f"/proc/{self.server.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field))

    def cpu(self) -> float:
        """Seconds of processor that the server has used, all its threads."""
        return cpu_of(self.server)


def cpu_of(process: subprocess.Popen) -> float:
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def end(process: subprocess.Popen) -> None:
    """Asks to stop; who does not within ten seconds is killed."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(12)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Prepared:
    """The town as it was built, to be copied."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.database = f"kring_{secrets.token_hex(5)}" if databases.server_url() else ""

    def build(self, answers: str, step: str, **arguments) -> None:
        """`step` of the module `answers` makes it, in a process of its own."""
        url = databases.create(self.database) if self.database else ""
        with Place(self.folder / "town", database_url=url).helper(answers) as helper:
            helper.ask(step, **arguments)

    def drop(self) -> None:
        if self.database:
            databases.drop(self.database)

    @contextlib.contextmanager
    def place(self, name: str, *, redis_url: str = "") -> Iterator[Place]:
        """A copy of the town, gone when the block ends."""
        folder = shutil.copytree(self.folder / "town", self.folder / name)
        database = f"{self.database}_{name}" if self.database else ""
        url = databases.create(database, template=self.database) if database else ""
        place = Place(folder, database_url=url, redis_url=redis_url)
        try:
            yield place
        finally:
            place.stop()
            if database:
                databases.drop(database)
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def prepared(*, with_guidance: bool = False) -> Iterator[Prepared]:
    folder = Path(tempfile.mkdtemp(prefix="kring-faults-"))
    (folder / "town").mkdir()
    town = Prepared(folder)
    # Asked to end (a time limit, a build that is stopped), it takes its servers and folders along.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        town.build("tests.faults.seeding", "build", with_guidance=with_guidance)
        yield town
    finally:
        town.drop()
        shutil.rmtree(folder, ignore_errors=True)
