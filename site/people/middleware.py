"""Who asks (`request.actor`), idle ends and locks, and the gate that lets no staff past without the second factor.

Nothing here costs a statement for a visitor without a session.
"""

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from . import devices, idle, session_ids
from .actions import sessions
from .actor import ANONYMOUS
from .queries import actor_of, sign_in_of

EXIT_PATH = "/weg/"
NOBODY_ASKED = frozenset({EXIT_PATH, "/healthz"})
EDITOR_PATH = "/cms/"
PASSIVE_HEADER = "HTTP_X_KRING_PASSIVE"
# All that staff reach before the second factor: showing or setting it up, signing out, and the way out.
BEFORE_SECOND_FACTOR = frozenset(
    {
        "account_logout",
        "exit",
        "passkey_second_factor",
        "passkey_second_factor_question",
        "second_factor",
        "second_factor_app",
        "second_factor_picture",
    }
)


def has_session(request) -> bool:
    """A cookie came along; only then is the database asked. The way out and 'are you alive' never ask."""
    return bool(request.COOKIES.get(settings.SESSION_COOKIE_NAME)) and request.path_info not in NOBODY_ASKED


class KeptSessionMiddleware(SessionMiddleware):
    """Django's sessions; a save that comes after the session was ended leads to the sign-in page, not to an error."""

    def process_request(self, request):
        name = settings.SESSION_COOKIE_NAME
        if name in request.COOKIES and not session_ids.is_one(request.COOKIES[name]):
            del request.COOKIES[name]
        super().process_request(request)

    def process_response(self, request, response):
        try:
            response = super().process_response(request, response)
        except SessionInterrupted:
            response = HttpResponseRedirect(reverse("account_login"))
            response.delete_cookie(settings.SESSION_COOKIE_NAME, path=settings.SESSION_COOKIE_PATH)
        device_id = getattr(request, "device_to_know", "")
        if device_id:
            devices.put_cookie(response, device_id)
        return response


def _actor(request):
    if getattr(request, "is_locked", False) or not request.user.is_authenticated:
        return ANONYMOUS
    return actor_of(request.user, second_factor=request.user.is_verified())


class ActorMiddleware:
    """Sets `request.actor`, lazily: a public page asks nothing. Behind a lock there is nobody."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = SimpleLazyObject(lambda: _actor(request))
        return self.get_response(request)


class IdleMiddleware:
    """Ends and locks sign-ins that were left alone, and notes that someone is there.

    Sets `request.sign_in`, `request.is_locked`, and what the shells tell the page about closing itself. A session
    without a live sign-in behind it is nobody's.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.sign_in, request.is_locked = None, False
        if has_session(request) and request.session.get(SESSION_KEY):
            self.look(request, timezone.now())
        if request.is_locked and request.path_info.startswith(EDITOR_PATH):
            return HttpResponseRedirect(reverse("unlock"))
        return self.get_response(request)

    def look(self, request, now):
        owner_id = request.session[SESSION_KEY]
        session_key = request.session.session_key
        account = request.user
        if not account.is_authenticated:
            return self.end(request, owner_id, session_key, now)
        is_staff = account.person.is_staff
        sign_in = sign_in_of(session_key)
        state = idle.state_of(sign_in, is_staff=is_staff, now=now)
        if state is idle.State.ENDED:
            return self.end(request, owner_id, session_key, now)
        request.sign_in = sign_in
        sign_in.account = account
        watch = idle.watch_of(sign_in, is_staff=is_staff)
        request.idle_seconds, request.idle_action = watch.seconds, watch.action
        if state is idle.State.LOCKED:
            request.is_locked = True
            if not sign_in.locked_at:
                sessions.lock(sign_in=sign_in, now=now)
        elif not request.META.get(PASSIVE_HEADER):
            sessions.touch(sign_in=sign_in, now=now)
        return None

    def end(self, request, owner_id, session_key, now):
        """The rest of this request is a visitor's. Whose session it was is remembered for what she had typed."""
        sessions.end_session(session_key=session_key, because="idle", now=now)
        request.session.flush()
        request.session_ended_for = owner_id
        nobody = AnonymousUser()
        nobody.otp_device, nobody.is_verified = None, lambda: False
        request.user = nobody


class SecondFactorGate:
    """Staff who have not shown the second factor reach its pages, the sign-out and the way out; nothing else.

    Whatever way a session was made, and whatever lies at the address: the editor is no exception.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if has_session(request) and self.must_stop(request):
            return HttpResponseRedirect(reverse("second_factor"))
        return self.get_response(request)

    def must_stop(self, request) -> bool:
        user = request.user
        if not user.is_authenticated or not user.person.is_staff or user.is_verified():
            return False
        try:
            return resolve(request.path_info).view_name not in BEFORE_SECOND_FACTOR
        except Resolver404:
            return False  # answered as what does not exist, with nothing of anyone
