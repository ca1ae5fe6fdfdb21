"""The door of the CMS: editors only, and nothing behind it that could show or change a person."""

import traceback
from functools import wraps
from pathlib import Path

import structlog
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from resources import queries
from resources.actions import editors
from resources.models import HelpService
from resources.policies import enter_cms

log = structlog.get_logger()
ROOT = Path(__file__).resolve().parents[2]
# What Wagtail's screens end in when a request is not one that their own pages send: a field is missing, a number is
# none, the page that is moved has nothing above it, a file of translations does not say which one it belongs to.
NOT_OF_THEIR_PAGES = (AttributeError, LookupError, NoReverseMatch, ValueError)


def editors_only(view):
    """Asks the policy before any view of Wagtail, so that a withdrawn role closes the CMS at once.

    The screens speak the editor's own language, whatever the browser asks for. What is looked for reaches the engine
    as words only, as in the search of visitors. A request that Wagtail stumbles over is answered as one that is not
    right, and stands in the log with its place; a fault of our own stays a fault.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        enter_cms.require(request.actor)
        editors.let_in(by=request.actor)
        if "q" in request.GET:
            request.GET = request.GET.copy()
            request.GET["q"] = queries.only_words(request.GET["q"])
        with translation.override(request.user.person.language or settings.LANGUAGE_CODE):
            try:
                answer = view(request, *args, **kwargs)
                return answer.render() if hasattr(answer, "render") else answer
            except NOT_OF_THEIR_PAGES as error:
                if not _is_wagtails(error):
                    raise
                log.warning("cms_request", exc_info=True)
                raise BadRequest from error

    guarded.policy = enter_cms
    return guarded


def _is_wagtails(error: Exception) -> bool:
    """Did it come from their lines, or from what they call, and not from ours?"""
    files = [Path(frame.filename) for frame in traceback.extract_tb(error.__traceback__)]
    ours = [at for at, file in enumerate(files) if file.is_relative_to(ROOT) and "site-packages" not in file.parts]
    return any("wagtail" in part for file in files[ours[-1] + 1 :] for part in file.parts)


def not_here(request, *args, **kwargs):
    """User, group, password and site screens of Wagtail do not exist here."""
    raise Http404


def to_look_at(request):
    """All texts that wait for a person's eye. Wagtail's own door and ours stand before it."""
    rows = [(row, edit_address(row)) for row in queries.all_to_look_at(timezone.localdate())]
    return render(request, "resources/cms/to_look_at.html", {"rows": rows, "numbers": queries.unchecked_numbers()})


def edit_address(row):
    if isinstance(row, HelpService):
        return reverse("wagtailsnippets_resources_helpservice:edit", args=[row.pk])
    return reverse("wagtailadmin_pages:edit", args=[row.pk])
