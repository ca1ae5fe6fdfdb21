"""The edges of every answer: request id, content policy, headers, language, and refusals put into words."""

import math
import secrets

import structlog
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import add_never_cache_headers
from django.utils.deprecation import MiddlewareMixin

from people.policy import Refused
from people.vocabulary import Reason

from . import body_limit

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
)


class RequestIdMiddleware:
    """Gives each request an id for the log, and cleans the log context before and after it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=secrets.token_hex(6))
        try:
            return self.get_response(request)
        finally:
            structlog.contextvars.clear_contextvars()


class ContentPolicyMiddleware(CSPMiddleware):
    """One strict policy for everything; Wagtail's editor has its own, on its own path."""

    def process_response(self, request, response):
        if request.path_info.startswith("/cms/"):
            response._csp_replace = settings.CMS_CONTENT_SECURITY_POLICY
        return super().process_response(request, response)


class HeadersMiddleware(MiddlewareMixin):
    """Headers that every answer carries, and `no-store` on everything that is not a public file or page."""

    def process_response(self, request, response):
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not getattr(response, "is_public", False) and "Cache-Control" not in response.headers:
            add_never_cache_headers(response)
            response.headers["Cache-Control"] = "no-store, private"
        return response


class PublicCompressionMiddleware(GZipMiddleware):
    """Packs public pages, and nothing else.

    A private page holds tokens beside words of others: its packed length would tell about them to who listens (BREACH).
    What someone looked for is echoed on the page, so that is not packed either; it is not marked public.
    """

    def process_response(self, request, response):
        return super().process_response(request, response) if getattr(response, "is_public", False) else response


class LanguageMiddleware(LocaleMiddleware):
    """The language stands in the address; `/` is sent on by the visitor's choice, then by Accept-Language."""


class BodyLimitMiddleware:
    """Answers a request that brings too much before anything reads what it brings."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if body_limit.is_too_big(request.path_info, request.META.get("CONTENT_LENGTH") or ""):
            from . import views

            return views.too_big(request)
        return self.get_response(request)


class RefusalMiddleware:
    """Puts a refusal into words, once, at the edge. What is hidden is answered as what does not exist."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        from . import views

        if exception.is_hidden:
            return views.not_found(request)
        if exception.reason == Reason.SIGN_IN:
            return views.to_sign_in(request)
        if exception.reason == Reason.SECOND_FACTOR:
            return views.to_second_factor(request)
        status = {Reason.TOO_MANY: 429, Reason.KEY_REUSED: 409, Reason.CHANGED_MEANWHILE: 409}.get(
            exception.reason, 403
        )
        response = views.refused(request, exception.sentence, status)
        if "wait_seconds" in exception.facts:
            response.headers["Retry-After"] = str(math.ceil(exception.facts["wait_seconds"]))
        return response
