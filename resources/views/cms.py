"""The door of the CMS: editors only, and nothing behind it that could show or change a person."""

from functools import wraps

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation

from resources import queries
from resources.actions import editors
from resources.models import HelpService
from resources.policies import enter_cms


def editors_only(view):
    """Asks the policy before any view of Wagtail, so that a withdrawn role closes the CMS at once.

    The screens speak the editor's own language, whatever the browser asks for. What is looked for reaches the engine
    as words only, as in the search of visitors.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        enter_cms.require(request.actor)
        editors.let_in(by=request.actor)
        if "q" in request.GET:
            request.GET = request.GET.copy()
            request.GET["q"] = queries.only_words(request.GET["q"])
        with translation.override(request.user.person.language or settings.LANGUAGE_CODE):
            answer = view(request, *args, **kwargs)
            return answer.render() if hasattr(answer, "render") else answer

    guarded.policy = enter_cms
    return guarded


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
