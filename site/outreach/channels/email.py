"""The only module that sends mail. Every mail looks the same: a neutral sentence and the way to the front door.

Nothing in it says who wrote, where or what about, and no link in it has the power to sign anybody in. It refuses to
send through anything but SMTP, or into a folder (`sink://`) on a portal that only this computer can reach.
"""

import smtplib
from dataclasses import dataclass
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import pgettext
from environ import Env

from . import Permanent, Temporary

SMTP = "django.core.mail.backends.smtp.EmailBackend"
FOLDER = "django.core.mail.backends.filebased.EmailBackend"
SECONDS = 10


@dataclass(frozen=True)
class Text:
    """What is written in a mail, in one language."""

    subject: str
    body: str


def compose(*, language: str, code: str = "") -> Text:
    """The text for a person who reads this language now. With a code: that, and that it was asked for just now."""
    with translation.override(language):
        neutral = pgettext("notice.neutral", "There is something new for you.")
        if not code:
            return Text(neutral, f"{neutral}\n\n{settings.BASE_URL}/{language}/\n")
        asked = pgettext("mail.code.asked", "You asked for this code just now:")
        typed = pgettext("mail.code.typed", "Type it on the page that you left open. It works for a few minutes.")
        nobody = pgettext("mail.code.not_you", "Was it not you? Then do nothing: without this code nobody gets in.")
        return Text(neutral, f"{asked}\n\n{code}\n\n{typed}\n\n{nobody}\n")


def send(*, address: str, text: Text, message_id: str) -> None:
    """Hands one mail to the server, or raises `Temporary` or `Permanent`."""
    host = urlsplit(settings.BASE_URL).hostname
    mail = EmailMessage(
        subject=text.subject,
        body=text.body,
        from_email=formataddr((settings.KRING_APP_NAME, settings.DEFAULT_FROM_EMAIL)),
        to=[address],
        headers={"Message-ID": f"<{message_id}@{host}>", "Auto-Submitted": "auto-generated"},
        connection=_connection(),
    )
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()]
        raise (Permanent if codes and min(codes) >= 500 else Temporary)("address_refused") from None
    except smtplib.SMTPDataError as error:
        raise (Permanent if error.smtp_code >= 500 else Temporary)("mail_refused") from None
    except smtplib.SMTPAuthenticationError:
        raise Temporary("our_sign_in_refused") from None
    except smtplib.SMTPSenderRefused:
        raise Temporary("our_sender_refused") from None
    except ValueError:  # a header that cannot be written: the address is none
        raise Permanent("address_unwritable") from None
    except (smtplib.SMTPException, OSError):
        raise Temporary("server_away") from None


def _connection():
    """A connection from EMAIL_URL; Django's own default refuses, on purpose."""
    url = settings.EMAIL_URL
    if not url:
        raise Temporary("no_server_set")
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
