"""Notices on one's own phone: what they look like, switching them on and off."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from outreach import queries
from outreach.actions import push_subscriptions
from outreach.policies import see_own_needs
from outreach.push_form import PushForm
from people.guard import guarded_by


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(see_own_needs)
def push(request: HttpRequest) -> HttpResponse:
    form = PushForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        push_subscriptions.switch_on(sign_in=request.sign_in, by=request.actor, **form.cleaned_data)
        return redirect("my:push")
    shown = queries.push_on(request.sign_in)
    return render(request, "outreach/push.html", {"push": shown, "form": form}, status=422 if form.is_bound else 200)


@require_POST
@guarded_by(see_own_needs)
def push_off(request: HttpRequest) -> HttpResponse:
    push_subscriptions.switch_off(sign_in=request.sign_in, by=request.actor)
    return redirect("my:push")
