"""The only module that sends mail. Every mail looks the same: one sentence and the way to the front door.

Nothing in it says who wrote, where or what about, and no link in it has the power to sign anybody in. It is text
alone: a part in HTML would add nothing but a size. It refuses to send through anything but SMTP, or into a folder
(`sink://`) on a portal that only this computer can reach.
"""

import smtplib
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import pgettext
from environ import Env

from outreach import saying
from outreach.faults import Fault
from outreach.vocabulary import Kind

from . import Permanent, Temporary

SMTP = "django.core.mail.backends.smtp.EmailBackend"
FOLDER = "django.core.mail.backends.filebased.EmailBackend"
SECONDS = 10


@dataclass(frozen=True)
class Text:
    """What is written in a mail, in one language. `leave` stands before the link by which e-mail can be stopped."""

    subject: str
    body: str
    leave: str = ""


def compose(*, language: str, code: str = "", kind: Kind | None = None) -> Text:
    """The text for a person who reads this language now. With a code: that, and that it was asked for just now. With a
    kind: what kind it is, for who wants to know before opening the portal.
    """
    with translation.override(language):
        neutral = saying.sentence(None)
        if not code:
            said = saying.sentence(kind)
            leave = pgettext("mail.leave", "No more e-mail? One tap is enough, without signing in:")
            return Text(said, f"{said}\n\n{settings.BASE_URL}/{language}/\n", leave)
        asked = pgettext("mail.code.asked", "You asked for this code just now:")
        typed = pgettext("mail.code.typed", "Type it on the page that you left open. It works for a few minutes.")
        nobody = pgettext("mail.code.not_you", "Was it not you? Then do nothing: without this code nobody gets in.")
        return Text(neutral, f"{asked}\n\n{code}\n\n{typed}\n\n{nobody}\n")


def send(*, address: str, text: Text, message_id: str, unsubscribe_url: str = "") -> None:
    """Hands one mail to the server, or raises `Temporary` or `Permanent`.

    `unsubscribe_url` goes with every mail that was not asked for a moment ago: as a link, and for the mail program as
    RFC 8058 wants it.
    """
    host = urlsplit(settings.BASE_URL).hostname
    headers = {"Message-ID": f"<{message_id}@{host}>", "Auto-Submitted": "auto-generated"}
    body = text.body
    if unsubscribe_url:
        headers |= {
            "List-Unsubscribe": f"<{unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        body = f"{body}\n{text.leave}\n{unsubscribe_url}\n"
    mail = EmailMessage(
        subject=text.subject,
        body=body,
        from_email=formataddr((settings.KRING_APP_NAME, settings.DEFAULT_FROM_EMAIL)),
        to=[address],
        headers=headers,
    )
    try:
        _hand_over(mail)
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()]
        raise (Permanent if codes and min(codes) >= 500 else Temporary)(Fault.ADDRESS_REFUSED) from None
    except smtplib.SMTPDataError as error:
        raise (Permanent if error.smtp_code >= 500 else Temporary)(Fault.MAIL_REFUSED) from None
    except smtplib.SMTPAuthenticationError:
        raise Temporary(Fault.OUR_SIGN_IN_REFUSED) from None
    except smtplib.SMTPSenderRefused:
        raise Temporary(Fault.OUR_SENDER_REFUSED) from None
    except ValueError:  # a header that cannot be written: the address is none
        raise Permanent(Fault.ADDRESS_UNWRITABLE) from None
    except (smtplib.SMTPException, OSError):
        raise Temporary(Fault.SERVER_AWAY) from None


_line = threading.local()


@contextmanager
def one_line():
    """For a batch: the mails sent inside go over one connection, because opening one costs more than a mail."""
    _line.kept = None
    try:
        yield
    finally:
        _hang_up()
        del _line.kept


def _hang_up() -> None:
    kept, _line.kept = _line.kept, None
    if kept:
        kept.close()


def _hand_over(mail: EmailMessage) -> None:
    if not hasattr(_line, "kept"):
        mail.connection = _connection()
        mail.send()
        return
    was_open = _line.kept is not None
    if not was_open:
        _line.kept = _connection()
        _line.kept.open()
    try:
        _line.kept.send_messages([mail])
    except (smtplib.SMTPRecipientsRefused, ValueError):
        raise  # only this mail: the line is as good as before
    except smtplib.SMTPServerDisconnected:
        # A server may hang up on a line that it finds long enough. A mail it did take comes again under its own name.
        _hang_up()
        if not was_open:
            raise
        _hand_over(mail)
    except Exception:
        _hang_up()
        raise


def _connection():
    """A connection from EMAIL_URL; Django's own default refuses, on purpose."""
    url = settings.EMAIL_URL
    if not url:
        raise Temporary(Fault.NO_SERVER_SET)
    if url.startswith("sink:"):
        return get_connection(FOLDER, file_path=str(settings.DATA / "mail"))
    config = Env.email_url_config(url)
    if config.get("EMAIL_BACKEND") != SMTP:
        raise ImproperlyConfigured("EMAIL_URL must be smtp://, smtp+tls://, smtp+ssl:// or sink://.")
    return get_connection(
        SMTP,
        host=config["EMAIL_HOST"],
        port=config["EMAIL_PORT"],
        username=config["EMAIL_HOST_USER"] or "",
        password=config["EMAIL_HOST_PASSWORD"] or "",
        use_tls=bool(config.get("EMAIL_USE_TLS")),
        use_ssl=bool(config.get("EMAIL_USE_SSL")),
        timeout=SECONDS,
    )
