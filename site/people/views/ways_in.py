"""Ways in for who has no working password: a code by mail, a code on paper, the link of a staff invitation."""

from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from people import addresses, attempts, codes, devices, passphrases
from people.actions import accounts, recovery, staff
from people.actor import ANONYMOUS, PORTAL
from people.even_time import even_time
from people.forms import CodeForm, NewPasswordForm, NewWayInForm, RecoveryForm
from people.login_seam import know_device
from people.policy import Refused
from people.queries import account_by_name
from people.recovering import Recovery

PAGE = ["GET", "POST"]


def network_of(request) -> str:
    return addresses.network(addresses.client_address(request))


def device_of(request, name: str) -> dict:
    """The device that asks, and whether this account signed in on it before; the same statements for any name."""
    account, device_id = account_by_name(name), devices.id_in(request)
    return {"device_id": device_id, "known": devices.is_known(device_id, account.pk if account else "")}


def come_in(request, account) -> HttpResponse:
    """Signs in whoever the link or code belongs to; whoever was signed in on this device is signed out first."""
    if request.user.is_authenticated:
        logout(request)
    return perform_login(request, account)


def page(request, template: str, form, status: int | None = None, **facts) -> HttpResponse:
    status = status or (422 if form.is_bound else 200)
    facts["suggestion"] = passphrases.suggest(request.LANGUAGE_CODE)
    return render(request, template, {"form": form, **facts}, status=status)


@never_cache
@require_http_methods(PAGE)
def recover(request) -> HttpResponse:
    """The next page is the same for every name."""
    form = RecoveryForm(request.POST or None)
    if not form.is_bound or not form.is_valid():
        return page(request, "account/password_reset.html", form)
    name = form.cleaned_data["login"]
    attempt = attempts.recovery_request(name=name, network=network_of(request), **device_of(request, name))
    if not attempt.granted:
        form.too_many(attempts.when(attempt))
        return page(request, "account/password_reset.html", form, status=429)
    with even_time():  # a code is made and sent for someone, nothing for nobody
        Recovery.begin(request, name)
    return HttpResponseRedirect(reverse("recovery_code"))


@never_cache
@require_http_methods(PAGE)
def recovery_code(request) -> HttpResponse:
    process = Recovery.going_on(request)
    if process is None:
        return HttpResponseRedirect(reverse("account_reset_password"))
    form = CodeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        if process.is_right(form.cleaned_data["code"]):
            return HttpResponseRedirect(reverse("recovery_password"))
        form.not_right()
    return page(request, "account/confirm_password_reset_code.html", form)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(PAGE)
def recovery_password(request) -> HttpResponse:
    """Sets the new password and ends all sign-ins. Signing in comes after, second factor included."""
    process = Recovery.going_on(request)
    account = process.confirmed_account if process else None
    if account is None or account.frozen_at:
        return HttpResponseRedirect(reverse("account_reset_password"))
    form = NewPasswordForm(request.POST or None, account=account)
    if form.is_bound and form.is_valid():
        accounts.change_password(account=account, password=form.cleaned_data["password"], by=PORTAL, how="code by mail")
        know_device(request, account)
        process.abort()
        return HttpResponseRedirect(reverse("account_login"))
    return page(request, "account/password_reset_from_key.html", form)


@never_cache
@sensitive_post_parameters("password", "code")
@require_http_methods(PAGE)
def new_way_in(request) -> HttpResponse:
    """A code from paper and a new password, on one page. Only wrong codes count."""
    form = NewWayInForm(request.POST or None)
    if not form.is_bound or not form.is_valid():
        return page(request, "account/new_way_in.html", form)
    code = form.cleaned_data["code"]
    attempt = attempts.paper_code(code=codes.as_meant(code), network=network_of(request))
    if not attempt.granted:
        form.too_many(attempts.when(attempt))
        return page(request, "account/new_way_in.html", form, status=429)
    try:
        account = recovery.use_new_way_in(code=code, password=form.cleaned_data["password"], by=ANONYMOUS)
    except Refused:
        form.not_right_on_card()
        return page(request, "account/new_way_in.html", form)
    except ValidationError as known:  # the code is right, and the password tells of whose account it is
        attempt.was_right()
        form.add_error("password", known)
        return page(request, "account/new_way_in.html", form)
    attempt.was_right()
    return come_in(request, account)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(PAGE)
def staff_invitation(request, token: str) -> HttpResponse:
    """Looking at the link changes nothing; the button uses it up."""
    invitation = staff.open_invitation(token=token)
    form = NewPasswordForm(request.POST or None, account=invitation.account)
    if form.is_bound and form.is_valid():
        account = staff.accept_staff_invitation(token=token, password=form.cleaned_data["password"], by=ANONYMOUS)
        return come_in(request, account)
    return page(request, "account/staff_invitation.html", form, invited=invitation.account)
