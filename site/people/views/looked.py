"""The page on which a parent reads who of the team looked at something of theirs, when, and what for."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.guard import guarded_by
from people.policies.accounts import see_own_looks
from people.queries import looks_at_me

LINES = 50


@never_cache
@require_safe
@guarded_by(see_own_looks)
def looked(request: HttpRequest) -> HttpResponse:
    skip = _typed_number(request.GET.get("after", "0"))
    lines = looks_at_me(request.actor, skip=skip, limit=LINES + 1)
    facts = {"looks": lines[:LINES], "earlier": skip + LINES if len(lines) > LINES else None, "is_first": skip == 0}
    return render(request, "people/looked.html", facts)


def _typed_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise BadRequest
    return int(text)
