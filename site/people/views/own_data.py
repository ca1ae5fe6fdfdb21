"""'My data': what one can take along, leaving, and deleting everything, with what that does told first."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.actions import own_data
from people.forms import PasswordForm
from people.guard import guarded_by
from people.policies.own_data import see_own_data

from .own_account import password_is

FILE_NAME = "data.html"


@never_cache
@require_safe
@guarded_by(see_own_data)
def page(request) -> HttpResponse:
    return _page(request, PasswordForm())


def _page(request, form, status: int = 200) -> HttpResponse:
    return render(request, "account/own_data.html", {"form": form, "sign_in": request.sign_in}, status=status)


@never_cache
@sensitive_post_parameters("password")
@require_POST
@guarded_by(see_own_data)
def take_along(request) -> HttpResponse:
    """One file that a person can read. The password is asked again: the phone may lie open on a table."""
    form = PasswordForm(request.POST)
    if not form.is_valid() or not password_is(request, form, "password"):
        return _page(request, form, 422)
    parts = own_data.take_along(account=request.user, by=request.actor)
    file = render_to_string("account/own_data_file.html", {"parts": parts}, request)
    return HttpResponse(file, headers={"Content-Disposition": f'attachment; filename="{FILE_NAME}"'})


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(see_own_data)
def delete(request) -> HttpResponse:
    """What happens, before the button."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and password_is(request, form, "password"):
        own_data.erase(account=request.user, by=request.actor)
        request.session.flush()
        return redirect("own_data_gone")
    status = 422 if request.method == "POST" else 200
    return render(request, "account/own_data_delete.html", {"form": form}, status=status)


@require_safe
def gone(request) -> HttpResponse:
    """The word that it is done, for who has no account any more."""
    return render(request, "account/own_data_gone.html")
