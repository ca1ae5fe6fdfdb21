"""The page on which a parent says how much contact she wants, a part at a time, and reads how it was understood."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from outreach import queries
from outreach.actions import asking
from outreach.actions.safe_contact import keep_card
from outreach.forms import AskForm, SafeContactForm
from outreach.policies import ask_for_contact, see_own_needs, take_back_contact
from outreach.sendings import sendings_to, stuck_ways
from outreach.unanswered import is_waiting, why_nobody
from outreach.vocabulary import BY_HAND, Channel
from outreach.wall_clock import DAY
from people.guard import guarded_by

from .wish_parts import keep, parts_of, sent_part


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(see_own_needs)
def contact(request: HttpRequest) -> HttpResponse:
    facts = queries.facts_about(request.actor.person_id, timezone.now())
    sent = sent_part(request, facts)
    if sent is not None and sent.is_valid():
        keep(sent, request)
        return redirect(f"{reverse('my:contact')}?kept={sent.place}#{sent.place}")
    context = parts_of(request, facts, sent) | {
        "asked": queries.asked_for(facts.person_id),
        "stuck": stuck_ways([facts], timezone.now()).get(facts.person_id, []),
        "tomorrow": timezone.now() + DAY,
        "email_stopped_at": queries.email_stopped_at(facts),
    }
    return render(request, "outreach/contact.html", context, status=422 if sent else 200)


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
    """'Please contact me.' Where nobody is there who may, the page says so, and what she can do.

    Whoever holds a paper that may be hers can ask as well, and reads nothing of what she asked before.
    """
    facts = queries.facts_about(request.actor.person_id, timezone.now())
    ways = [way for way in BY_HAND if way in facts.needs.reachable]
    nobody, is_hers = why_nobody(facts), take_back_contact.allows(request.actor)
    form = AskForm(request.POST if request.method == "POST" and not nobody else None, ways=ways)
    if form.is_valid():
        asking.ask_for_contact(by=request.actor, way=Channel(form.cleaned_data["way"]))
        return redirect("my:ask" if is_hers else f"{reverse('my:ask')}?asked")
    context = {
        "form": form,
        "ways": ways,
        "nobody": nobody,
        "asked": queries.asked_for(facts.person_id) if is_hers else [],
        "tomorrow": timezone.now() + DAY,
        "is_asked": is_waiting(facts, timezone.now()) if is_hers else "asked" in request.GET,
        "only_told": not is_hers,
    }
    return render(request, "outreach/ask.html", context, status=422 if form.is_bound else 200)


@require_POST
@guarded_by(take_back_contact)
def ask_no_more(request: HttpRequest) -> HttpResponse:
    asking.take_back(by=request.actor)
    return redirect("my:ask")


@require_safe
@guarded_by(see_own_needs)
def sent(request: HttpRequest) -> HttpResponse:
    """What was sent, what was not, and why."""
    return render(request, "outreach/sent.html", {"lines": sendings_to(request.actor.person_id)})
