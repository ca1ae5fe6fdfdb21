"""Pages that belong to no area: the front door, health, and errors put into words."""

import sys
from dataclasses import replace
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_request, pgettext
from django.views.decorators.http import require_safe

from people import keeping
from people.views.sign_in import with_kept_text
from people.vocabulary import SENTENCES, Reason

RETRY_SECONDS = "10"

log = structlog.get_logger("kring.portal")


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """`/` sends on to a language: the visitor's own choice first, then what the browser asks for."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Sends on to the sign-in page; the address asked for is not kept, it might tell on a shared phone.

    What she had typed when her session ended comes along on the page itself.
    """
    return with_kept_text(request) or HttpResponseRedirect(reverse("account_login"))


def to_second_factor(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("second_factor"))


def _error(status: int, template: str = "", **facts) -> HttpResponse:
    """The page of an error: the same bytes for everyone who reads this language, whatever was asked."""
    return render(None, template or f"errors/{status}.html", {"LANGUAGE_CODE": get_language(), **facts}, status=status)


def refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """A refusal with a reason one may know: with the way back, and with what had been typed."""
    kept = keeping.given_back(request)
    if kept:
        return _with_text(request, kept, sentence, status)
    back = keeping.local_private_path(_path_of(request.headers.get("Referer", "")))
    return render(request, "errors/refused.html", {"sentence": sentence, "back": back}, status=status)


def _path_of(address: str) -> str:
    """The path in an address that a browser sent; nothing when it is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _with_text(request: HttpRequest, kept: keeping.Kept, sentence: str, status: int) -> HttpResponse:
    """What had been typed stands on the page that says no, with a button that keeps it as a draft and leads on."""
    facts = {"sentence": sentence, "kept": kept, "keep_for": keeping.owner_mark(kept.owner)}
    return render(request, "errors/kept.html", facts, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same for everything that does not exist or must not be known; one's own words, if any, come back."""
    kept = keeping.given_back(request)
    if kept:
        return _error(404, "errors/kept.html", sentence=SENTENCES[Reason.NOT_FOUND], kept=replace(kept, next=""))
    return _error(404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(413 if isinstance(exception, RequestDataTooBig) else 400)


def too_big(request: HttpRequest) -> HttpResponse:
    return _error(413)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(403)


def our_fault(request: HttpRequest) -> HttpResponse:
    """A mistake of ours; or the database is away, full or busy, which passes: then it says to come back."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = _error(503)
        response.headers["Retry-After"] = RETRY_SECONDS
        return response
    return _error(500)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token does not fit: most often a page that stood open for long, or in another session.

    What was typed there comes back when the browser says that the form was a page of ours; nothing is stored.
    """
    kept = keeping.from_request(request) if request.headers.get("Sec-Fetch-Site") == "same-origin" else None
    if kept and not request.user.is_authenticated:
        return with_kept_text(request)
    if kept and keeping.given_back(request):
        sentence = pgettext("error.stood_open", "This page stood open for a long time.")
        return _with_text(request, kept, sentence, 403)
    return _error(403)


@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Whether database, Redis and worker can be reached, and nothing more."""
    from outreach.worker import is_alive

    answers = {"database": _database_answers(), "redis": _redis_answers()}
    answers["worker"] = answers["database"] and is_alive()
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def _redis_answers() -> bool:
    if not settings.REDIS_URL:
        return True
    import redis

    try:
        return bool(redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1).ping())
    except redis.RedisError:
        return False
