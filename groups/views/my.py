"""A parent's own pages: my space, which names no group, and my groups, behind the lock."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from groups import queries
from groups.policies.groups import see_own_space
from outreach.queries import push_to_renew
from people.guard import guarded_by


@guarded_by(see_own_space)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "has_news": queries.has_news(request.actor),
        "is_held": request.actor.hold is not None,
        "renew": push_to_renew(getattr(request, "sign_in", None), timezone.now()),
    }
    return render(request, "groups/home.html", context)


@guarded_by(see_own_space)
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    context = {
        "groups": queries.groups_of(request.actor),
        "is_waiting": queries.is_waiting(request.actor),
        "is_held": request.actor.hold is not None,
    }
    return render(request, "groups/groups.html", context)
