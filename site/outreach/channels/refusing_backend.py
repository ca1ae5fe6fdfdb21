"""What Django finds as its mail backend: one that raises, so that no library can mail past the door."""

from django.core.mail.backends.base import BaseEmailBackend


class MailPastTheDoor(RuntimeError):
    """Something tried to send mail itself. Everything towards a person goes through outreach.actions.reach."""


class RefusingBackend(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise MailPastTheDoor("Mail is sent by outreach/channels/email.py only; call outreach.actions.reach.")
