"""The way out: ends the caller's own session and leaves for a neutral site. Works with the database gone."""

import structlog
from django.conf import settings
from django.db import Error
from django.http import HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.views.decorators.http import require_GET

from people.actions import sessions

log = structlog.get_logger("kring.people")
OUR_COOKIES = ("kring-theme", "kring-contrast")


@require_GET
def leave(request) -> HttpResponse:
    """The one change by GET: a plain link must do, and a form would be stopped by the policy of the page it leaves."""
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        return HttpResponseForbidden()
    try:
        sessions.end_session(session_key=request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""), because="left")
    except Error as error:
        log.error("exit without database", exc_info=error)
    response = HttpResponseRedirect(settings.NEUTRAL_EXIT_URL)
    response["Clear-Site-Data"] = '"cache", "storage"'
    response["Cache-Control"] = "no-store"
    names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, *OUR_COOKIES)
    for name in names:
        response.delete_cookie(name, path="/", samesite="Lax")
    return response
