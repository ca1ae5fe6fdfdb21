"""A conversation: read, follow, write, take back, tell the team. Works without a script; with one, same partials."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.vocabulary import Look
from groups import live, queries, wording
from groups.actions import drafts, looking, messages
from groups.forms import AgainForm, DraftForm, MessageForm, TellForm
from groups.gone import gone_between
from groups.models import Conversation, Message
from groups.policies import messages as rules
from groups.views.given import given
from groups.vocabulary import Mode
from moderation.actions import reports
from people import keeping
from people.guard import guarded_by
from people.vocabulary import Role
from vault.ids import new_id

load_conversation = queries.conversation_for
load_message = queries.message_for


@guarded_by(rules.read_conversation, load=queries.conversation_to_read)
@require_safe
def conversation(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    return _page(request, conversation, before=_number(request, "before"))


@guarded_by(rules.read_conversation, load=queries.conversation_to_read)
@require_safe
def later(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    """What came after a place, and what is gone of the lines from `first` on, for pages without a socket.

    Only the lines, and the last place in a header.
    """
    after, first = _number(request, "after") or 0, _number(request, "first")
    circle = queries.circle_for(request.actor, conversation.group_id)
    page = queries.page_of_messages(conversation, request.actor, after=after, circle=circle)
    gone = gone_between(conversation, request.actor, first, after, circle) if first else []
    _look(request, conversation, page)
    shown = {"lines": [*gone, *(queries.shown(one, circle, request.actor) for one in page.messages)]}
    response = render(request, "groups/_messages.html", shown)
    response["X-Seq"] = str(page.last)
    return response


@guarded_by(rules.read_conversation, load=load_conversation)
@require_POST
def send(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    form = MessageForm(request.POST)
    if not form.is_valid():
        drafts.save_draft(conversation=conversation, text=request.POST.get("text", ""), by=request.actor)
        return _page(request, conversation, form=form)
    message = messages.post_message(
        conversation=conversation,
        text=form.cleaned_data["text"],
        key=form.cleaned_data["key"],
        by=request.actor,
        language=request.LANGUAGE_CODE,
        read_first=form.cleaned_data["read_first"],
    )
    if "X-Requested-With" in request.headers:
        return _line(request, conversation, message)
    return HttpResponseRedirect(_address(conversation), status=303)


@guarded_by(rules.keep_draft, load=load_conversation)
@require_POST
def draft(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    form = DraftForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    drafts.save_draft(
        conversation=conversation, text=form.cleaned_data["text"], key=form.cleaned_data["key"], by=request.actor
    )
    return HttpResponse(status=204)


@guarded_by(rules.withdraw_message, load=load_message)
@require_POST
def withdraw(request: HttpRequest, message: Message) -> HttpResponse:
    messages.withdraw_message(message=message, by=request.actor)
    return HttpResponseRedirect(_address(message.conversation), status=303)


@guarded_by(rules.change_message, load=load_message)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, message: Message) -> HttpResponse:
    """A message that came back, with the kind word beside it."""
    form = AgainForm(given(request), initial={"text": message.text})
    if request.method == "POST" and form.is_valid():
        messages.resubmit(message=message, text=form.cleaned_data["text"], by=request.actor)
        return HttpResponseRedirect(_address(message.conversation), status=303)
    place = message.conversation
    context = {
        "form": form,
        "message": message,
        "readers": wording.readers(queries.circle_of(place.group_id)),
        "reading": queries.reading_for(place.group_id),
        **_kept(request, place),
    }
    return render(request, "groups/change.html", context, status=422 if form.errors else 200)


@guarded_by(rules.read_message, load=load_message)
@require_safe
def about(request: HttpRequest, message: Message) -> HttpResponse:
    """What one can do with a message: tell the team, or take back one's own."""
    return _about(request, message, TellForm(initial=keeping.typed_before(request)))


