"""The lock of an own phone: the PIN opens it, after five wrong ones only the password. And the ping of activity."""

from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from people import attempts, keeping, landing, passkeys
from people.actions import sessions
from people.forms import PasswordForm, PinForm
from people.policy import Refused
from people.queries import has_passkey


@never_cache
@sensitive_post_parameters("pin", "password")
@require_http_methods(["GET", "POST"])
def unlock(request) -> HttpResponse:
    if not request.is_locked:
        return HttpResponseRedirect(reverse("account_login") if request.sign_in is None else onward(request))
    if request.method == "GET":
        return show_lock(request)
    form = form_for(request)
    if form.is_valid() and opened(request, form):
        kept = keeping.from_request(request)
        return HttpResponseRedirect(keeping.hand_over(request, kept, request.user) or onward(request))
    return show_lock(request, form=form, kept=keeping.from_request(request), status=422)


def asks_password(request) -> bool:
    return not request.user.pin or request.sign_in.pin_tries >= sessions.PIN_TRIES


def form_for(request):
    return (PasswordForm if asks_password(request) else PinForm)(request.POST)


def opened(request, form) -> bool:
    """Tries the lock; says what is wrong on the form when it stays shut."""
    sign_in = request.sign_in
    if isinstance(form, PinForm):
        try:
            right = sessions.unlock_with_pin(sign_in=sign_in, pin=form.cleaned_data["pin"])
        except Refused:
            right = False
        sign_in.refresh_from_db(fields=["pin_tries"])
        form.right_or_said("pin", right)
        return right
    attempt = attempts.password_again(account_id=request.user.pk, sign_in_id=sign_in.pk)
    if not attempt.granted:
        form.too_many(attempts.when(attempt))
        return False
    right = sessions.unlock_with_password(sign_in=sign_in, password=form.cleaned_data["password"])
    if right:
        attempt.was_right()
    form.right_or_said("password", right)
    return right


def show_lock(request, *, form=None, kept=None, said: str = "", status: int = 200) -> HttpResponse:
    """A fifth wrong PIN brings the field of the password, empty. Until then a passkey does too."""
    wanted = PasswordForm if asks_password(request) else PinForm
    if not isinstance(form, wanted):
        form = wanted()
    facts = {"form": form, "by_password": wanted is PasswordForm, "has_pin": bool(request.user.pin), "kept": kept}
    if request.sign_in.pin_tries < sessions.PIN_TRIES and has_passkey(request.user):
        facts["passkey"] = passkeys.offer(request, "passkey_unlock", said)
    if kept:
        facts["keep_for"] = keeping.owner_mark(kept.owner or request.user.pk)
    return render(request, "account/unlock.html", facts, status=status)


def onward(request) -> str:
    return landing.today() if request.user.person.is_staff else reverse("my:home")


@never_cache
@require_POST
def activity(request) -> HttpResponse:
    """`state=here`: someone types; the middleware has noted it. `state=gone`: lock or end now, she left the phone."""
    if request.sign_in is None or request.is_locked:
        return HttpResponse(status=401)
    if request.POST.get("state") == "gone":
        if request.sign_in.own_phone:
            sessions.lock(sign_in=request.sign_in)
        else:
            logout(request)
        return HttpResponse(status=401)
    return HttpResponse(status=204)
