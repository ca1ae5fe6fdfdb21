"""Serving pages: one look-up by address, the other languages, and answers that may be kept and compared."""

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from resources import queries, translations
from resources.models import GuidancePage, HomePage, InfoPage, TopicPage

from . import shown


@require_safe
def page(request, path=""):
    """A page of the trees, or what leads to it: its translation, or the languages it can be read in."""
    found = queries.page_at(request.path)
    if found is not None:
        return answer(request, found)
    other = queries.same_elsewhere(request.path)
    if other is None:
        raise Http404
    readable = queries.translations_of(other)
    if get_language() in readable:
        return HttpResponseRedirect(readable[get_language()])
    return not_yet(request, other.title, readable, language=other.url_path.split("/")[1])


@require_safe
def by_key(request, key):
    """A fixed address for what the shells link to; the page itself has words of its language in its address."""
    found = queries.page_by_key(get_language(), key)
    if found is not None:
        return HttpResponseRedirect(found.address)
    found = queries.page_by_key(settings.LANGUAGE_CODE, key)
    if found is None:
        raise Http404
    return not_yet(request, found.title, queries.translations_of(found), language=settings.LANGUAGE_CODE)


@require_safe
def read(request):
    """Everything there is to read, by topic."""
    translations.everywhere(request)
    return public(request, "resources/read.html", {"topics": queries.topics(get_language())})


def answer(request, page):
    """A page as visitors see it."""
    translations.note(request, queries.translations_of(page), request.path)
    on_paper = isinstance(page, GuidancePage) and "print" in request.GET
    return public(request, "resources/print.html" if on_paper else page.template, context_of(page))


def preview(request, page):
    """A draft as it would look; only editors get here, and it is kept nowhere."""
    translations.note(request, {page.language: page.address}, page.url_path)
    return render(request, page.template, {**context_of(page), "head": {}})


def context_of(page):
    kind = type(page)
    return {"page": page, **CONTEXTS[kind](page)}


def home(page):
    return {
        "open_languages": True,
        "doors": shown.doors(page, queries.doors(page.language)),
        "promises": [promise.value for promise in page.expect],
        "questions": shown.links(queries.questions(page.language)),
        "under18": shown.with_number(page.under18, shown.child_line(page.language), page.language),
    }


def topic(page):
    return {"links": queries.guidance_of(page)}


def guidance(page):
    known = queries.services_by_key(page.language, [call["service"] for call in page.calls])
    above = queries.parent_of(page)
    return {
        "above": above,
        "parts": shown.parts(page),
        "numbers": shown.numbers_of(page),
        "services": shown.services_of(page, known),
    }


def info(page):
    return {"parts": shown.parts(page)}


CONTEXTS = {HomePage: home, TopicPage: topic, GuidancePage: guidance, InfoPage: info}


def not_yet(request, title, readable, language):
    """The page is there, in other languages only."""
    request.alternates = {**{code: f"/{code}/" for code in translations.CODES}, **readable}
    context = {"title": title, "title_language": language, "sentence": shown.languages_sentence(readable)}
    return public(request, "resources/not_yet.html", context, status=404)


def public(request, template, context, *, status=200, keep=True):
    """An answer for everyone. The look and 'my space' hang on cookies: no shared copy for a visitor with a session.

    `keep=False` for what someone looked for: that is stored nowhere.
    """
    context = {**context, "head": translations.head(request)}
    response = render(request, template, context, status=status)
    if not keep:
        return response
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    response.is_public = True
    response["Cache-Control"] = "private, no-cache" if signed_in else "public, max-age=0, must-revalidate"
    patch_vary_headers(response, ["Cookie"])
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response)
