"""One screen on which a parent says how much contact they want, and reads how the portal understood it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from outreach import queries
from outreach.actions.needs import set_needs
from outreach.forms import NeedsForm
from outreach.policies import see_own_needs
from outreach.wording import how_we_read
from people.guard import guarded_by


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(see_own_needs)
def contact(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    facts = queries.facts_about(request.actor.person_id, now)
    wish = queries.wish_of(request.actor.person_id)
    form = NeedsForm(request.POST if request.method == "POST" else None, facts=facts, wish=wish)
    if form.is_valid():
        set_needs(person_id=facts.person_id, by=request.actor, **form.wish())
        return redirect(f"{reverse('my:contact')}?kept")
    reading = how_we_read(facts.needs, now)
    context = {"form": form, "facts": facts, "wish": wish, "reading": reading, "kept": "kept" in request.GET}
    return render(request, "outreach/contact.html", context, status=422 if form.is_bound else 200)
