"""One's own passkeys: what they are, the warning, adding one and taking one away. Both ask the password, each time."""

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from people import passkeys
from people.actions import passkeys as actions
from people.forms import AddPasskeyForm, RemovePasskeyForm
from people.guard import guarded_by
from people.policies.accounts import see_own_account
from people.policies.passkeys import add_passkey
from people.queries import passkeys_of
from people.vocabulary import KeptIn

from .own_account import password_is
from .passkeys import does_not_fit, question, refusal

PURPOSE = "my:passkey_add"


def must_warn(request) -> bool:
    """A parent whose phone is not hers alone, or who was not asked yet, says first that she knows."""
    return not request.user.person.is_staff and not request.sign_in.own_phone


@never_cache
@require_GET
@guarded_by(see_own_account)
def page(request) -> HttpResponse:
    return show(request)


def show(request, *, add=None, remove=None, said: str = "", status: int = 200) -> HttpResponse:
    facts = {
        "account": request.user,
        "held": passkeys_of(request.user),
        "may_add": add_passkey.allows(request.actor, request.user),
        "add": add or AddPasskeyForm(warned=must_warn(request)),
        "remove": remove or removing(request),
        "passkey": passkeys.offer(request, PURPOSE, said),
    }
    return render(request, "people/passkeys.html", facts, status=status)


def removing(request, data=None) -> RemovePasskeyForm:
    return RemovePasskeyForm(data, passkeys=[(str(one.id), one.where) for one in passkeys_of(request.user)])


@never_cache
@sensitive_post_parameters("password")
@require_POST
@guarded_by(see_own_account)
def add_question(request) -> JsonResponse:
    """Asked by script, with the password; only then the phone is asked to make one."""
    if not passkeys.is_offered(request):
        raise Http404
    form = AddPasskeyForm(request.POST, warned=must_warn(request))
    if not form.is_valid() or not password_is(request, form, "password"):
        return refusal(form.first_said(), 422)
    return question(request, PURPOSE, actions.question_to_add(account=request.user, by=request.actor))


@never_cache
@sensitive_post_parameters("password")
@require_POST
@guarded_by(see_own_account)
def add(request) -> HttpResponse:
    """The question was only asked of who knew the password; what comes back here answers it."""
    kept_in = request.POST.get("kept_in", "")
    kept_in = KeptIn(kept_in) if kept_in in KeptIn.values else KeptIn.ELSEWHERE
    try:
        shown = passkeys.shown(request, PURPOSE)
        actions.add(account=request.user, shown=shown, kept_in=kept_in, by=request.actor)
    except actions.NotThisPasskey:
        typed = AddPasskeyForm(request.POST, warned=must_warn(request))
        return show(request, add=typed, said=does_not_fit(), status=422)
    return HttpResponseRedirect(reverse("my:passkeys"))


@never_cache
@sensitive_post_parameters("password")
@require_POST
@guarded_by(see_own_account)
def remove(request) -> HttpResponse:
    form = removing(request, request.POST)
    if not form.is_valid() or not password_is(request, form, "password"):
        return show(request, remove=form, status=422)
    actions.remove(
        account=request.user, passkey_id=int(form.cleaned_data["which"]), by=request.actor, keep=request.sign_in.pk
    )
    return HttpResponseRedirect(reverse("my:passkeys"))
