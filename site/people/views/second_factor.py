"""The extra code of staff: asked after the password, set up at the first sign-in, with ten codes on paper.

Who has a passkey may show that instead (`views/passkeys.py`); it comes and goes here, beside the code.
"""

import secrets
from base64 import b32encode
from io import BytesIO

import django_otp
import segno
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people import attempts, landing, passkeys
from people.actions import second_factor as actions
from people.actions import sessions
from people.forms import CodeForm, PasswordForm
from people.guard import guarded_by
from people.models import Authenticator
from people.policies.accounts import see_own_account
from people.queries import has_passkey
from people.views.own_account import devices_page, password_is
from vault import keyring

PAGE = ["GET", "POST"]
PENDING = "authenticator"  # the key being set up, encrypted, in the session of the one who sets it up


def pending_stage(request):
    """The sign-in that waits for the code, if one does, and was begun with the password as it is now: a new password
    ends this one too. Imported late: allauth's stages load the URLs.
    """
    from allauth.account.stages import LoginStageController

    from people.stages import SecondFactorStage

    stage = LoginStageController.enter(request, SecondFactorStage.key)
    changed_at = stage.login.user.password_changed_at if stage else None
    if changed_at and stage.login.initiated_at < changed_at.timestamp():
        stage.abort()
        return None
    return stage


def asked(request):
    """Who must show the code: someone half signed in, or staff with a session and no code yet."""
    stage = None if request.user.is_authenticated else pending_stage(request)
    return stage, stage.login.user if stage else request.user


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(PAGE)
def show(request) -> HttpResponse:
    stage, account = asked(request)
    if not account.is_authenticated or (stage is None and not account.person.is_staff):
        return HttpResponseRedirect(reverse("account_login"))
    if stage is None and account.is_verified():
        return HttpResponseRedirect(landing.today())
    if not django_otp.user_has_device(account):
        return HttpResponseRedirect(reverse("second_factor_app"))
    form = CodeForm(request.POST or None)
    device = device_for(account, form) if form.is_bound and form.is_valid() else None
    if device is None:
        return page(request, account, form=form, status=422 if form.is_bound else 200)
    return go_on(request, stage, account, device)


def page(request, account, *, form=None, said: str = "", status: int) -> HttpResponse:
    passkey = passkeys.offer(request, "passkey_second_factor", said) if has_passkey(account) else None
    facts = {"form": form or CodeForm(), "passkey": passkey}
    return render(request, "account/second_factor.html", facts, status=status)


def go_on(request, stage, account, device) -> HttpResponse:
    """The factor was shown: ends the waiting sign-in, or raises the session that is there."""
    if stage:
        stage.login.user.otp_device = device
        return stage.exit()
    prove(request, device)
    return HttpResponseRedirect(landing.after_sign_in(request, account))


def device_for(account, form):
    attempt = attempts.second_factor(account_id=account.pk)
    if not attempt.granted:
        form.too_many(attempts.when(attempt))
        return None
    try:
        device = actions.match(account=account, token=form.cleaned_data["code"])
    except actions.WrongCode:
        form.not_right()
        return None
    attempt.was_right()
    return device


def prove(request, device) -> None:
    """More rights, new session id; the sign-in goes along."""
    old_key = request.session.session_key
    request.session.cycle_key()
    sessions.carry_over(old_key=old_key, new_key=request.session.session_key)
    django_otp.login(request, device)


def being_set_up(request) -> Authenticator:
    """The device of the key in this session, not saved; a key is made when there is none."""
    if PENDING not in request.session:
        key = b32encode(secrets.token_bytes(20)).decode()
        request.session[PENDING] = keyring.encrypt(key)
    return Authenticator(user=request.user, key=keyring.decrypt(request.session[PENDING]))


def may_set_up(request) -> bool:
    """Only a first one: who has a device shows that instead, and a second one is never added unseen."""
    user = request.user
    return user.is_authenticated and user.person.is_staff and not django_otp.user_has_device(user)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(PAGE)
def app(request) -> HttpResponse:
    """Set up the app. The codes on paper are part of this answer and are never shown again."""
    if not may_set_up(request):
        return HttpResponseRedirect(reverse("second_factor"))
    device, form = being_set_up(request), CodeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        fresh = confirmed(request, device, form)
        if fresh:
            return render(request, "account/recovery_codes.html", {"codes": fresh, "onward": landing.today()})
    facts = {"form": form, "key": device.key}
    return render(request, "account/second_factor_app.html", facts, status=422 if form.is_bound else 200)


def confirmed(request, device, form) -> list[str]:
    attempt = attempts.second_factor(account_id=request.user.pk)
    if not attempt.granted:
        form.too_many(attempts.when(attempt))
        return []
    try:
        device, fresh = actions.confirm_authenticator(
            account=request.user, key=device.key, token=form.cleaned_data["code"]
        )
    except actions.WrongCode:
        form.not_right()
        return []
    attempt.was_right()
    del request.session[PENDING]
    prove(request, device)
    return fresh


@never_cache
@require_GET
def picture(request) -> HttpResponse:
    """The QR code of the key being set up, for nobody but the one who sets it up."""
    if not may_set_up(request) or PENDING not in request.session:
        raise Http404
    out = BytesIO()
    segno.make(being_set_up(request).address, error="m").save(
        out, kind="svg", scale=5, border=4, light="#fff", dark="#000", svgclass=None, lineclass=None, xmldecl=False
    )
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


@never_cache
@require_POST
@guarded_by(see_own_account)
def new_paper(request) -> HttpResponse:
    """Ten new codes; the old paper is worth nothing from now on. Only for who has shown a device."""
    if not request.user.is_verified():
        raise Http404
    form = PasswordForm(request.POST)
    if not form.is_valid() or not password_is(request, form, "password"):
        return devices_page(request, form, status=422)
    fresh = actions.new_recovery_codes(account=request.user)
    return render(request, "account/recovery_codes.html", {"codes": fresh, "onward": reverse("my:devices")})
