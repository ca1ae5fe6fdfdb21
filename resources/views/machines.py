"""For search engines: what may be visited. Only public pages; nothing here names a private address."""

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from resources import queries, translations


@require_safe
def robots(request):
    """Everything may be visited; what is private says `noindex` itself and is named nowhere."""
    text = f"User-agent: *\nAllow: /\nSitemap: {translations.absolute('/sitemap.xml')}\n"
    return kept(HttpResponse(text, content_type="text/plain; charset=utf-8"))


@require_safe
def sitemap(request):
    """Every public page in every language it has, with its translations."""
    rows = [*queries.public_addresses(), *fixed(), *services()]
    rows = [[(code, translations.absolute(quote(address))) for code, address in row.items()] for row in rows]
    return kept(render(request, "resources/sitemap.xml", {"rows": rows}, content_type="application/xml"))


def fixed():
    return [{code: f"/{code}/{name}/" for code in translations.CODES} for name in ("read", "help")]


def services():
    rows = []
    for key in queries.service_keys():
        known = queries.service_languages(key)
        rows.append({code: f"/{code}/help/{key}/" for code in translations.CODES if code in known})
    return rows


def kept(response):
    response.is_public = True
    response["Cache-Control"] = "public, max-age=3600"
    return response
