"""Where Django says that someone signed in or out: there the row of the sign-in begins and ends."""

from allauth.account.internal.flows.password_reset_by_code import PASSWORD_RESET_VERIFICATION_SESSION_KEY
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from . import devices
from .actions import sessions

OWN_PHONE = "own_phone"  # told on the sign-in page, kept in the session until the sign-in is complete


@receiver(user_logged_in, dispatch_uid="people.sign_in_starts")
def sign_in_starts(sender, request, user, **rest):
    own = bool(request.session.pop(OWN_PHONE, False))
    # She is in: a code that she asked for before must not let the next on this phone choose a password unasked.
    request.session.pop(PASSWORD_RESET_VERIFICATION_SESSION_KEY, None)
    keep_for_long = own and not user.person.is_staff
    request.session.set_expiry(settings.OWN_PHONE_DAYS * 24 * 3600 if keep_for_long else 0)
    if not request.session.session_key:
        request.session.save()
    sessions.start(account=user, session_key=request.session.session_key, own_phone=own)
    know_device(request, user)


def know_device(request, account) -> None:
    """Guesses from elsewhere do not shut out a device where someone signed in, or proved that the mailbox is hers."""
    device_id = devices.id_in(request) or devices.fresh_id()
    sessions.remember_device(account=account, key=devices.key_of(device_id, account.pk))
    request.device_to_know = device_id


@receiver(user_logged_out, dispatch_uid="people.sign_in_ends")
def sign_in_ends(sender, request, user, **rest):
    if request.session.session_key:
        sessions.end_session(session_key=request.session.session_key, because="signed_out")
