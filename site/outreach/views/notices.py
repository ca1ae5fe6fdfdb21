"""What stands in the app for a person: the list, why each is there, and opening one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from outreach import queries
from outreach.actions.notices import mark_all_read, mark_read
from outreach.models import Notice
from outreach.policies import list_notices, open_notice
from people.guard import guarded_by


@require_safe
@guarded_by(list_notices)
def notices(request: HttpRequest) -> HttpResponse:
    shown = queries.notices_of(request.actor.person_id)
    has_new = any(not one.is_read for one in shown)
    return render(request, "outreach/notices.html", {"notices": shown, "has_new": has_new})


@require_POST
@guarded_by(list_notices)
def read_all(request: HttpRequest) -> HttpResponse:
    mark_all_read(by=request.actor)
    return redirect("my:notices")


@require_POST
@guarded_by(open_notice, load=queries.load_notice)
def open_one(request: HttpRequest, notice: Notice) -> HttpResponse:
    mark_read(notice=notice, by=request.actor)
    return redirect(queries.address_of(notice) or "my:notices")
