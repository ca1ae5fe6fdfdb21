"""Acute danger: one asks, another confirms, one message goes; and what the parent reads of it afterwards."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.vocabulary import Look
from outreach import override_policies as rules
from outreach import override_queries as queries
from outreach.actions import override as actions
from outreach.actions.card import OpenCard, open_card_past_wish
from outreach.actions.looking import look
from outreach.fears import fear_of
from outreach.models import Override
from outreach.models.override import Danger
from outreach.override_form import DangerForm
from outreach.planner import Withhold
from people import keeping
from people.guard import guarded_by
from people.queries import name_of_staff


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(rules.ask_override, load=queries.parent_for)
def danger(request: HttpRequest, parent_id: str) -> HttpResponse:
    form = DangerForm(request.POST if request.method == "POST" else None, initial=keeping.typed_before(request))
    if form.is_valid():
        asked = actions.ask_override(
            person_id=parent_id,
            danger=Danger(form.cleaned_data["danger"]),
            because=form.cleaned_data["because"],
            by=request.actor,
        )
        return redirect("work:override", asked.pk)
    look(person_ids=[parent_id], purpose=Look.WISH, by=request.actor)
    context = {
        "form": form,
        "name": queries.name_for(request.actor, parent_id),
        "present": queries.open_for(parent_id, timezone.now()),
        "has_second": bool(queries.who_may_confirm(parent_id, but=request.actor.person_id)),
    }
    return render(request, "outreach/danger.html", context, status=422 if form.is_bound else 200)


@require_safe
@guarded_by(rules.follow_overrides)
def news(request: HttpRequest) -> HttpResponse:
    """For pages without a socket: what waits for this colleague now."""
    lines = queries.lines_of(request.actor, timezone.now())
    answer = render(request, "outreach/_asked_lines.html", {"lines": lines})
    answer["X-Seq"] = str(max((one.sequence for one in lines), default=0))
    return answer


@require_safe
@guarded_by(rules.see_override, load=queries.override_for)
def one_override(request: HttpRequest, override: Override) -> HttpResponse:
    return _shown(request, override)


def _shown(
    request: HttpRequest, override: Override, *, unreachable: bool = False, opened: OpenCard | None = None
) -> HttpResponse:
    now = timezone.now()
    look(person_ids=[override.person_id], purpose=Look.WISH, by=request.actor, now=now)
    context = {
        "override": override,
        "name": queries.name_for(request.actor, override.person_id),
        "asked_by": name_of_staff(override.asked_by_id),
        "confirmed_by": name_of_staff(override.confirmed_by_id),
        "is_over": override.used_at is None and queries.is_over(override, now),
        "may_confirm": rules.confirm_override.allows(request.actor, override),
        "may_use": rules.use_override.allows(request.actor, override),
        "unreachable": unreachable,
        "by_hand": queries.by_hand(override) if override.used_at else None,
        "is_too_late": queries.is_over(override, now),
        "may_call": rules.call_past_wish.allows(request.actor, override) and not queries.is_over(override, now),
        "opened": opened,
        "opened_at": now,
    }
    return render(request, "outreach/override.html", context, status=409 if unreachable else 200)


@require_POST
@guarded_by(rules.confirm_override, load=queries.override_for)
def confirm(request: HttpRequest, override: Override) -> HttpResponse:
    actions.confirm_override(override=override, by=request.actor)
    return redirect("work:override", override.pk)


@require_POST
@guarded_by(rules.use_override, load=queries.override_for)
def use(request: HttpRequest, override: Override) -> HttpResponse:
    plan = actions.use_override(override=override, by=request.actor)
    if isinstance(plan.outward, Withhold):
        return _shown(request, override, unreachable=True)
    return redirect("work:override", override.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(rules.call_past_wish, load=queries.override_for)
def card(request: HttpRequest, override: Override) -> HttpResponse:
    """The card is shown once, as the answer to a tap, to who has to call now."""
    if request.method != "POST":
        return redirect("work:override", override.pk)
    return _shown(request, override, opened=open_card_past_wish(override=override, by=request.actor))


@require_safe
@guarded_by(rules.read_override, load=queries.override_for)
def urgent(request: HttpRequest, override: Override) -> HttpResponse:
    """Who decided, when and why, in plain words for the parent."""
    context = {
        "override": override,
        "fear": fear_of(override),
        "asked_by": name_of_staff(override.asked_by_id),
        "confirmed_by": name_of_staff(override.confirmed_by_id),
    }
    return render(request, "outreach/urgent.html", context)
