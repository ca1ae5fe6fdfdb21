"""A passkey shown instead of typing: at the sign-in, after the password of staff, and at the lock.

Each has two addresses: one asks the question, by script; the other takes the form with the answer in it.
"""

from allauth.account.utils import perform_login
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from people import addresses, attempts, devices, keeping, passkeys
from people.actions import passkeys as actions
from people.login_seam import OWN_PHONE
from people.queries import has_passkey

from . import lock, second_factor
from .sign_in import already_in
from .sign_in import show as sign_in_page

SIGN_IN, SECOND_FACTOR, UNLOCK = "passkey_sign_in", "passkey_second_factor", "passkey_unlock"


def question(request, purpose: str, asked: tuple[dict, dict]) -> JsonResponse:
    options, state = asked
    if not request.session.session_key:
        request.session.set_expiry(2 * passkeys.SECONDS)  # a visitor who asks and goes leaves nothing for long
    passkeys.keep_question(request.session, purpose, state)
    return JsonResponse(options)


def refusal(said: str, status: int) -> JsonResponse:
    return JsonResponse({"said": said}, status=status)


def does_not_fit() -> str:
    return pgettext("passkey.wrong", "This passkey does not fit. Try once more, or go on without it.")


def too_many(attempt: attempts.Attempt) -> str:
    time = attempts.when(attempt)
    return pgettext("error.toomany", "Too many tries. Try again at {time}.").format(time=time)


def counted(request, kind) -> attempts.Attempt:
    network = addresses.network(addresses.client_address(request))
    return kind(network=network, device_id=devices.id_in(request))


@never_cache
@require_POST
def sign_in_question(request) -> JsonResponse:
    if request.user.is_authenticated or not passkeys.is_offered(request):
        raise Http404
    attempt = counted(request, attempts.passkey_question)
    if not attempt.granted:
        return refusal(too_many(attempt), 429)
    return question(request, SIGN_IN, actions.question_to_anyone())


@never_cache
@require_POST
def sign_in(request) -> HttpResponse:
    """A parent's way in, through the same gates as her password."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(already_in(request))
    attempt = counted(request, attempts.passkey)
    if not attempt.granted:
        return sign_in_page(request, None, status=429, said=too_many(attempt))
    try:
        account = actions.whose(shown=passkeys.shown(request, SIGN_IN))
    except actions.NotThisPasskey:
        return sign_in_page(request, None, said=does_not_fit())
    attempt.was_right()
    request.session[OWN_PHONE] = "shared" not in request.POST
    keeping.stash(request, keeping.from_request(request))
    return perform_login(request, account)


def waiting_for(request):
    """The sign-in that waits for its second factor, and whose. Nobody else has business here."""
    stage, account = second_factor.asked(request)
    waits = account.is_authenticated and account.person.is_staff and (stage or not account.is_verified())
    if not waits or not passkeys.is_offered(request) or not has_passkey(account):
        raise Http404
    return stage, account


@never_cache
@require_POST
def second_factor_question(request) -> JsonResponse:
    _, account = waiting_for(request)
    return question(request, SECOND_FACTOR, actions.question_to(account, alone=False))


@never_cache
@require_POST
def show_second_factor(request) -> HttpResponse:
    stage, account = waiting_for(request)
    attempt = attempts.second_factor(account_id=account.pk)
    if not attempt.granted:
        return second_factor.page(request, account, said=too_many(attempt), status=429)
    try:
        passkey = actions.second_factor(account=account, shown=passkeys.shown(request, SECOND_FACTOR))
    except actions.NotThisPasskey:
        return second_factor.page(request, account, said=does_not_fit(), status=422)
    attempt.was_right()
    return second_factor.go_on(request, stage, account, passkey)


@never_cache
@require_POST
def unlock_question(request) -> JsonResponse:
    if not request.is_locked or not passkeys.is_offered(request) or not has_passkey(request.user):
        raise Http404
    return question(request, UNLOCK, actions.question_to(request.user, alone=True))


@never_cache
@require_POST
def unlock(request) -> HttpResponse:
    if not request.is_locked:
        raise Http404
    attempt = attempts.unlock_by_passkey(sign_in_id=request.sign_in.pk)
    if not attempt.granted:
        return lock.show_lock(request, kept=keeping.from_request(request), said=too_many(attempt), status=429)
    try:
        actions.unlock(sign_in=request.sign_in, shown=passkeys.shown(request, UNLOCK))
    except actions.NotThisPasskey:
        return lock.show_lock(request, kept=keeping.from_request(request), said=does_not_fit(), status=422)
    attempt.was_right()
    return HttpResponseRedirect(
        keeping.hand_over(request, keeping.from_request(request), request.user) or lock.onward(request)
    )
