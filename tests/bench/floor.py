"""What any page costs before it is ours: Django's own middleware, a session and a user, a plain template of 10 KB.

Runs in the process that is measured, so that both sides share interpreter, database and noise.
"""

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.test import override_settings
from django.urls import path
from wagtail.models import Site

from people.models import Account

MIDDLEWARE = [
    "tests.bench.floor.own_addresses",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROWS = [
    {"who": f"Parent {at}", "when": f"2026-11-{at % 28 + 1:02d}", "body": "Thank you, this helped us & we sleep. " * 3}
    for at in range(44)
]
ENGINE = Engine()
PAGE = ENGINE.from_string(
    "<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>{% for row in rows %}<article><h2>{{ row.who }}</h2>"
    "<time>{{ row.when }}</time><p>{{ row.body }}</p></article>{% endfor %}"
)
TEXT = ENGINE.from_string(
    "<!doctype html><title>{{ page.title }}</title><h1>{{ page.title }}</h1><p>{{ page.summary }}</p>{{ page.body }}"
)


def own_addresses(get_response):
    """The addresses below, and none of the portal's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__
        return get_response(request)

    return middleware


def signed_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PAGE.render(Context({"rows": ROWS, "title": request.user.sign_in_name})))


def stranger(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PAGE.render(Context({"rows": ROWS, "title": "Sleep"})))


def wagtail_page(request: HttpRequest, where: str) -> HttpResponse:
    """The same row as the page that is measured, found and routed by Wagtail, its fields in a bare template."""
    root = Site.find_for_request(request).root_page.specific
    page, _, _ = root.route(request, [part for part in where.split("/") if part])
    return HttpResponse(TEXT.render(Context({"page": page})))


def store(request: HttpRequest) -> HttpResponse:
    """The least that can be called storing: one row, committed, for a signed-in user."""
    Account.objects.filter(pk=request.user.pk).update(is_active=True)
    return HttpResponse(status=204)


urlpatterns = [
    path("floor/signed-in", signed_in),
    path("floor/stranger", stranger),
    path("floor/store", store),
    path("floor/page/<path:where>", wagtail_page),
]


def handler() -> WSGIHandler:
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        return WSGIHandler()
