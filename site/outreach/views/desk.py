"""Today, for who accompanies parents: who wants contact now, what waits, who wants quiet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit.vocabulary import Look
from outreach.actions.looking import look
from outreach.desk import desk_of
from outreach.policies import see_desk
from people.guard import guarded_by


@require_safe
@guarded_by(see_desk)
def desk(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    shown = desk_of(request.actor, now)
    look(person_ids=[one.person_id for one in shown.everyone], purpose=Look.WISH, by=request.actor, now=now)
    return render(request, "outreach/desk.html", {"desk": shown, "now": now})
