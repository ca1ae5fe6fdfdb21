"""Stopping e-mail by the link in one, without signing in. Every link, ours or not, used or not, looks the same."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from outreach.actions.unsubscribing import stop_by_link

FIELD, VALUE = "List-Unsubscribe", "One-Click"


@csrf_exempt  # a mail program posts here by itself (RFC 8058) and has no page of ours; the link is the secret
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, so that a program that follows links stops nothing. One button does it."""
    is_asked = request.method == "POST" and request.POST.get(FIELD) == VALUE
    if is_asked:
        stop_by_link(token=token)
    status = 422 if request.method == "POST" and not is_asked else 200
    return render(request, "outreach/stop.html", {"done": is_asked, "field": FIELD, "value": VALUE}, status=status)
