"""Rounds on the desk: start one, look at what is proposed, confirm it in one go, say how it went, close it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from outreach import circles
from outreach import round_policies as rules
from outreach import round_queries as queries
from outreach.actions import rounds as actions
from outreach.models import Round, RoundLine
from outreach.models.contact_moment import MomentOutcome
from outreach.models.occasion import OccasionKind
from outreach.round_forms import CloseRoundForm, HandOverForm, LineForm, OutcomeForm, RoundForm
from people import keeping
from people.guard import guarded_by
from vault.ids import new_id

FAMILIES_A_PAGE = 100
# The three that stand open beside each person; the others are folded.
USUAL = (MomentOutcome.SPOKE, MomentOutcome.NO_ANSWER, MomentOutcome.DID_NOT_WANT)


@require_safe
@guarded_by(rules.list_rounds)
def rounds(request: HttpRequest) -> HttpResponse:
    return render(request, "outreach/rounds.html", {"rounds": queries.rounds_for(request.actor)})


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(rules.start_round)
def start(request: HttpRequest) -> HttpResponse:
    mine = circles.circles_of(request.actor)
    data = request.POST if request.method == "POST" else None
    form = RoundForm(data, circles=mine, initial={"day": timezone.localdate(), "key": new_id()})
    if not form.is_valid():
        context = {"form": form, "has_people": bool(rules.accompanied_by(request.actor))}
        return render(request, "outreach/round_start.html", context, status=422 if form.is_bound else 200)
    given = form.cleaned_data
    made = actions.start_round(
        kind=OccasionKind(given["kind"]),
        day=given["day"],
        title=given["title"],
        circle_ids=given.get("circles") or None,
        key=given["key"],
        by=request.actor,
    )
    return redirect("work:round", made.pk)


@require_safe
@guarded_by(rules.see_round, load=queries.round_for)
def one_round(request: HttpRequest, one: Round) -> HttpResponse:
    """What is proposed, or once it is confirmed where it stands."""
    actor = request.actor
    lines = queries.progress(actor, one) if one.confirmed_at else queries.proposed(actor, one)
    actions.look_at(person_ids=[line.person_id for line in lines], by=actor)
    families = queries.families(lines)
    page = _page(request, len(families))
    context = {
        "round": one,
        "families": families[page * FAMILIES_A_PAGE : (page + 1) * FAMILIES_A_PAGE],
        "more": page + 1 if len(families) > (page + 1) * FAMILIES_A_PAGE else None,
        "earlier": page,
        "count": len(lines),
        "counts": queries.counts(lines),
        "peace": sum(line.channel is None for line in lines),
        "may_run": rules.run_round.allows(actor, one),
        "may_hand_over": rules.hand_over.allows(actor, one),
        "usual": [(one.value, one.label) for one in USUAL],
        "rare": [(one.value, one.label) for one in MomentOutcome if one not in USUAL],
    }
    return render(request, f"outreach/round_{'progress' if one.confirmed_at else 'proposal'}.html", context)


def _page(request: HttpRequest, count: int) -> int:
    wanted = request.GET.get("page", "")
    page = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else 0
    return page if page * FAMILIES_A_PAGE < count else 0


@require_POST
@guarded_by(rules.run_round, load=queries.round_for)
def confirm(request: HttpRequest, one: Round) -> HttpResponse:
    actions.confirm_round(one=one, by=request.actor)
    return redirect("work:round", one.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(rules.change_line, load=queries.line_for)
def line(request: HttpRequest, one: RoundLine) -> HttpResponse:
    """Another lead or way for one person. What the wish does not allow stands there with its reason."""
    choice = queries.choice_for(request.actor, one)
    initial = {"lead": choice.lead, "way": one.way}
    data = request.POST if request.method == "POST" else None
    form = LineForm(data, leads=choice.leads, ways=choice.ways, initial=initial)
    refused = ""
    if form.is_valid():
        refused = queries.why_not(one, form.cleaned_data["lead"], form.chosen_way)
        if not refused:
            actions.change_line(line=one, lead_id=form.cleaned_data["lead"], way=form.chosen_way, by=request.actor)
            return redirect(f"{reverse('work:round', args=[one.round_id])}#{one.pk}")
        form.add_error("lead", refused)
    actions.look_at(person_ids=[one.person_id], by=request.actor)
    context = {"form": form, "line": one, "choice": choice}
    return render(request, "outreach/round_line.html", context, status=422 if form.is_bound else 200)


@require_POST
@guarded_by(rules.mark_line, load=queries.line_for)
def outcome(request: HttpRequest, one: RoundLine) -> HttpResponse:
    form = OutcomeForm(request.POST)
    if form.is_valid():
        actions.mark_outcome(line=one, outcome=MomentOutcome(form.cleaned_data["outcome"]), by=request.actor)
    page = request.POST.get("page", "")
    query = f"?page={int(page)}" if page.isascii() and page.isdigit() and len(page) < 5 else ""
    return redirect(f"{reverse('work:round', args=[one.round_id])}{query}#{one.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(rules.hand_over, load=queries.round_for)
def hand_over(request: HttpRequest, one: Round) -> HttpResponse:
    leads, colleagues = queries.parts_of(request.actor, one)
    data = request.POST if request.method == "POST" else None
    form = HandOverForm(data, leads=leads, colleagues=colleagues, initial={"lead": request.actor.person_id})
    if not form.is_valid():
        context = {"form": form, "round": one, "has_parts": bool(leads and colleagues)}
        return render(request, "outreach/round_hand_over.html", context, status=422 if form.is_bound else 200)
    given = form.cleaned_data
    went = actions.hand_over(one=one, from_id=given["lead"], to_id=given["to"], by=request.actor)
    return redirect(f"{reverse('work:round', args=[one.pk])}?went={went}")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(rules.run_round, load=queries.round_for)
def close(request: HttpRequest, one: Round) -> HttpResponse:
    form = CloseRoundForm(request.POST if request.method == "POST" else None, initial=keeping.typed_before(request))
    if not form.is_valid():
        context = {"form": form, "round": one}
        return render(request, "outreach/round_close.html", context, status=422 if form.is_bound else 200)
    actions.close_round(one=one, note=form.cleaned_data["note"], by=request.actor)
    return redirect("work:rounds")
