"""How a view names its policy: the guard loads the subject and asks the policy before the view runs.

Views below it get the subject, never an id, and never catch `Refused`: one middleware answers.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest

from .policy import Policy


def guarded_by(rule: Policy, *, load: Callable | None = None):
    """`load(actor, **ids_from_the_address)` gives the subject or raises `Refused`; without it the act has none."""

    def decorate(view):
        @wraps(view)
        def guarded(request: HttpRequest, **ids):
            if load is None:
                rule.require(request.actor)
                return view(request, **ids)
            subject = load(request.actor, **ids)
            rule.require(request.actor, subject)
            return view(request, subject)

        guarded.policy = rule
        return guarded

    return decorate
