"""What a member of staff keeps of herself: when she is away, and what helps a parent to choose her."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from audit.vocabulary import Look
from outreach import queries
from outreach.actions import leave as acts
from outreach.actions.looking import look
from outreach.actions.profile import say_of_oneself
from outreach.alone_with import alone_with
from outreach.desk_forms import LeaveForm, SoonerForm
from outreach.matching_forms import ProfileForm
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
    return _page(request, form, _profile(request))


@require_POST
@guarded_by(keep_profile)
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST)
    if form.is_valid():
        say_of_oneself(by=request.actor, **form.cleaned_data)
        return redirect("work:outreach_me")
    return _page(request, LeaveForm(), form)


def _profile(request: HttpRequest) -> ProfileForm:
    return ProfileForm(initial=queries.said_of_oneself(request.actor.person_id))


def _page(request: HttpRequest, form: LeaveForm, profile: ProfileForm) -> HttpResponse:
    leaves = queries.leaves_ahead(request.actor.person_id, timezone.now())
    alone = alone_with(request.actor)
    look(person_ids=[one.person_id for one in alone], purpose=Look.AROUND, by=request.actor)
    context = {"form": form, "leaves": leaves, "profile": profile, "alone": alone}
    return render(request, "outreach/own_desk.html", context, status=422 if form.errors or profile.errors else 200)


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
