"""The installed app: a neutral name and icon, and one page for when there is no connection.

Nothing of a private page is ever kept, nor the answer to any visit: the worker hands every page straight through and
only steps in with the offline page when there is no network. It is registered by the installed app, and where someone
switched on notices on her phone; it shows those, always in the same words.
"""

from functools import cache
from hashlib import sha256

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from outreach.channels import text_message

from .templatetags.kring import address_of

KEPT = ("portal/css/public.css", "portal/img/icons.svg", "portal/js/public.js", "portal/img/favicon.svg")


@require_safe
def manifest(request):
    """/manifest.webmanifest. One for all languages: on the phone it says no more than the name."""
    icons = [
        {
            "src": address_of(f"portal/img/app-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    icons.append({"src": address_of("portal/img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"})
    answer = {
        "name": settings.KRING_APP_NAME,
        "short_name": settings.KRING_APP_NAME,
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f7f2f1",
        "theme_color": "#2b1c2a",
        "icons": icons,
    }
    return public(JsonResponse(answer, content_type="application/manifest+json"), hours=24)


@require_safe
def service_worker(request):
    """/sw.js, at the root so that it may serve every address."""
    return public(HttpResponse(worker(), content_type="text/javascript; charset=utf-8"), hours=0)


@require_safe
def offline(request):
    """/<lang>/offline/: the same for everyone, so it may be kept on the phone."""
    return public(render(None, "offline.html"), hours=24)


@cache
def worker():
    """The worker with the addresses of this release: another release is another worker, and the old files go."""
    pages = [f"/{code}/offline/" for code, _ in settings.LANGUAGES]
    files = [address_of(path) for path in KEPT]
    kept = {"pages": pages, "files": files, "default": f"/{settings.LANGUAGE_CODE}/offline/"}
    kept["release"] = sha256("\n".join(pages + files).encode()).hexdigest()[:12]
    kept |= {"notices": notices(), "app_name": settings.KRING_APP_NAME, "language": settings.LANGUAGE_CODE}
    kept["icon"] = address_of("portal/img/app-192.png")
    return render_to_string("portal/sw.js", kept)


def notices():
    """The only sentence a notice on a phone ever says, in each language. The phone has it; no push carries it."""
    return [(code, text_message.compose(code)) for code, _ in settings.LANGUAGES]


def public(response, *, hours):
    response.is_public = True
    response["Cache-Control"] = f"public, max-age={hours * 3600}" if hours else "no-cache"
    return response
