"""Where someone goes after signing in. The first page names no group: the public home, with 'my space' on it."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from . import keeping
from .queries import unread_new_way_in


def after_sign_in(request, account) -> str:
    """Called once, when a sign-in is complete. Hands over what was kept on the way."""
    going_on = keeping.deliver(request, account)
    if account.person.is_staff:
        return going_on or today()
    if unread_new_way_in(account):
        return reverse("new_way_in_read")
    if not request.session.get_expire_at_browser_close() and not account.pin and not going_on:
        return reverse("pin")
    return going_on or home()


def home() -> str:
    return f"/{get_language()}/"


def today() -> str:
    try:
        return reverse("work:today")
    except NoReverseMatch:
        return home()


def keep_session(request, *, own: bool) -> None:
    """How long the cookie lives: thirty days on a parent's own phone, else until the browser closes."""
    own = own and not request.user.person.is_staff
    request.session.set_expiry(settings.OWN_PHONE_DAYS * 24 * 3600 if own else 0)
