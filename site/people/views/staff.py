"""Staff: who they are, inviting, roles, organisations. For the coordinator and the technical administrator."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from people import keeping, left_behind
from people.actions import accounts, organisations
from people.actions import staff as actions
from people.forms import BecauseForm, InviteForm, OrganisationForm, RoleForm
from people.guard import guarded_by
from people.policies import accounts as account_policies
from people.policies import staff as policies
from people.policy import Refused
from people.queries import organisations as all_organisations
from people.queries import staff as all_staff
from people.queries import staff_member as member_by_id


def invite_form(request, data=None) -> InviteForm:
    return InviteForm(
        data,
        roles=policies.grantable_by(request.actor),
        organisations=all_organisations(),
        initial={"language": request.LANGUAGE_CODE},
    )


@require_http_methods(["GET"])
@guarded_by(policies.see_staff)
def staff_list(request) -> HttpResponse:
    facts = {
        "members": all_staff(),
        "form": invite_form(request),
        "organisations": all_organisations(),
        "organisation_form": OrganisationForm(),
        "left_behind": left_behind.now(request.actor),
        "may_change_organisations": policies.change_organisations.allows(request.actor),
    }
    return render(request, "people/staff.html", facts)


@sensitive_variables("link")
@require_POST
@guarded_by(policies.invite_staff)
def invite(request) -> HttpResponse:
    """The link is part of this answer and is never shown again; a colleague who came in before needs none."""
    form = invite_form(request, request.POST)
    if form.is_valid():
        try:
            link = actions.invite_staff(by=request.actor, **form.cleaned_data)
            return render(request, "people/invited.html", {"link": link, "minutes": actions.LINK_MINUTES})
        except Refused as refusal:
            form.add_error("email", refusal.sentence)
    return render(request, "people/invite.html", {"form": form}, status=422)


@require_POST
@guarded_by(policies.change_organisations)
def keep_organisation(request) -> HttpResponse:
    form = OrganisationForm(request.POST)
    if form.is_valid():
        organisations.keep_organisation(by=request.actor, **form.cleaned_data)
        return HttpResponseRedirect(reverse("work:staff"))
    return render(request, "people/organisation.html", {"form": form}, status=422)


def member_page(request, person, form=None, status: int = 200) -> HttpResponse:
    facts = {
        "member": person,
        "left_behind": left_behind.now(request.actor),
        "would_leave": left_behind.without(request.actor, person.pk),
        "held": policies.held_by(person),
        "form": form or BecauseForm(initial=keeping.typed_before(request)),
        "may_withdraw": [
            r for r in policies.held_by(person) if policies.withdraw_role.allows(request.actor, person, r)
        ],
        "may_grant": [
            role
            for role in policies.grantable_by(request.actor)
            if role not in policies.held_by(person) and policies.grant_role.allows(request.actor, person, role)
        ],
        "may_reset": policies.reset_second_factor.allows(request.actor, person.account),
        "may_shut": account_policies.freeze.allows(request.actor, person.account),
        "may_open": account_policies.unfreeze.allows(request.actor, person.account),
    }
    return render(request, "people/staff_member.html", facts, status=status)


@require_http_methods(["GET"])
@guarded_by(policies.see_staff)
def staff_member(request, person_id) -> HttpResponse:
    return member_page(request, member_by_id(person_id))


@require_POST
@guarded_by(policies.see_staff)
def grant_role(request, person_id) -> HttpResponse:
    form = RoleForm(request.POST)
    if form.is_valid():
        actions.grant_role(person=member_by_id(person_id), role=form.cleaned_data["role"], by=request.actor)
    return HttpResponseRedirect(reverse("work:staff_member", args=[person_id]))


@require_POST
@guarded_by(policies.see_staff)
def withdraw_role(request, person_id) -> HttpResponse:
    form = RoleForm(request.POST)
    if form.is_valid():
        leaves = left_behind.without(request.actor, person_id)
        actions.withdraw_role(person=member_by_id(person_id), role=form.cleaned_data["role"], by=request.actor)
        waiting = left_behind.now(request.actor) if leaves else []
        if waiting:
            return HttpResponseRedirect(waiting[0].address)
    return HttpResponseRedirect(reverse("work:staff_member", args=[person_id]))


@require_POST
@guarded_by(policies.see_staff)
def reset_second_factor(request, person_id) -> HttpResponse:
    """A lost phone: the next sign-in sets up a new code. Written down with the reason."""
    person, form = member_by_id(person_id), BecauseForm(request.POST)
    if not form.is_valid():
        return member_page(request, person, form=form, status=422)
    actions.reset_second_factor(account=person.account, by=request.actor, because=form.cleaned_data["because"])
    return HttpResponseRedirect(reverse("work:staff_member", args=[person_id]))


@require_POST
@guarded_by(policies.see_staff)
def freeze(request, person_id) -> HttpResponse:
    """Shuts the account at once."""
    accounts.freeze(account=member_by_id(person_id).account, by=request.actor)
    return HttpResponseRedirect(reverse("work:staff_member", args=[person_id]))


@require_POST
@guarded_by(policies.see_staff)
def unfreeze(request, person_id) -> HttpResponse:
    """An address of its own: shutting twice, also from a page that is old, must never open."""
    accounts.unfreeze(account=member_by_id(person_id).account, by=request.actor)
    return HttpResponseRedirect(reverse("work:staff_member", args=[person_id]))
