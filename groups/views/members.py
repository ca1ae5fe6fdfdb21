"""The pages of a group: the group itself, house rules, the name there, and the way out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from audit.vocabulary import Look
from groups import queries
from groups.actions import looking, membership
from groups.forms import NameForm, RulesForm
from groups.models import Group
from groups.policies import groups as group_rules
from groups.policies import membership as membership_rules
from groups.views.given import given
from people.guard import guarded_by

load_group = queries.group_for


@guarded_by(group_rules.read_group, load=load_group)
@require_safe
def group(request: HttpRequest, group: Group) -> HttpResponse:
    announcements = queries.announcements_of(request.actor, group)
    looking.look(
        group=group,
        person_ids=[one.author_id for one in announcements],
        purpose=Look.CONVERSATION,
        by=request.actor,
    )
    context = {
        "group": group,
        "announcements": announcements,
        "conversations": queries.conversations_of(request.actor, group),
        "membership": queries.own_membership(request.actor, group),
    }
    return render(request, "groups/group.html", context)


@guarded_by(group_rules.read_group, load=load_group)
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, group: Group) -> HttpResponse:
    """The house rules; a parent accepts them once, before the first message."""
    form = RulesForm(given(request))
    own = queries.own_membership(request.actor, group)
    if request.method == "POST" and form.is_valid():
        membership.accept_house_rules(group=group, by=request.actor)
        return redirect("groups:group", group.pk)
    return _page(request, "rules", form, group=group, membership=own)


@guarded_by(membership_rules.choose_pseudonym, load=load_group)
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, group: Group) -> HttpResponse:
    own = queries.own_membership(request.actor, group)
    form = NameForm(given(request), initial={"pseudonym": own.pseudonym})
    if request.method == "POST" and form.is_valid():
        membership.choose_pseudonym(group=group, name=form.cleaned_data["pseudonym"], by=request.actor)
        return redirect("groups:group", group.pk)
    return _page(request, "name", form, group=group, membership=own)


@guarded_by(membership_rules.leave_group, load=load_group)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, group: Group) -> HttpResponse:
    """What happens when one goes, before the button."""
    if request.method == "POST":
        membership.leave_group(group=group, by=request.actor)
        return redirect("my:groups")
    own = queries.own_membership(request.actor, group)
    return render(request, "groups/leave.html", {"group": group, "membership": own})


def _page(request: HttpRequest, template: str, form, **context) -> HttpResponse:
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, f"groups/{template}.html", {"form": form, **context}, status=status)
