"""The desk about one person and the family around: whom not to bring together, and who lives in one house."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from audit.vocabulary import Look
from groups import families, queries
from groups.actions import looking, looking_after
from groups.forms import ApartForm, OtherForm
from groups.models import Membership
from groups.policies import membership as rules
from groups.views.given import given
from people import keeping
from people.guard import guarded_by

load_membership = queries.membership_for


@guarded_by(rules.look_after, load=load_membership)
@require_http_methods(["GET", "HEAD", "POST"])
def apart(request: HttpRequest, one: Membership) -> HttpResponse:
    form = ApartForm(given(request), people=families.accompanied_beside(request.actor, one), prefix="mark")
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        looking_after.mark_apart(membership=one, other=form.chosen, because=because, by=request.actor)
        return redirect("work:apart", one.pk)
    return _apart(request, one, mark=form)


@guarded_by(rules.look_after, load=load_membership)
@require_POST
def lift(request: HttpRequest, one: Membership) -> HttpResponse:
    form = ApartForm(request.POST, people=families.accompanied_beside(request.actor, one), prefix="lift")
    if not form.is_valid():
        return _apart(request, one, lift=form)
    because = form.cleaned_data["because"]
    looking_after.lift_mark(membership=one, other=form.chosen, because=because, by=request.actor)
    return redirect("work:apart", one.pk)


def _apart(request: HttpRequest, one: Membership, mark=None, lift=None) -> HttpResponse:
    """Both lists hold only people whom this facilitator accompanies; the look is never shown to anyone looked at."""
    beside = families.accompanied_beside(request.actor, one)
    marks = families.kept_apart(one, beside)
    marked = {apart.mark.other_id for apart in marks}
    listed = {row.person_id for row in beside}
    looking.look_at_family(membership=one, person_ids=listed, purpose=Look.KEPT_APART, by=request.actor)
    typed = keeping.typed_before(request)
    free = [row for row in beside if row.person_id not in marked]
    context = {
        "membership": one,
        "marks": marks,
        "may_mark": bool(free),
        "mark": mark if mark and mark.is_bound else _apart_form("mark", free, typed),
        "lift": lift or _apart_form("lift", [apart.other for apart in marks], typed),
    }
    wrong = any(form and form.errors for form in (mark, lift))
    return render(request, "groups/work_apart.html", context, status=422 if wrong else 200)


def _apart_form(prefix: str, people: list, typed: dict[str, str]) -> ApartForm:
    return ApartForm(people=people, prefix=prefix, initial={"because": typed.get(f"{prefix}-because", "")})


@guarded_by(rules.look_after, load=load_membership)
@require_http_methods(["GET", "HEAD", "POST"])
def household(request: HttpRequest, one: Membership) -> HttpResponse:
    beside = families.accompanied_beside(request.actor, one)
    form = OtherForm(given(request), people=families.could_live_with(one, beside))
    if request.method == "POST" and form.is_valid():
        looking_after.put_in_one_household(membership=one, other=form.chosen, by=request.actor)
        return redirect("work:household", one.pk)
    home = families.home_of(one, beside)
    listed = {row.person_id for row in (*beside, *(home.members if home else ()))}
    looking.look_at_family(membership=one, person_ids=listed, purpose=Look.HOUSEHOLD, by=request.actor)
    context = {"membership": one, "home": home, "form": form}
    return render(request, "groups/work_household.html", context, status=422 if form.errors else 200)


@guarded_by(rules.look_after, load=load_membership)
@require_POST
def take_out(request: HttpRequest, one: Membership) -> HttpResponse:
    """Only the person whose page this is."""
    looking_after.take_out_of_household(membership=one, by=request.actor)
    return redirect("work:household", one.pk)
