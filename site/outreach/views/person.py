"""One parent, for who accompanies her: what she wants first, then everything else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit.vocabulary import Look
from outreach import queries
from outreach.actions.looking import look
from outreach.names import names_for
from outreach.policies import open_person
from outreach.wording import how_we_read
from people.guard import guarded_by
from people.models import Person


@require_safe
@guarded_by(open_person, load=queries.load_parent)
def person(request: HttpRequest, one: Person) -> HttpResponse:
    now = timezone.now()
    look(person_ids=[one.pk], purpose=Look.WISH, by=request.actor, now=now)
    facts = queries.facts_about(one.pk, now)
    context = {
        "parent": one,
        "name": names_for(request.actor.person_id, [one.pk])[one.pk],
        "facts": facts,
        "rhythm": facts.needs.rhythm_at(now),
        "reading": how_we_read(facts.needs, now),
    }
    return render(request, "outreach/person.html", context)
