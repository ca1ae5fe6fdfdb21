"""Nobody mails past the door: not Django, not allauth, not Wagtail, not an error report."""

import ast
import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import get_connection, mail_admins, mail_managers, send_mail

from outreach.channels.refusing_backend import MailPastTheDoor, RefusingBackend
from outreach.models import Delivery
from outreach.vocabulary import Purpose

from .conftest import make_parent

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _the_real_backend(settings):
    """pytest-django puts a mailbox in the place of the backend; here the real one is wanted."""
    settings.EMAIL_BACKEND = "outreach.channels.refusing_backend.RefusingBackend"


def test_the_settings_name_the_refusing_backend():
    import portal.settings.base as base

    assert base.EMAIL_BACKEND == "outreach.channels.refusing_backend.RefusingBackend"
    assert isinstance(get_connection(), RefusingBackend)


def test_direct_mail_raises():
    with pytest.raises(MailPastTheDoor):
        send_mail("hello", "text", "a@example.org", ["b@example.org"])


def test_reports_of_errors_go_to_nobody():
    mail_admins("error", "text")
    mail_managers("error", "text")
    assert settings.ADMINS == settings.MANAGERS == []
    handlers = [handler for logger in [logging.root, *map(logging.getLogger, logging.root.manager.loggerDict)]
                for handler in logger.handlers]  # fmt: skip
    assert not any("Email" in type(handler).__name__ for handler in handlers)


@pytest.mark.django_db
def test_allauth_and_password_recovery_mail_through_the_door(rf):
    from allauth.account.adapter import DefaultAccountAdapter, get_adapter

    person = make_parent()
    adapter = get_adapter(rf.get("/"))
    adapter.send_mail("account/email/password_reset_code", person.account.email, {"code": "ABCD12"})
    waiting = Delivery.objects.get()
    assert (waiting.person, waiting.purpose, waiting.payload) == (person, Purpose.RECOVERY_CODE, "ABCD12")
    adapter.send_mail("account/email/email_confirmation", person.account.email, {"code": "ABCD12"})
    adapter.send_mail("account/email/password_reset_code", "nobody@example.org", {"code": "ABCD12"})
    adapter.send_notification_mail("account/email/password_changed", person.account)
    assert Delivery.objects.count() == 1
    assert type(adapter).send_mail is not DefaultAccountAdapter.send_mail


def test_wagtail_cannot_mail():
    from wagtail.admin.mail import send_mail as wagtail_send_mail

    with pytest.raises(MailPastTheDoor):
        wagtail_send_mail("hello", "text", ["b@example.org"])
    assert settings.WAGTAILADMIN_NOTIFICATION_USE_HTML is False
    assert settings.WAGTAIL_WORKFLOW_ENABLED is False


@pytest.mark.db_free
def test_few_modules_alone_know_how_to_send():
    """The house law behind the lint: it also sees what a noqa would hide. Over HTTP it is one for all ways."""
    mail = _who_imports("django.core.mail", "smtplib", "aiosmtplib")
    assert mail == {"site/outreach/channels/email.py", "site/outreach/channels/refusing_backend.py"}
    wire = _who_imports("http.client", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "websockets.client")
    assert wire == {"site/outreach/channels/wire.py"}


def _who_imports(*modules: str) -> set[str]:
    found = set()
    for folder in ("site", "groups", "resources", "moderation"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.module:
                    names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
                if any(name.startswith(modules) for name in names):
                    found.add(str(file.relative_to(ROOT)))
    return found
