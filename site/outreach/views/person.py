"""One parent, for who accompanies her: what she wants first, then what may be done now, then what was."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from audit.vocabulary import Look
from outreach import queries
from outreach.actions.card import OpenCard
from outreach.actions.card import open_card as open_the_card
from outreach.actions.looking import look
from outreach.actions.moments import correct as put_right
from outreach.actions.moments import write_down
from outreach.channels import letter as letters
from outreach.desk_forms import CorrectionForm, MomentForm
from outreach.models import ContactMoment
from outreach.names import names_for
from outreach.policies import correct_moment, open_person, see_own_needs, write_moment
from outreach.seen_by_staff import person_as_seen
from outreach.sendings import sendings_in_sight
from outreach.vocabulary import Channel
from people import keeping
from people.guard import guarded_by
from people.models import Person
from vault.ids import new_id


def _page(request: HttpRequest, one: Person, *, form: MomentForm | None = None, opened: OpenCard | None = None):
    now = timezone.now()
    seen = person_as_seen(request.actor, one.pk, now)
    for purpose in (Look.WISH, Look.MOMENTS) if seen.moments else (Look.WISH,):
        look(person_ids=[one.pk], purpose=purpose, by=request.actor, now=now)
    context = {
        "parent": one,
        "seen": seen,
        "form": form or MomentForm(initial={"key": new_id(), **keeping.typed_before(request)}),
        "opened": opened,
        "opened_at": now,
        "kept": "kept" in request.GET,
    }
    return render(request, "outreach/person.html", context, status=422 if form else 200)


@require_safe
@guarded_by(open_person, load=queries.load_parent)
def person(request: HttpRequest, one: Person) -> HttpResponse:
    return _page(request, one)


@require_safe
@guarded_by(open_person, load=queries.load_parent)
def sent(request: HttpRequest, one: Person) -> HttpResponse:
    """What was sent to her, what was not, what did not get through, and why."""
    look(person_ids=[one.pk], purpose=Look.SENDINGS, by=request.actor)
    context = {
        "parent": one,
        "name": names_for(request.actor, [one.pk])[one.pk],
        "lines": sendings_in_sight(request.actor, one.pk),
    }
    return render(request, "outreach/sent_to_parent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(open_person, load=queries.load_parent)
def card(request: HttpRequest, one: Person) -> HttpResponse:
    """The card is shown once, as the answer to a tap; who comes here otherwise finds it shut."""
    if request.method != "POST":
        return redirect("work:outreach_person", one.pk)
    return _page(request, one, opened=open_the_card(person=one, by=request.actor))


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(open_person, load=queries.load_parent)
def letter(request: HttpRequest, one: Person) -> HttpResponse:
    """The letter to print, while the wish allows one; its sender is as the card says."""
    if request.method != "POST":
        return redirect("work:outreach_person", one.pk)
    opened = open_the_card(person=one, by=request.actor, way=Channel("letter"))
    context = {
        "letter": letters.compose(language=one.language, sender=opened.card.say_from),
        "back": reverse("work:outreach_person", args=[one.pk]),
    }
    return render(request, "outreach/letter.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(write_moment, load=queries.load_parent)
def moment(request: HttpRequest, one: Person) -> HttpResponse:
    if request.method != "POST":
        return redirect("work:outreach_person", one.pk)
    form = MomentForm(request.POST)
    if not form.is_valid():
        return _page(request, one, form=form)
    write_down(person=one, key=form.cleaned_data["key"], by=request.actor, **form.moment())
    return redirect(f"{reverse('work:outreach_person', args=[one.pk])}?kept")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(correct_moment, load=queries.load_moment)
def correct(request: HttpRequest, moment: ContactMoment) -> HttpResponse:
    """What stands there, to put right by who wrote it."""
    look(person_ids=[moment.person_id], purpose=Look.MOMENTS, by=request.actor)
    given = request.POST if request.method == "POST" else None
    form = CorrectionForm(given, moment=moment, initial=keeping.typed_before(request))
    if form.is_valid():
        put_right(moment=moment, by=request.actor, **form.moment())
        return redirect(f"{reverse('work:outreach_person', args=[moment.person_id])}?kept")
    context = {
        "moment": moment,
        "name": names_for(request.actor, [moment.person_id])[moment.person_id],
        "form": form,
    }
    return render(request, "outreach/moment_correct.html", context, status=422 if form.is_bound else 200)


@require_safe
@guarded_by(see_own_needs)
def my_moments(request: HttpRequest) -> HttpResponse:
    """What the team wrote down of contacts with this parent, for herself to read."""
    context = {"moments": queries.moments_with(request.actor, request.actor.person_id)}
    return render(request, "outreach/my_moments.html", context)
