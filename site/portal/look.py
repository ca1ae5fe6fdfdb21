"""How it looks: light or dark, and more contrast. A wish of this browser, kept in two cookies that say nothing else.

Works signed in and signed out, and asks nothing about who reads. Nothing is kept on our side.
"""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext_lazy as pl
from django.views.decorators.http import require_http_methods

from people.own_words import Words

YEAR = 365 * 24 * 3600


class LookForm(Words):
    theme = forms.ChoiceField(
        label=pl("look.theme", "Light or dark?"),
        choices=[
            ("device", pl("look.theme.device", "As this phone or computer")),
            ("light", pl("look.theme.light", "Light")),
            ("dark", pl("look.theme.dark", "Dark")),
        ],
        widget=forms.RadioSelect,
    )
    contrast = forms.ChoiceField(
        label=pl("look.contrast", "Stronger lines and letters?"),
        choices=[
            ("normal", pl("look.contrast.normal", "As usual")),
            ("more", pl("look.contrast.more", "Yes, more contrast")),
        ],
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    form = LookForm(request.POST if request.method == "POST" else None, initial=_now(request))
    if request.method == "POST" and form.is_valid():
        response = HttpResponseRedirect(f"{reverse('look')}?kept")
        for name, wish in form.cleaned_data.items():
            _keep(response, name, wish)
        return response
    context = {"form": form, "is_kept": "kept" in request.GET}
    return render(request, "portal/look.html", context, status=422 if form.errors else 200)


def _now(request: HttpRequest) -> dict[str, str]:
    """The wish that this browser told before; anything unknown counts as none."""
    fields = {name: dict(field.choices) for name, field in LookForm.base_fields.items()}
    wishes = {name: request.COOKIES.get(f"kring-{name}", "") for name in fields}
    first = {"theme": "device", "contrast": "normal"}
    return {name: wish if wish in fields[name] else first[name] for name, wish in wishes.items()}


def _keep(response: HttpResponse, name: str, wish: str) -> None:
    response.set_cookie(f"kring-{name}", wish, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
