"""The desk of one group: who is at the door, who is in, and the invitations."""

import io

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.vocabulary import Look
from groups import queries, ways_in
from groups.actions import invitations, looking, looking_after, membership
from groups.forms import BecauseForm, InviteForm
from groups.models import Group, Invitation, Membership
from groups.policies import membership as rules
from groups.policies.relations import accompanies
from groups.views.given import given
from people import keeping
from people.actions import recovery
from people.guard import guarded_by
from people.models import NewWayIn
from people.policies.accounts import confirm_new_way_in
from people.queries import account_of, new_way_in_for
from vault.ids import new_id

load_membership = queries.membership_for
load_invitation = queries.invitation_for


@guarded_by(rules.admit, load=load_membership)
@require_POST
def admit(request: HttpRequest, waiting: Membership) -> HttpResponse:
    membership.admit(membership=waiting, by=request.actor)
    return redirect("work:group", waiting.group_id)


@guarded_by(rules.admit, load=load_membership)
@require_POST
def not_admit(request: HttpRequest, waiting: Membership) -> HttpResponse:
    membership.not_admit(membership=waiting, by=request.actor)
    return redirect("work:group", waiting.group_id)


@guarded_by(rules.end_membership, load=load_membership)
@require_safe
def member(request: HttpRequest, one: Membership) -> HttpResponse:
    """What the team can do for or about one member, without reading anything."""
    return _member(request, one, BecauseForm(initial=keeping.typed_before(request)))


@guarded_by(rules.end_membership, load=load_membership)
@require_POST
def end(request: HttpRequest, one: Membership) -> HttpResponse:
    form = BecauseForm(request.POST)
    if not form.is_valid():
        return _member(request, one, form)
    membership.end_membership(membership=one, by=request.actor, because=form.cleaned_data["because"])
    return redirect("work:group", one.group_id)


@guarded_by(rules.help_sign_in, load=load_membership)
@require_POST
def end_sessions(request: HttpRequest, one: Membership) -> HttpResponse:
    membership.end_member_sessions(membership=one, by=request.actor)
    return redirect("work:member", one.pk)


@guarded_by(rules.help_sign_in, load=load_membership)
@require_POST
def new_way_in(request: HttpRequest, one: Membership) -> HttpResponse:
    """The paper with the one-time code, as the answer to the button: it is shown this once and kept nowhere."""
    code = membership.hand_out_new_way_in(membership=one, by=request.actor)
    return render(request, "groups/work_way_in.html", {"membership": one, "code": code})


@guarded_by(confirm_new_way_in, load=new_way_in_for)
@require_POST
def confirm_way_in(request: HttpRequest, way: NewWayIn) -> HttpResponse:
    """A second member of staff says that it is in order: what was held opens at once."""
    recovery.confirm_new_way_in(way=way, by=request.actor)
    if accompanies(request.actor, way.open_group_id):
        return redirect("work:group", way.open_group_id)
    return redirect("work:today")


@guarded_by(rules.look_after, load=load_membership)
@require_POST
def freeze(request: HttpRequest, one: Membership) -> HttpResponse:
    looking_after.freeze_account(membership=one, by=request.actor)
    return redirect("work:member", one.pk)


@guarded_by(rules.look_after, load=load_membership)
@require_POST
def unfreeze(request: HttpRequest, one: Membership) -> HttpResponse:
    looking_after.unfreeze_account(membership=one, by=request.actor)
    return redirect("work:member", one.pk)


def _member(request: HttpRequest, one: Membership, form: BecauseForm) -> HttpResponse:
    looking.look(group=one.group, person_ids=[one.person_id], purpose=Look.MEMBERS, by=request.actor)
    context = {
        "membership": one,
        "group": one.group,
        "form": form,
        "account": account_of(one.person_id),
        "may_look_after": rules.look_after.allows(request.actor, one),
    }
    return render(request, "groups/work_member.html", context, status=422 if form.errors else 200)


# --- invitations ------------------------------------------------------------------------------------


@guarded_by(rules.issue_invitation, load=queries.group_for)
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, group: Group) -> HttpResponse:
    form = InviteForm(given(request), initial={"language": group.language, "key": new_id()})
    if request.method == "POST" and form.is_valid():
        issued = invitations.issue_invitation(group=group, by=request.actor, **form.cleaned_data)
        return redirect("work:card", issued.invitation.pk)
    status = 422 if form.errors else 200
    return render(request, "groups/work_invite.html", {"group": group, "form": form}, status=status)


@guarded_by(rules.revoke_invitation, load=load_invitation)
@require_POST
def revoke(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    invitations.revoke_invitation(invitation=invitation, by=request.actor)
    return redirect("work:group", invitation.group_id)


@guarded_by(rules.show_card, load=load_invitation)
@require_safe
def card(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """The card on paper, in the language of who it is for; it names no group and no service."""
    context = {
        "invitation": invitation,
        "link": _link(invitation),
        "code": ways_in.code_in_fives(ways_in.code_of(invitation.pk)),
        "typed_at": settings.BASE_URL + _in_language(invitation, "invitation"),
    }
    return render(request, "groups/work_card.html", context)


@guarded_by(rules.show_card, load=load_invitation)
@require_safe
def card_picture(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """The square to scan, as a file of its own: no picture stands in a page as data."""
    drawn = io.BytesIO()
    segno.make(_link(invitation), error="m", micro=False).save(drawn, kind="svg", scale=6, border=4)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


def _link(invitation: Invitation) -> str:
    return settings.BASE_URL + _in_language(invitation, "invitation_link", ways_in.link_of(invitation.pk))


def _in_language(invitation: Invitation, name: str, *parts: str) -> str:
    with translation.override(invitation.language):
        return reverse(name, args=parts)
