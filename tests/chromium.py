"""Which Chromium the tests and the faults drive, and how it is started."""

from pathlib import Path

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch_options() -> dict:
    """The browser that `.ci/browser.sh` chose; else the one of the system."""
    chosen = Path("var/browser").read_text().strip() if Path("var/browser").exists() else "/usr/bin/chromium"
    path = {} if chosen == "playwright" else {"executable_path": chosen}
    return {**path, "args": FLAGS}
