"""Whom a list of addresses is for. Each list in urls.py is wrapped once, so that nobody can forget it.

public   anyone; the page asks nothing about who reads
account  the way in and out; anyone, never cached
members  parents and the staff who accompany them, signed in
staff    granted roles with the second factor shown
"""

from collections.abc import Callable
from functools import wraps

from django.urls import URLPattern, URLResolver
from django.views.decorators.cache import never_cache

from people.policy import Refused
from people.vocabulary import Reason, Role

AUDIENCES = ("public", "account", "members", "staff")


def _members_only(request) -> None:
    if Role.ANONYMOUS in request.actor.roles:
        raise Refused(Reason.SIGN_IN)
    if Role.STAFF_WITHOUT_SECOND_FACTOR in request.actor.roles:
        raise Refused(Reason.SECOND_FACTOR)


def _staff_only(request) -> None:
    _members_only(request)
    if not request.actor.is_staff:
        raise Refused(Reason.NOT_FOUND)


def _nobody_asked(request) -> None:
    """Public and account pages ask nothing here."""


_GATES: dict[str, Callable] = {
    "public": _nobody_asked,
    "account": _nobody_asked,
    "members": _members_only,
    "staff": _staff_only,
}


def _wrap(view: Callable, audience: str) -> Callable:
    gate = _GATES[audience]

    @wraps(view)
    def for_audience(request, *args, **kwargs):
        gate(request)
        return view(request, *args, **kwargs)

    for_audience.audience = audience
    for_audience.policy = getattr(view, "policy", None)
    return for_audience if audience == "public" else never_cache(for_audience)


def only_for(audience: str, patterns: list) -> list:
    """The same addresses, each behind the gate of its audience."""
    wrapped = []
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            view = _wrap(pattern.callback, audience)
            wrapped.append(URLPattern(pattern.pattern, view, pattern.default_args, pattern.name))
        elif isinstance(pattern, URLResolver):
            inner = only_for(audience, pattern.url_patterns)
            wrapped.append(
                URLResolver(pattern.pattern, inner, pattern.default_kwargs, pattern.app_name, pattern.namespace)
            )
    return wrapped
