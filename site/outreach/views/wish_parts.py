"""What both pages of a wish share: the parent's own, and the one of staff with the parent on the phone."""

from django.http import Http404, HttpRequest
from django.utils import timezone

from outreach import queries
from outreach.actions.needs import set_needs, set_place
from outreach.facts import Facts
from outreach.forms import PARTS, PartForm, PlaceForm
from outreach.ranks import ranks, ways_by_kind
from outreach.wording import how_we_read


def sent_part(request: HttpRequest, facts: Facts) -> PartForm | None:
    """The part of the wish that was sent; None when nothing was. A part that does not exist is no page."""
    if request.method != "POST":
        return None
    part = PARTS.get(request.POST.get("part", ""))
    if part is None:
        raise Http404
    return part(request.POST, facts=facts)


def keep(form: PartForm, request: HttpRequest) -> None:
    """Keeps what was sent, on top of the wish as it is by then."""
    person_id = form.facts.person_id
    if isinstance(form, PlaceForm):
        set_place(person_id=person_id, by=request.actor, **form.changes())
    else:
        set_needs(person_id=person_id, by=request.actor, anew=form.changes_on)


def parts_of(request: HttpRequest, facts: Facts, sent: PartForm | None) -> dict:
    """What the parts of the page need; the one that came back keeps what was typed. One of them stands open."""
    forms = {name: form(facts=facts) for name, form in PARTS.items()}
    if sent is not None:
        forms[sent.part] = sent
    return {
        "forms": forms,
        "sent": sent,
        "kept": request.GET.get("kept"),
        "opened": request.GET.get("kept") or request.GET.get("open"),
        "facts": facts,
        "wish": queries.wish_of(facts.person_id),
        "reading": how_we_read(facts.needs, timezone.now()),
        "ranks": ranks(facts),
        "kinds": ways_by_kind(facts),
        "contact_person": queries.contact_person_of(facts),
    }
