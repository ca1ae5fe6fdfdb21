"""Signing in and out, and the page that shows the sign-in fields beside what someone had typed."""

from allauth.account.utils import perform_login
from django.contrib.auth import authenticate, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from people import addresses, attempts, devices, keeping, landing, passkeys
from people.forms import SignInForm
from people.login_seam import OWN_PHONE
from people.queries import account_by_name


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request) -> HttpResponse:
    if request.user.is_authenticated:
        return HttpResponseRedirect(already_in(request))
    form = SignInForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return show(request, form)
    name, device_id = form.cleaned_data["login"], devices.id_in(request)
    attempt = attempt_for(request, name, device_id)
    if not attempt.granted:
        form.too_many(attempts.when(attempt))
        return show(request, form, status=429)
    account = authenticate(request, username=name, password=form.cleaned_data["password"])
    if account is None:
        form.not_right()
        return show(request, form)
    attempt.was_right()
    request.session[OWN_PHONE] = not form.cleaned_data["shared"]
    keeping.stash(request, keeping.from_request(request))
    return perform_login(request, account)


def attempt_for(request, name: str, device_id: str) -> attempts.Attempt:
    """The same statements whether the name is anyone's or not."""
    account = account_by_name(name)
    known = devices.is_known(device_id, account.pk if account else "")
    network = addresses.network(addresses.client_address(request))
    return attempts.sign_in(name=name, network=network, device_id=device_id, known=known)


def already_in(request) -> str:
    """For someone who is signed in: to the lock, or on. What she had typed goes with her."""
    if request.is_locked:
        return reverse("unlock")
    going_on = keeping.hand_over(request, keeping.from_request(request), request.user)
    return going_on or (landing.today() if request.user.person.is_staff else landing.home())


def show(request, form, status: int | None = None, said: str = "") -> HttpResponse:
    """`said` is why a passkey did not do; the form is then shown anew, without complaints of its own."""
    kept = keeping.from_request(request)
    if form is None:
        form = SignInForm(initial={**request.POST.dict(), "shared": "shared" in request.POST})
    status = status or (200 if request.method == "GET" else 422)
    return page(request, form, bool(kept), status, said)


def page(request, form, kept: bool, status: int, said: str = "") -> HttpResponse:
    facts = {"form": form, "kept": kept, "passkey": passkeys.offer(request, "passkey_sign_in", said)}
    return render(request, "account/login.html", facts, status=status)


def with_kept_text(request) -> HttpResponse | None:
    """For a form that came when the session was over: her text and the sign-in fields on one page. Else nothing.

    Behind the lock of an own phone it is the page of the PIN instead.
    """
    kept = keeping.from_request(request)
    if not kept:
        return None
    filled = {
        "keep_what": kept.what,
        "keep_text": kept.text,
        "keep_next": kept.next,
        "keep_for": keeping.owner_mark(kept.owner),
        "shared": True,
    }
    if getattr(request, "is_locked", False):
        from .lock import show_lock

        return show_lock(request, kept=kept, status=401)
    return page(request, SignInForm(initial=filled), True, 401)


@never_cache
@require_http_methods(["GET", "POST"])
def sign_out(request) -> HttpResponse:
    """A page with one button; only the button signs out."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(landing.home())
    if request.method == "GET":
        return render(request, "account/logout.html", {"now": timezone.now()})
    logout(request)
    return HttpResponseRedirect(landing.home())
