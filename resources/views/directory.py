"""The help directory and search. Plain GET; what someone looked for is stored nowhere."""

from django.http import Http404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from resources import numbers, queries, translations
from resources.forms import FinderForm, SearchForm
from resources.vocabulary import Audience, Need

from . import shown
from .pages import not_yet, public


@require_safe
def directory(request):
    """All services by need; with a wish, those that fit, the easiest to reach first."""
    translations.everywhere(request)
    needs, who, without_name = FinderForm(request.GET).wish()
    chosen = bool(needs or who or without_name)
    context = {
        "needs": [(need.value, need.label, need.value in needs) for need in Need],
        "audiences": [(one.value, one.label, one.value == who) for one in Audience],
        "without_name": without_name,
        "chosen": chosen,
        "numbers": told_for(needs),
    }
    if chosen:
        fitting = queries.fitting(get_language(), needs, who, without_name)
        context["services"] = [shown.service(one, short=True) for one in fitting]
    else:
        context["groups"] = by_need(list(queries.services(get_language())))
    return public(request, "resources/help.html", context, keep=not chosen)


def told_for(needs):
    """The numbers for these needs, each once, at most five."""
    found = {told.dial: told for need in needs for told in numbers.by_need(need, get_language())}
    return sorted(found.values(), key=lambda told: told.order)[:5]


def by_need(services):
    """`(need, services)` for every need that a service answers; a service stands under each of its needs."""
    groups = []
    for need in Need:
        found = [one for one in services if need.value in one.needs]
        if found:
            groups.append((need, [(shown.service_url(one.key), one) for one in found]))
    return groups


@require_safe
def service(request, key):
    """One service, with all that is known and what is still to be checked."""
    found = queries.service(get_language(), key)
    languages = queries.service_languages(key)
    readable = {code: f"/{code}/help/{key}/" for code in translations.CODES if code in languages}
    if found is None:
        if not readable:
            raise Http404
        return not_yet(request, "", readable, language="")
    translations.note(request, readable, request.path)
    return public(request, "resources/service.html", {"row": found, "service": shown.service(found)})


@require_safe
def search(request):
    """Guidance and services for words; nothing found is answered with whom to call."""
    translations.everywhere(request)
    words = SearchForm(request.GET).words()
    pages, services = queries.search(get_language(), words)
    context = {
        "words": words,
        "pages": pages,
        "services": [(shown.service_url(one.key), one) for one in services],
        "nothing": bool(words) and not pages and not services,
    }
    return public(request, "resources/search.html", context, keep=not words)
