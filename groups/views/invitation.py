"""Coming in with an invitation: by link or by the code of a card. Looking consumes nothing; the last step does.

What the first step found is remembered in the session, and signed in the last form for a session that was renewed
by a double press.
"""

from django.conf import settings
from django.contrib.auth import login, logout
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from groups.actions import invitations
from groups.forms import CodeForm, EntryForm, NameForm, PhoneForm
from groups.models import Invitation
from groups.policies.groups import see_own_space
from groups.policies.membership import enter
from groups.views.given import given
from people import addresses, passphrases
from people.guard import guarded_by
from people.login_seam import OWN_PHONE
from people.policy import Refused
from people.vocabulary import Reason, Role
from vault.ids import new_id

from .steps import steps_of

FOUND, PHONE, FRESH = "invitation", "invitation_phone", "invitation_fresh"
BACKEND = "people.backends.AccountBackend"
CARRY = signing.TimestampSigner(salt="groups.invitation")
CARRY_SECONDS = 3600


@guarded_by(enter)
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code of the paper card, typed. A wrong one is said in words; how wrong is not."""
    form = CodeForm(given(request), network=addresses.network(addresses.client_address(request)))
    if request.method == "POST" and form.is_valid():
        return _begin(request, form.invitation)
    return _page(request, "code", 1, form=form)


@guarded_by(enter)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, link: str) -> HttpResponse:
    """A landing page that is the same for every link; only pressing the button looks the link up."""
    if request.method == "POST":
        return _begin(request, invitations.open_by_link(link=link))
    return _page(request, "landing", 1)


def _begin(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    request.session[FOUND] = invitation.pk
    if not request.user.is_authenticated:  # a month on one's own phone stays a month
        request.session.set_expiry(0)
    return redirect("invitation_name" if Role.PARENT in request.actor.roles else "invitation_phone")


@guarded_by(enter)
@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: HttpRequest) -> HttpResponse:
    """How this works, and whose phone this is."""
    _invitation(request)
    form = PhoneForm(given(request), initial={"phone": request.session.get(PHONE, "shared")})
    if request.method == "POST" and form.is_valid():
        request.session[PHONE] = form.cleaned_data["phone"]
        return redirect("invitation_name")
    return _page(request, "phone", 2, form=form)


@guarded_by(enter)
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """The name in the group; for someone new also the password. Pressing the button makes the account."""
    if Role.PARENT in request.actor.roles:
        return _one_more_group(request)
    if request.method == "POST":
        form = EntryForm(request.POST)
        if form.is_valid():
            return _enter(request, form)
    else:
        carry = CARRY.sign(_invitation(request).pk)
        form = EntryForm(initial={"key": new_id(), "carry": carry})
    suggestion = passphrases.suggest(get_language() or settings.LANGUAGE_CODE)
    return _page(request, "name", 3, form=form, suggestion=suggestion)


def _enter(request: HttpRequest, form: EntryForm) -> HttpResponse:
    own_phone = request.session.get(PHONE) == "own"
    account = invitations.enter_with_invitation(
        invitation_id=request.session.get(FOUND) or _carried(form.cleaned_data["carry"]),
        language=get_language() or settings.LANGUAGE_CODE,
        password=form.cleaned_data["password"],
        pseudonym=form.cleaned_data["pseudonym"],
        key=form.cleaned_data["key"],
    )
    for spent in (FOUND, PHONE):
        request.session.pop(spent, None)
    if request.user.is_authenticated:  # behind a lock: that sign-in ends, and this phone hears nothing of it any more
        logout(request)
    request.session[OWN_PHONE] = own_phone
    login(request, account, backend=BACKEND)
    request.session[FRESH] = True
    return redirect("invitation_card")


def _one_more_group(request: HttpRequest) -> HttpResponse:
    form = NameForm(given(request))
    if request.method == "POST" and form.is_valid():
        invitations.apply_with_invitation(
            invitation_id=request.session.pop(FOUND, ""),
            pseudonym=form.cleaned_data["pseudonym"],
            by=request.actor,
        )
        return redirect("my:groups")
    _invitation(request)
    return _page(request, "one_more", 2, form=form)


@guarded_by(see_own_space)
@require_http_methods(["GET", "HEAD"])
def card(request: HttpRequest) -> HttpResponse:
    """The sign-in name, big and to print: shown right after the account was made, in that sign-in only."""
    if not request.session.get(FRESH):
        return redirect("my:home")
    return render(request, "groups/invitation_card.html", {"account": request.user})


def _invitation(request: HttpRequest) -> Invitation:
    open_one = invitations.peek(request.session.get(FOUND, ""))
    if open_one is None:
        raise Refused(Reason.LINK_USED)
    return open_one


def _carried(signed: str) -> str:
    try:
        return CARRY.unsign(signed, max_age=CARRY_SECONDS)
    except signing.BadSignature:
        return ""


def _page(request: HttpRequest, template: str, step: int, **context) -> HttpResponse:
    form = context.get("form")
    status = 422 if form is not None and form.is_bound and not form.is_valid() else 200
    context["steps"] = steps_of(step)
    return render(request, f"groups/invitation_{template}.html", context, status=status)
