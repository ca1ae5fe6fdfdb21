"""For a coordinator: how many parents nobody of the team knows now, and who takes over. No names, as no relation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from outreach.actions.taking_over import take_over
from outreach.alone_with import is_for_a_lock, known_to_nobody
from outreach.departures import how_many_wait
from outreach.desk_forms import TakeOverForm
from outreach.policies import choose_who_takes_over
from outreach.successors import who_could_take_over
from people.guard import guarded_by


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(choose_who_takes_over)
def choose(request: HttpRequest) -> HttpResponse:
    waiting = known_to_nobody()
    could = who_could_take_over(waiting)
    form = TakeOverForm(request.POST if request.method == "POST" and waiting else None, could=could)
    if form.is_valid():
        take_over(staff_id=form.cleaned_data["staff"], by=request.actor)
        return redirect(f"{reverse('work:take_over')}?done")
    context = {
        "waiting": how_many_wait(len(waiting)) if waiting else "",
        "could": could,
        "form": form,
        "is_locked": is_for_a_lock(waiting),
        "done": "done" in request.GET,
    }
    return render(request, "outreach/take_over.html", context, status=422 if form.errors else 200)
