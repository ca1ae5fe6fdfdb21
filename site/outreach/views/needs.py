"""With the parent on the phone: staff write down what she wants, also of a parent who has no account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from audit.vocabulary import Look
from outreach import queries
from outreach.actions.looking import look
from outreach.actions.newcomers import add_newcomer
from outreach.actions.safe_contact import keep_card
from outreach.forms import SafeContactForm
from outreach.names import names_for
from outreach.newcomer_form import NewcomerForm
from outreach.policies import add_newcomer as may_add
from outreach.policies import open_person
from people.guard import guarded_by
from people.models import Person
from people.queries import has_account
from vault.ids import new_id

from .wish_parts import keep, parts_of, sent_part


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(open_person, load=queries.load_parent)
def needs(request: HttpRequest, one: Person) -> HttpResponse:
    """The same parts as on the parent's own page."""
    facts = queries.facts_about(one.pk, timezone.now())
    sent = sent_part(request, facts)
    if sent is not None and sent.is_valid():
        keep(sent, request)
        return redirect(f"{reverse('work:needs', args=[one.pk])}?kept={sent.place}#{sent.place}")
    look(person_ids=[one.pk], purpose=Look.WISH, by=request.actor, now=timezone.now())
    context = parts_of(request, facts, sent) | {
        "parent": one,
        "name": names_for(request.actor, [one.pk])[one.pk],
        "action": reverse("work:needs", args=[one.pk]),
        "in_app": has_account(one.pk),
    }
    return render(request, "outreach/needs.html", context, status=422 if sent else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(open_person, load=queries.load_parent)
def safe(request: HttpRequest, one: Person) -> HttpResponse:
    """The card written anew; what stood on it is shown nowhere but at the moment of calling."""
    form = SafeContactForm(request.POST if request.method == "POST" else None, card=None)
    if form.is_valid():
        if changes := form.filled():
            keep_card(person_id=one.pk, by=request.actor, **changes)
        return redirect(f"{reverse('work:needs', args=[one.pk])}?kept=card")
    return render(request, "outreach/safe.html", {"form": form, "parent": one}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(may_add)
def newcomer(request: HttpRequest) -> HttpResponse:
    form = NewcomerForm(request.POST if request.method == "POST" else None, initial={"key": new_id()})
    if form.is_valid():
        given = form.cleaned_data
        added = add_newcomer(name=given["name"], language=given["language"], key=given["key"], by=request.actor)
        return redirect("work:needs", added.pk)
    return render(request, "outreach/newcomer.html", {"form": form}, status=422 if form.is_bound else 200)
