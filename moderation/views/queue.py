"""The queue: what waits, never what it says."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from moderation import policies, queries
from moderation.live import TOPIC
from moderation.vocabulary import PAGE
from people.guard import guarded_by
from people.vocabulary import Role
from vault import ids


def _filters(request: HttpRequest) -> tuple[str, str]:
    tab, language = request.GET.get("tab", ""), request.GET.get("language", "")
    known = {code for code, _ in settings.LANGUAGES}
    return (tab if tab in queries.TABS else "waiting"), (language if language in known else "")


def _address(tab: str, language: str = "", after: str = "") -> str:
    parts = {"tab": tab if tab != "waiting" else "", "language": language, "after": after}
    query = "&".join(f"{key}={value}" for key, value in parts.items() if value)
    return reverse("work:reviews") + (f"?{query}" if query else "")


def _tabs(present: str, counts: queries.Counts) -> list[dict]:
    titles = {
        "waiting": pgettext("reviews.tab.waiting", "Waiting"),
        "urgent": pgettext("reviews.tab.urgent", "Urgent"),
        "with_me": pgettext("reviews.tab.with_me", "With me"),
        "my_groups": pgettext("reviews.tab.my_groups", "My groups"),
    }
    if counts.my_groups in (0, counts.waiting) and present != "my_groups":
        del titles["my_groups"]
    return [
        {"url": _address(tab), "title": title, "name": tab, "count": getattr(counts, tab), "current": tab == present}
        for tab, title in titles.items()
    ]


def _languages(tab: str, present: str) -> list[dict]:
    every = [
        {
            "url": _address(tab),
            "label": pgettext("reviews.every_language", "Every language"),
            "current": not present,
        }
    ]
    return every + [
        {"url": _address(tab, code), "label": name, "current": code == present} for code, name in settings.LANGUAGES
    ]


@guarded_by(policies.list_reviews)
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits, the urgent first, then the oldest."""
    tab, language = _filters(request)
    after = request.GET.get("after", "")
    after = after if ids.PATTERN.match(after) else ""
    queue = queries.waiting(request.actor, tab=tab, language=language, after=after)
    counts = queries.counts(request.actor)
    shown = {
        "queue": queue,
        "is_part": counts.waiting > 0,
        "on_duty": Role.MODERATOR in request.actor.roles,
        "tabs": _tabs(tab, counts),
        "filters": _languages(tab, language),
        "more": _address(tab, language, queue.after) if queue.after else "",
        # Only the whole queue follows along: a row that comes in may not belong in a part of it.
        "topic": TOPIC if tab == "waiting" and not language and not after else "",
    }
    return render(request, "moderation/reviews.html", shown)


@guarded_by(policies.list_reviews)
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """For pages without a socket: the rows that were opened after a moment."""
    given = request.GET.get("after", "0")
    after = int(given) if given.isascii() and given.isdigit() and len(given) <= 16 else 0
    newest = [one for one in queries.newest(request.actor, PAGE) if one.sequence > after]
    rows = queries.rows_of(request.actor, newest, timezone.now())
    answer = render(request, "moderation/_rows.html", {"rows": rows})
    answer["X-Seq"] = str(max((one.sequence for one in newest), default=after))
    return answer
