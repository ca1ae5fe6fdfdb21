"""The page on which a parent says how much contact she wants, a part at a time, and reads how it was understood."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from outreach import queries
from outreach.actions import asking
from outreach.actions.needs import set_needs, set_place
from outreach.actions.safe_contact import keep_card
from outreach.facts import Facts
from outreach.forms import PARTS, AskForm, SafeContactForm
from outreach.forms.language import LanguageForm
from outreach.policies import ask_for_contact, see_own_needs
from outreach.sendings import sendings_to, stuck_ways
from outreach.unanswered import is_waiting
from outreach.vocabulary import BY_HAND, Channel
from outreach.wall_clock import DAY
from outreach.wording import how_we_read
from people.guard import guarded_by


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(see_own_needs)
def contact(request: HttpRequest) -> HttpResponse:
    facts = queries.facts_about(request.actor.person_id, timezone.now())
    form = None
    if request.method == "POST":
        part = PARTS.get(request.POST.get("part", ""))
        if part is None:
            raise Http404
        form = part(request.POST, facts=facts)
        if form.is_valid():
            _keep(form, request)
            return redirect(f"{reverse('my:contact')}?kept={form.part}#{form.part}")
    return render(request, "outreach/contact.html", _page(request, facts, form), status=422 if form else 200)


def _keep(form, request: HttpRequest) -> None:
    change = set_place if isinstance(form, LanguageForm) else set_needs
    change(person_id=request.actor.person_id, by=request.actor, **form.changes())


def _page(request: HttpRequest, facts: Facts, sent) -> dict:
    forms = {name: form(facts=facts) for name, form in PARTS.items()}
    if sent is not None:
        forms[sent.part] = sent
    return {
        "forms": forms,
        "sent": sent,
        "facts": facts,
        "wish": queries.wish_of(facts.person_id),
        "reading": how_we_read(facts.needs, timezone.now()),
        "ranks": queries.ranks(facts),
        "kept": request.GET.get("kept"),
        "asked": queries.asked_for(facts.person_id),
        "stuck": stuck_ways([facts], timezone.now()).get(facts.person_id, []),
        "tomorrow": timezone.now() + DAY,
        "contact_person": queries.contact_person_of(facts),
        "email_stopped_at": queries.email_stopped_at(facts),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(see_own_needs)
def card(request: HttpRequest) -> HttpResponse:
    """The safe-contact card."""
    held = queries.card_of(request.actor.person_id)
    form = SafeContactForm(request.POST if request.method == "POST" else None, card=held)
    if form.is_valid():
        keep_card(person_id=request.actor.person_id, by=request.actor, **form.cleaned_data)
        return redirect(f"{reverse('my:card')}?kept")
    context = {"form": form, "card": held, "kept": "kept" in request.GET}
    return render(request, "outreach/card.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(ask_for_contact)
def ask(request: HttpRequest) -> HttpResponse:
    """'Please contact me.' Where her own wish leaves nobody who may, the page says so, and what she can do."""
    facts = queries.facts_about(request.actor.person_id, timezone.now())
    ways = [way for way in BY_HAND if way in facts.needs.reachable]
    nobody_may = how_we_read(facts.needs, timezone.now()).by == "nobody"
    form = AskForm(request.POST if request.method == "POST" and not nobody_may else None, ways=ways)
    if form.is_valid():
        asking.ask_for_contact(by=request.actor, way=Channel(form.cleaned_data["way"]))
        return redirect("my:ask")
    context = {
        "form": form,
        "ways": ways,
        "nobody_may": nobody_may,
        "asked": queries.asked_for(facts.person_id),
        "tomorrow": timezone.now() + DAY,
        "is_asked": is_waiting(facts, timezone.now()),
    }
    return render(request, "outreach/ask.html", context, status=422 if form.is_bound else 200)


@require_POST
@guarded_by(ask_for_contact)
def ask_no_more(request: HttpRequest) -> HttpResponse:
    asking.take_back(by=request.actor)
    return redirect("my:ask")


@require_safe
@guarded_by(see_own_needs)
def sent(request: HttpRequest) -> HttpResponse:
    """What was sent, what was not, and why."""
    return render(request, "outreach/sent.html", {"lines": sendings_to(request.actor.person_id)})
