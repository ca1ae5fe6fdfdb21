"""What a member of staff keeps of herself: when she is away, and the languages she speaks with parents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from outreach import queries
from outreach.actions import leave as acts
from outreach.desk_forms import LanguagesForm, LeaveForm, SoonerForm
from outreach.models import Leave
from outreach.policies import keep_leave, keep_profile
from people.guard import guarded_by


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(keep_profile)
def own(request: HttpRequest) -> HttpResponse:
    """The page; a POST writes an absence."""
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        acts.write_leave(by=request.actor, **form.span())
        return redirect("work:outreach_me")
    context = {
        "form": form,
        "leaves": queries.leaves_ahead(request.actor.person_id, timezone.now()),
        "languages": LanguagesForm(initial={"languages": queries.languages_said(request.actor.person_id)}),
    }
    return render(request, "outreach/own_desk.html", context, status=422 if form.errors else 200)


@require_POST
@guarded_by(keep_profile)
def languages(request: HttpRequest) -> HttpResponse:
    form = LanguagesForm(request.POST)
    if form.is_valid():
        acts.say_languages(languages=form.cleaned_data["languages"], by=request.actor)
    return redirect("work:outreach_me")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(keep_leave, load=queries.load_leave)
def sooner(request: HttpRequest, leave: Leave) -> HttpResponse:
    form = SoonerForm(request.POST if request.method == "POST" else None, leave=leave)
    if form.is_valid():
        acts.shorten(leave=leave, ends_at=form.end(), by=request.actor)
        return redirect("work:outreach_me")
    return render(
        request, "outreach/leave_sooner.html", {"leave": leave, "form": form}, status=422 if form.errors else 200
    )


@require_POST
@guarded_by(keep_leave, load=queries.load_leave)
def back(request: HttpRequest, leave: Leave) -> HttpResponse:
    acts.take_back(leave=leave, by=request.actor)
    return redirect("work:outreach_me")
