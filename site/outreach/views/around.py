"""Who is around a parent: her own page, on which she decides, and the page on which staff ask her."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.vocabulary import Look
from outreach import queries
from outreach.actions import around as acts
from outreach.actions.asking import ask_for_contact
from outreach.actions.leave import stand_in as name_her_stand_in
from outreach.actions.looking import look
from outreach.actions.notices import mark_seen
from outreach.alone_with import known_only_by
from outreach.around_me import around_for_staff, around_me
from outreach.departures import who_stopped
from outreach.desk_forms import AddAroundForm, StandInForm
from outreach.matching import two_for
from outreach.matching_forms import AskedForm, ContactPersonForm
from outreach.models import Around, Leave
from outreach.names import names_for
from outreach.policies import (
    answer_around,
    ask_who_has_no_account,
    change_around,
    hand_over,
    name_stand_in,
    see_own_needs,
    write_her_no,
)
from outreach.stand_ins import is_there_after_all, next_absence
from outreach.unanswered import is_waiting, why_nobody
from people.guard import guarded_by
from people.models import Person
from people.queries import has_account, name_of_staff


@require_safe
@guarded_by(see_own_needs)
def mine(request: HttpRequest) -> HttpResponse:
    me, now = request.actor.person_id, timezone.now()
    absence = next_absence(me, now)
    around, facts = around_me(me), queries.facts_about(me, now)
    context = {
        "around": around,
        "nobody": why_nobody(facts),
        "stopped": "" if around.contact_person else who_stopped(me),
        "absence": absence,
        "there_after_all": absence is None and is_there_after_all(me, now),
        "stand_in": StandInForm(absence=absence),
        "is_asked": is_waiting(facts, now),
        "asked_now": "asked" in request.GET,
    }
    return render(request, "outreach/around.html", context)


@require_POST
@guarded_by(see_own_needs)
def ask(request: HttpRequest) -> HttpResponse:
    if why_nobody(queries.facts_about(request.actor.person_id, timezone.now())):
        return redirect("my:ask")  # there it is said, with what she can do
    ask_for_contact(by=request.actor)
    return redirect(f"{reverse('my:around')}?asked")


@require_POST
@guarded_by(answer_around, load=queries.load_around)
def yes(request: HttpRequest, one: Around) -> HttpResponse:
    acts.agree(around=one, by=request.actor)
    _seen(one)
    return redirect("my:around")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(answer_around, load=queries.load_around)
def leave(request: HttpRequest, one: Around) -> HttpResponse:
    """Says first what will happen; one more tap does it."""
    if request.method == "POST":
        acts.let_go(around=one, by=request.actor)
        _seen(one)
        return redirect("my:around")
    return render(request, "outreach/around_leave.html", {"around": one, "name": name_of_staff(one.staff_id)})


def _seen(one: Around) -> None:
    mark_seen(person_id=one.person_id, subject=acts.SUBJECT, subject_id=one.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(see_own_needs)
def choose(request: HttpRequest) -> HttpResponse:
    """Another contact person, without a word of why: two that fit, with the reasons. What she would rather have travels
    in the form, is weighed and is written nowhere; until she chose one of the two, nothing changes."""
    asked = AskedForm(request.POST)
    two = two_for(request.actor.person_id, asked.asked())
    form = ContactPersonForm(request.POST if "choice" in request.POST else None, two=two)
    if form.is_valid():
        acts.choose_contact_person(staff_id=form.cleaned_data["staff"], by=request.actor)
        return redirect("my:around")
    context = {
        "form": form,
        "two": two,
        "asked": asked,
        "has_asked": any(vars(asked.asked()).values()),
        "has_one_now": around_me(request.actor.person_id).contact_person is not None,
    }
    return render(request, "outreach/around_choose.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(change_around, load=queries.load_parent)
def of_parent(request: HttpRequest, person: Person) -> HttpResponse:
    """Who stands there already, what one more would mean, and the question to the parent."""
    now = timezone.now()
    look(person_ids=[person.pk], purpose=Look.AROUND, by=request.actor, now=now)
    shown = around_for_staff(person.pk, now)
    reads_here = has_account(person.pk)
    form = AddAroundForm(request.POST if request.method == "POST" else None, shown=shown, reads_here=reads_here)
    if form.is_valid():
        given = form.cleaned_data
        acts.propose(person=person, staff_id=given.pop("staff"), by=request.actor, now=now, **given)
        return redirect("work:outreach_around", person.pk)
    context = {
        "parent": person,
        "name": names_for(request.actor, [person.pk])[person.pk],
        "around": shown,
        "form": form,
        "reads_here": reads_here,
    }
    return render(request, "outreach/around_of_parent.html", context, status=422 if form.errors else 200)


@require_POST
@guarded_by(ask_who_has_no_account, load=queries.load_around)
def said_yes(request: HttpRequest, one: Around) -> HttpResponse:
    """What a parent without an account answered on the phone to who took over."""
    acts.write_yes(around=one, by=request.actor)
    return redirect(f"{reverse('work:outreach_person', args=[one.person_id])}?kept")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(write_her_no, load=queries.load_around)
def said_no(request: HttpRequest, one: Around) -> HttpResponse:
    """Says first what will happen; one more tap does it."""
    if request.method == "POST":
        acts.write_no(around=one, by=request.actor)
        is_mine = one.staff_id == request.actor.person_id
        return redirect("work:outreach") if is_mine else redirect("work:outreach_around", one.person_id)
    look(person_ids=[one.person_id], purpose=Look.AROUND, by=request.actor)
    context = {
        "around": one,
        "name": names_for(request.actor, [one.person_id])[one.person_id],
        "colleague": name_of_staff(one.staff_id),
        "is_me": one.staff_id == request.actor.person_id,
        "is_last": one.person_id in known_only_by(one.staff_id),
    }
    return render(request, "outreach/around_no.html", context)


@require_POST
@guarded_by(name_stand_in, load=queries.load_leave)
def stand_in(request: HttpRequest, leave: Leave) -> HttpResponse:
    absence = next_absence(request.actor.person_id, timezone.now())
    form = StandInForm(request.POST, absence=absence)
    if form.is_valid():
        name_her_stand_in(leave=leave, staff_id=form.cleaned_data["staff"], by=request.actor)
    return redirect("my:around")


@require_POST
@guarded_by(hand_over, load=queries.load_parent)
def limit(request: HttpRequest, person: Person) -> HttpResponse:
    acts.say_limit(person=person, by=request.actor)
    return redirect("work:outreach_person", person.pk)
