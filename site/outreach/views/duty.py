"""The duty of a team, week by week: who is there when, one more shift, and taking one back."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from outreach import duty
from outreach.actions import duty as acts
from outreach.actions.notices import mark_seen
from outreach.circles import Team, teams_of
from outreach.duty_form import DutyForm
from outreach.duty_policies import list_duty, see_duty, set_duty, team_for
from outreach.models import DutyShift
from outreach.policies import see_desk
from people.guard import guarded_by


@require_safe
@guarded_by(list_duty)
def teams(request: HttpRequest) -> HttpResponse:
    """The first of one's teams; for who has none, a page that says so."""
    mine = teams_of(request.actor)
    return redirect("work:duty_week", mine[0].id) if mine else render(request, "outreach/duty_none.html")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(see_duty, load=team_for)
def week(request: HttpRequest, team: Team) -> HttpResponse:
    mark_seen(person_id=request.actor.person_id, subject=duty.SUBJECT, subject_id=team.id)
    shown, could = _day_asked(request), duty.could_be_on_duty(team, request.actor)
    given = request.POST if request.method == "POST" else None
    form = DutyForm(
        given, team_id=team.id, could=could, me=request.actor.person_id, initial={"day": max(shown, duty.today())}
    )
    if form.is_valid():
        shift = acts.put_on_duty(team_id=team.id, by=request.actor, **form.shift())
        return redirect(_address(team.id, form.cleaned_data["day"], shift.pk))
    context = {
        "team": team,
        "teams": teams_of(request.actor),
        "week": duty.week_of(team, shown, request.actor, timezone.now()),
        "today": duty.today(),
        "form": form if could else None,
        "has_desk": see_desk.allows(request.actor),
    }
    return render(request, "outreach/duty.html", context, status=422 if form.errors else 200)


@require_POST
@guarded_by(set_duty, load=duty.load_shift)
def back(request: HttpRequest, shift: DutyShift) -> HttpResponse:
    acts.take_shift_back(shift=shift, by=request.actor)
    return redirect(_address(shift.team_id, duty.day_of(shift)))


def _day_asked(request: HttpRequest) -> date:
    try:
        asked = parse_date(request.GET.get("week", ""))
    except ValueError:  # it looks like a date, and there is no such day
        asked = None
    return duty.within_reach(asked)


def _address(team_id: str, day: date, shift_id: str = "") -> str:
    anchor = f"#s-{shift_id}" if shift_id else ""
    return f"{reverse('work:duty_week', args=[team_id])}?week={day.isoformat()}{anchor}"
