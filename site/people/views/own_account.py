"""One's own account: password, address, PIN, whose phone this is, and where one is signed in."""

from datetime import timedelta

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from people import attempts, landing, passkeys, passphrases
from people.actions import accounts, recovery, sessions
from people.forms import ChangePasswordForm, PasswordForm, SetPinForm, SureForm
from people.guard import guarded_by
from people.policies.accounts import see_own_account
from people.policies.sessions import end_sign_in, see_own_sessions
from people.queries import name_of_staff, open_sign_ins, own_sign_in, unread_new_way_in

PAGE = ["GET", "POST"]
JUST_NOW = timedelta(minutes=10)


def password_is(request, form, field: str) -> bool:
    """The password asked again before something changes; few tries, counted for this sign-in."""
    attempt = attempts.password_again(account_id=request.user.pk, sign_in_id=request.sign_in.pk)
    if not attempt.granted:
        form.too_many(attempts.when(attempt))
        return False
    right = request.user.check_password(form.cleaned_data[field])
    if right:
        attempt.was_right()
    form.right_or_said(field, right)
    return right


def is_sure(request) -> bool:
    """Just signed in on a phone of her own: the password need not be asked again. On one that others use, too, whoever
    picks it up next could take the account over by a PIN, which opens her own phone as well.
    """
    return request.sign_in.own_phone and timezone.now() - request.sign_in.started_at < JUST_NOW


def settings_page() -> str:
    return reverse("my:devices")


@never_cache
@sensitive_post_parameters("password", "current")
@require_http_methods(PAGE)
@guarded_by(see_own_account)
def change_password(request) -> HttpResponse:
    form = ChangePasswordForm(request.POST or None, account=request.user)
    if request.method == "POST" and form.is_valid() and password_is(request, form, "current"):
        old_key = request.session.session_key
        accounts.change_password(
            account=request.user, password=form.cleaned_data["password"], by=request.actor, keep=request.sign_in.pk
        )
        update_session_auth_hash(request, request.user)
        sessions.carry_over(old_key=old_key, new_key=request.session.session_key)
        return HttpResponseRedirect(settings_page())
    facts = {"form": form, "suggestion": passphrases.suggest(request.actor.language)}
    return render(request, "account/password_change.html", facts, status=422 if request.method == "POST" else 200)


@never_cache
@sensitive_post_parameters("pin")
@require_http_methods(PAGE)
@guarded_by(see_own_account)
def pin(request) -> HttpResponse:
    """Set, change or take away the PIN. Asked for only on a phone that is one's own."""
    sure = is_sure(request) and not request.user.pin
    form = SetPinForm(request.POST or None, sure=sure)
    if "remove" in request.POST:
        del form.fields["pin"]
    if request.method == "POST" and form.is_valid() and (sure or password_is(request, form, "password")):
        sessions.set_pin(account=request.user, pin=form.cleaned_data.get("pin", ""), by=request.actor)
        return HttpResponseRedirect(landing.home() if sure else settings_page())
    facts = {"form": form, "home": landing.home(), "has_pin": bool(request.user.pin)}
    return render(request, "account/pin.html", facts, status=422 if request.method == "POST" else 200)


@never_cache
@require_http_methods(PAGE)
@guarded_by(see_own_account)
def phone(request) -> HttpResponse:
    """'Is this phone only yours?' Saying so keeps the sign-in for a month, so the password is asked again."""
    own = request.POST.get("phone") == "own"
    sure = request.sign_in.own_phone or (request.method == "POST" and not own)
    form = SureForm(request.POST or None, sure=sure)
    if request.method == "POST" and form.is_valid() and (sure or password_is(request, form, "password")):
        sessions.set_own_phone(sign_in=request.sign_in, own=own, by=request.actor)
        landing.keep_session(request, own=own)
        return HttpResponseRedirect(reverse("pin") if own and not request.user.pin else settings_page())
    facts = {"form": form, "own": own if form.is_bound else request.sign_in.own_phone}
    return render(request, "account/phone.html", facts, status=422 if request.method == "POST" else 200)


@never_cache
@require_http_methods(["GET"])
@guarded_by(see_own_sessions)
def devices(request) -> HttpResponse:
    """'Where am I signed in?', and the ways into one's settings."""
    return devices_page(request, PasswordForm())


def devices_page(request, form, status: int = 200) -> HttpResponse:
    """`form` asks the password before staff get new codes on paper."""
    facts = {"sign_ins": open_sign_ins(request.user), "this": request.sign_in, "account": request.user, "form": form}
    facts["passkeys"] = passkeys.is_offered(request)
    return render(request, "people/devices.html", facts, status=status)


@never_cache
@require_POST
@guarded_by(end_sign_in, load=lambda actor, sign_in_id: own_sign_in(actor.account_id, sign_in_id))
def end_device(request, sign_in) -> HttpResponse:
    sessions.end_one(sign_in=sign_in, by=request.actor, because="asked")
    return HttpResponseRedirect(settings_page())


@never_cache
@require_POST
@guarded_by(see_own_sessions)
def lock_everything(request) -> HttpResponse:
    """Ends every sign-in of this account, this one too."""
    sessions.end_all(account=request.user, by=request.actor, because="asked")
    request.session.flush()
    return HttpResponseRedirect(landing.home())


@never_cache
@require_http_methods(PAGE)
@guarded_by(see_own_account)
def new_way_in_read(request) -> HttpResponse:
    """Who gave the new way in, and when; with what to do when it was not wanted."""
    way = unread_new_way_in(request.user)
    if way is None:
        return HttpResponseRedirect(landing.home())
    if request.method == "POST":
        recovery.mark_shown(account=request.user, by=request.actor)
        return HttpResponseRedirect(landing.home())
    return render(request, "account/new_way_in_read.html", {"way": way, "who": name_of_staff(way.issued_by_id)})
