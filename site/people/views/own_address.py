"""One's own e-mail address: asked for with the password, and taken once a code shows that its mailbox is hers.

The pages are the same whether somebody else signs in with that address or nobody does.
"""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from people import attempts, proving
from people.actions import accounts
from people.forms import CodeForm, EmailForm
from people.guard import guarded_by
from people.models import Account
from people.policies.accounts import set_email
from people.queries import account_of

from .own_account import PAGE, password_is, settings_page


def own_account(actor) -> Account | None:
    return account_of(actor.person_id)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(PAGE)
@guarded_by(set_email, load=own_account)
def change_email(request, account: Account) -> HttpResponse:
    form = EmailForm(request.POST or None, initial={"email": account.email})
    if request.method == "POST" and form.is_valid() and password_is(request, form, "password"):
        answer = _go_on_with(request, form)
        if answer:
            return answer
        return render(request, "account/email.html", {"form": form}, status=429)
    return render(request, "account/email.html", {"form": form}, status=422 if request.method == "POST" else 200)


def _go_on_with(request, form) -> HttpResponse | None:
    """Taking an address away needs no code, and the one she has no second one. None: too many were asked for."""
    email = form.cleaned_data["email"]
    if email in ("", request.user.email):
        accounts.set_email(account=request.user, email=email or None, by=request.actor)
        return HttpResponseRedirect(settings_page())
    attempt = attempts.address_asked(address=email, account_id=request.user.pk)
    if not attempt.granted:
        form.too_many(attempts.when(attempt))
        return None
    code = accounts.send_code_to(account=request.user, email=email, by=request.actor)
    proving.wait_for(request.session, account_id=request.user.pk, address=email, code=code)
    return HttpResponseRedirect(reverse("account_email_code"))


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(PAGE)
@guarded_by(set_email, load=own_account)
def email_code(request, account: Account) -> HttpResponse:
    if not proving.is_waiting(request.session):
        return HttpResponseRedirect(reverse("account_email"))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_taken(request, form):
        proving.be_done(request.session)
        return HttpResponseRedirect(settings_page())
    return render(request, "account/email_code.html", {"form": form}, status=422 if request.method == "POST" else 200)


def _is_taken(request, form) -> bool:
    """A wrong code and an address that somebody else signs in with are one and the same answer."""
    attempt = attempts.address_code(account_id=request.user.pk)
    if not attempt.granted:
        form.too_many(attempts.when(attempt))
        return False
    email = proving.address_shown(request.session, account_id=request.user.pk, code=form.cleaned_data["code"])
    if email and accounts.set_email(account=request.user, email=email, by=request.actor):
        attempt.was_right()
        return True
    form.not_right()
    return False
