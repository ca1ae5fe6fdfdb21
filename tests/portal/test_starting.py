"""The start: what is not as it must be is told in one sentence with the remedy, before anything is made."""

import json
import os
import socket
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from portal import env
from portal.embedded import AlreadyRunning, refuse_taken_port
from tests.architecture.sources import ROOT
from vault.keyring import KeyDoesNotFit


@pytest.mark.db_free
def test_a_taken_port_is_told_with_the_way_to_another():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(AlreadyRunning, match=rf"Port {port} .*PORT={port + 1}"):
            refuse_taken_port("127.0.0.1", port)
    refuse_taken_port("127.0.0.1", port)


@pytest.mark.db_free
def test_a_folder_that_cannot_be_written_is_named(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DATA", str(tmp_path / "file" / "below"))
    with pytest.raises(env.CannotStart, match=r"cannot write in .*/file/below.*DATA="):
        env.refuse_unwritable_data(["serve"])
    monkeypatch.setenv("DATA", str(tmp_path / "fresh"))
    env.refuse_unwritable_data(["serve"])
    assert (tmp_path / "fresh").is_dir()


@pytest.mark.db_free
def test_links_carry_the_port_that_was_chosen(monkeypatch):
    monkeypatch.delenv("BASE_URL", raising=False)
    monkeypatch.setenv("PORT", "8001")
    assert env.base_url() == "http://127.0.0.1:8001"
    monkeypatch.delenv("PORT")
    assert env.base_url() == "http://127.0.0.1:8000"
    monkeypatch.setenv("PORT", "80a")
    with pytest.raises(env.CannotStart, match="A port is a number"):
        env.base_url()


def test_inviting_before_the_set_up_is_done_says_to_wait(monkeypatch):
    def not_yet(**_):
        raise KeyDoesNotFit("The database has no master secret yet")

    monkeypatch.setattr("people.actions.staff.invite_staff", not_yet)
    with pytest.raises(CommandError, match=r"not set up here yet.*Start it first"):
        call_command("invite_staff", role="coordinator", email="marc@demo.invalid")


@pytest.mark.db_free
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.20"])
def test_a_relaxed_portal_is_not_opened_to_the_network(settings, host):
    settings.BASE_URL = "http://127.0.0.1:8000"
    with pytest.raises(CommandError, match="this computer alone"):
        call_command("serve", host=host)


COOKIES = """
import json
from django.conf import settings
parts = ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "PATH", "DOMAIN")
kinds = ("SESSION", "CSRF")
print(json.dumps({kind: [getattr(settings, f"{kind}_COOKIE_{part}") for part in parts] for kind in kinds}))
"""


@pytest.mark.db_free
def test_the_cookies_of_a_city_are_bound_to_its_host_and_hidden_from_scripts(tmp_path):  # G20
    """Asked of the production settings, in a process of its own."""
    environment = {
        **os.environ,
        "DATA": str(tmp_path),
        "BASE_URL": "https://kring.example.invalid",
        "EMAIL_URL": "smtp://localhost:25",
        "REDIS_URL": "redis://127.0.0.1:6379/0",
        "DATABASE_URL": "",
        "DEMO": "",
        "SECRET_KEY": "k" * 50,
        "FIELD_KEYS": Fernet.generate_key().decode(),
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }
    told = subprocess.run([sys.executable, "-c", COOKIES], env=environment, cwd=ROOT, capture_output=True, check=True)
    for name, *rest in json.loads(told.stdout).values():
        assert name.startswith("__Host-")
        assert rest == [True, True, "Lax", "/", None]