def _about(request: HttpRequest, message: Message, form: TellForm) -> HttpResponse:
    circle = queries.circle_of(message.conversation.group_id)
    context = {
        "message": message,
        "shown": queries.shown(message, circle),
        "words": message.text if message.author_id == request.actor.person_id else "",
        "may_tell": rules.tell_team.allows(request.actor, message),
        "may_take_back": rules.withdraw_message.allows(request.actor, message),
        "reading": queries.reading_for(message.conversation.group_id),
        "form": form,
    }
    return render(request, "groups/about_message.html", context, status=422 if form.errors else 200)


@guarded_by(rules.tell_team, load=load_message)
@require_POST
def tell(request: HttpRequest, message: Message) -> HttpResponse:
    form = TellForm(request.POST)
    if not form.is_valid():
        return _about(request, message, form)
    reports.tell_team(
        kind="message",
        subject_id=message.pk,
        team_id=message.conversation.group_id,
        by=request.actor,
        words=form.cleaned_data["words"],
    )
    return redirect("groups:told", message.pk)


@guarded_by(rules.tell_team, load=load_message)
@require_safe
def told(request: HttpRequest, message: Message) -> HttpResponse:
    reading = queries.reading_for(message.conversation.group_id)
    return render(request, "groups/told.html", {"message": message, "reading": reading})


# --- the page ---------------------------------------------------------------------------------------


def _page(request: HttpRequest, conversation: Conversation, *, before: int | None = None, form=None) -> HttpResponse:
    actor = request.actor
    circle = queries.circle_for(actor, conversation.group_id)
    page = queries.page_of_messages(conversation, actor, before=before, circle=circle)
    _look(request, conversation, page)
    reading = queries.reading_for(conversation.group_id)
    reason = rules.write_message.reason(actor, conversation)
    here = reverse("groups:conversation", args=[conversation.pk])
    context = {
        "conversation": conversation,
        "page": page,
        "earlier_url": f"{here}?before={page.earlier}" if page.earlier else "",
        "is_newest": before is None,
        "audience": live.audience(actor),
        "lines": [queries.shown(one, circle, actor) for one in page.messages],
        "own": _strip(conversation, actor, circle, reading),
        "readers": wording.readers(circle),
        "reading": reading,
        "why_not": reason,
        "read_first": Role.PARENT in actor.roles and conversation.group.mode == Mode.FIRST_READ,
        "key": form.data.get("key", "") if form else new_id(),
        "draft": form.data.get("text", "") if form else conversation.draft_text or "",
        "wrong": " ".join(form.errors.get("text", [])) if form else "",
        **_kept(request, conversation),
    }
    return render(request, "groups/conversation.html", context, status=422 if form else 200)


def _kept(request: HttpRequest, conversation: Conversation) -> dict[str, str]:
    """Carried along by a box, so that a text that was refused or outlived its session finds its author again."""
    return {
        "keep_what": f"conversation:{conversation.pk}",
        "keep_for": keeping.owner_mark(request.actor.account_id),
        "keep_next": reverse("groups:conversation", args=[conversation.pk]),
    }


def _strip(conversation: Conversation, actor, circle, reading) -> list[wording.Own]:
    return [wording.own(message, circle, reading) for message in queries.own_strip(conversation, actor)]


def _line(request: HttpRequest, conversation: Conversation, message: Message) -> HttpResponse:
    """The answer to a script: the line of this message, and the key for the next one."""
    circle = queries.circle_of_one(request.actor, conversation.group_id)
    if message.sequence is not None:
        template, context = (
            "groups/_message.html",
            {
                "message": queries.shown(message, circle, request.actor),
                "audience": live.audience(request.actor),
            },
        )
    else:
        reading = queries.reading_for(conversation.group_id)
        template, context = "groups/_own_message.html", {"own": wording.own(message, circle, reading)}
    response = render(request, template, context)
    response["X-Next-Key"] = new_id()
    return response


def _look(request: HttpRequest, conversation: Conversation, page: queries.Page) -> None:
    authors = {message.author_id for message in page.messages}
    looking.look(group=conversation.group, person_ids=authors, purpose=Look.CONVERSATION, by=request.actor)


def _address(conversation: Conversation) -> str:
    return reverse("groups:conversation", args=[conversation.pk]) + "#own"


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None
