"""The desk: groups made, named and closed by the coordinator; one group for those who accompany it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.vocabulary import Look
from groups import hearing, queries
from groups.actions import conversations, facilitation, looking
from groups.actions import groups as group_actions
from groups.forms import AnnounceForm, AppointForm, ConversationForm, GroupForm, HoursForm, ModeForm, RenameForm
from groups.models import Conversation, Facilitation, Group
from groups.policies import groups as rules
from groups.policies import messages as message_rules
from groups.views.given import given
from groups.vocabulary import MembershipStatus
from outreach.actions import staffed_hours
from people import keeping
from people.actor import Actor
from people.guard import guarded_by
from people.queries import all_new_ways_in_to_confirm
from vault.ids import new_id

load_group = queries.group_for


@guarded_by(rules.list_groups)
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    context = {
        "accompanied": queries.groups_accompanied(request.actor),
        "all": queries.all_groups(request.actor),
        "may_make": rules.make_group.allows(request.actor),
        "handed_out": all_new_ways_in_to_confirm(request.actor),
    }
    return render(request, "groups/work_groups.html", context)


# --- the coordinator --------------------------------------------------------------------------------


@guarded_by(rules.make_group)
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    form = GroupForm(given(request), initial={"key": new_id()})
    if request.method == "POST" and form.is_valid():
        filled = dict(form.cleaned_data)
        made = group_actions.make_group(form_key=filled.pop("key"), **filled, by=request.actor)
        return redirect("work:group_setup", made.pk)
    return _page(request, "work_make", form)


@guarded_by(rules.close_group, load=load_group)
@require_safe
def setup(request: HttpRequest, group: Group) -> HttpResponse:
    """Name, people and end of a group; nothing of what is said in it."""
    return _setup(request, group)


@guarded_by(rules.name_group, load=load_group)
@require_POST
def rename(request: HttpRequest, group: Group) -> HttpResponse:
    form = RenameForm(request.POST)
    if not form.is_valid():
        return _setup(request, group, rename=form)
    group_actions.name_group(group=group, name=form.cleaned_data["name"], by=request.actor)
    return redirect("work:group_setup", group.pk)


@guarded_by(rules.close_group, load=load_group)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, group: Group) -> HttpResponse:
    """What happens when a group closes, before the button."""
    if request.method == "POST":
        group_actions.close_group(group=group, by=request.actor)
        return redirect("work:groups")
    return render(request, "groups/work_close.html", {"group": group})


@guarded_by(rules.appoint_facilitator, load=load_group)
@require_POST
def appoint(request: HttpRequest, group: Group) -> HttpResponse:
    form = _appoint_form(group, request.actor, request.POST)
    if not form.is_valid():
        return _setup(request, group, appoint=form)
    facilitation.appoint_facilitator(group=group, person=form.chosen, by=request.actor)
    return redirect("work:group_setup", group.pk)


def _appoint_form(group: Group, by: Actor, data=None) -> AppointForm:
    is_full = len(queries.present_team(group)) >= group.professional_cap
    return AppointForm(data, people=queries.facilitators_to_appoint(group, by), is_full=is_full)


def _setup(
    request: HttpRequest, group: Group, *, rename: RenameForm | None = None, appoint: AppointForm | None = None
) -> HttpResponse:
    context = {
        "group": group,
        "team": queries.present_team(group),
        "rename": rename or RenameForm(initial={"name": group.name}),
        "appoint": appoint or _appoint_form(group, request.actor),
    }
    return render(request, "groups/work_setup.html", context, status=422 if rename or appoint else 200)


@guarded_by(rules.withdraw_facilitator, load=queries.facilitation_for)
@require_POST
def withdraw(request: HttpRequest, appointed: Facilitation) -> HttpResponse:
    facilitation.withdraw_facilitator(facilitation=appointed, by=request.actor)
    return redirect("work:group_setup", appointed.group_id)


# --- the facilitator --------------------------------------------------------------------------------


@guarded_by(rules.run_group, load=load_group)
@require_safe
def group(request: HttpRequest, group: Group) -> HttpResponse:
    waiting = queries.members_of(group, MembershipStatus.APPLIED)
    members = queries.members_of(group, MembershipStatus.ADMITTED)
    looking.look(
        group=group,
        person_ids=[one.person_id for one in (*waiting, *members)],
        purpose=Look.MEMBERS,
        by=request.actor,
    )
    invited_as = queries.used_for_names(group)
    context = {
        "group": group,
        "waiting": [(one, invited_as.get(one.person_id, "")) for one in waiting],
        "members": members,
        "invitations": queries.invitations_of(group),
        "conversations": queries.conversations_of(request.actor, group),
        "team": queries.present_team(group),
        "handed_out": queries.ways_in_to_confirm(request.actor, group, members),
    }
    return render(request, "groups/work_group.html", context)


@guarded_by(rules.set_mode, load=load_group)
@require_http_methods(["GET", "HEAD", "POST"])
def mode(request: HttpRequest, group: Group) -> HttpResponse:
    form = ModeForm(given(request), initial={"mode": group.mode})
    if request.method == "POST" and form.is_valid():
        group_actions.set_mode(group=group, mode=form.cleaned_data["mode"], by=request.actor)
        return redirect("work:group", group.pk)
    return _page(request, "work_mode", form, group=group)


@guarded_by(message_rules.announce, load=load_group)
@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: HttpRequest, group: Group) -> HttpResponse:
    form = AnnounceForm(given(request), initial={"key": new_id(), **keeping.typed_before(request)})
    if request.method == "POST" and form.is_valid():
        conversations.announce(
            group=group, text=form.cleaned_data["text"], key=form.cleaned_data["key"], by=request.actor
        )
        return redirect(f"{reverse('work:group_announce', args=[group.pk])}?sent")
    sent = "sent" in request.GET and not form.is_bound
    hears = hearing.who_heard(group) if sent else hearing.who_will_hear(request.actor, group)
    people = [found.person_id for part in hears for _, found in part.people]
    looking.look(group=group, person_ids=people, purpose=Look.WISH, by=request.actor)
    return _page(request, "work_announce", form, group=group, hears=hears, sent=sent)


@guarded_by(message_rules.start_conversation, load=load_group)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, group: Group) -> HttpResponse:
    form = ConversationForm(given(request), initial={"key": new_id(), **keeping.typed_before(request)})
    if request.method == "POST" and form.is_valid():
        filled = form.cleaned_data
        started = conversations.start_conversation(
            group=group, subject=filled["subject"], key=filled["key"], by=request.actor
        )
        return redirect("groups:conversation", started.pk)
    return _page(request, "work_start", form, group=group)


@guarded_by(message_rules.close_conversation, load=queries.conversation_for)
@require_POST
def close_conversation(request: HttpRequest, place: Conversation) -> HttpResponse:
    conversations.close_conversation(conversation=place, by=request.actor)
    return redirect("work:group", place.group_id)


@guarded_by(message_rules.close_conversation, load=queries.conversation_for)
@require_POST
def reopen_conversation(request: HttpRequest, place: Conversation) -> HttpResponse:
    conversations.reopen_conversation(conversation=place, by=request.actor)
    return redirect("work:group", place.group_id)


@guarded_by(rules.set_mode, load=load_group)
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest, group: Group) -> HttpResponse:
    form = HoursForm(given(request), initial=queries.hours_as_typed(group))
    if request.method == "POST" and form.is_valid():
        staffed_hours.set_hours(team_id=group.pk, hours=form.hours, by=request.actor)
        return redirect("work:group", group.pk)
    return _page(request, "work_hours", form, group=group)


def _page(request: HttpRequest, template: str, form, **context) -> HttpResponse:
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, f"groups/{template}.html", {"form": form, **context}, status=status)
