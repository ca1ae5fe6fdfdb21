"""What may be read of pages and services. Everything here is public; drafts and closed pages are never found."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path
from unicodedata import category
from urllib.parse import quote

from django.conf import settings
from django.db.models import Q
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from . import numbers
from .models import GuidancePage, HelpService, InfoPage, NumberCheck, TopicPage
from .tree import tree
from .vocabulary import QUERY_MAX

STARTER = Path(__file__).parent / "starter"
FOUND_MAX = 30
SOON = timedelta(days=30)


# --- pages --------------------------------------------------------------------------------------


def page_at(path: str):
    """The page at this address, in its own kind, or None. The slug narrows it by an index."""
    slug = path.rstrip("/").rsplit("/", 1)[-1]
    page = Page.objects.filter(slug=slug, url_path=path, live=True).specific().first()
    return None if page is None or tree().is_closed(page.path) else page


def same_elsewhere(path: str):
    """The page that has this address under another language: `/fr/zorgen/` finds `/nl/zorgen/`."""
    language, _, rest = path[1:].partition("/")
    if not rest:
        return None
    others = [f"/{code}/{rest}" for code in tree().locales if code != language]
    page = Page.objects.filter(slug=rest.rstrip("/").rsplit("/", 1)[-1], url_path__in=others, live=True).first()
    return None if page is None or tree().is_closed(page.path) else page


def translations_of(page) -> dict:
    """Language → address, of every language in which the page can be read."""
    rows = Page.objects.filter(translation_key=page.translation_key, live=True)
    found = [(row.url_path, row.path) for row in rows.only("url_path", "path")]
    return {url.split("/")[1]: quote(url) for url, path in found if not tree().is_closed(path)}


def topics(language: str):
    """The topics of a language that have something to read, each with `pages`."""
    home = tree().homes.get(language)
    locale = tree().locales.get(language)
    if home is None:
        return []
    pages = [page for page in guidance(locale) if not tree().is_closed(page.path)]
    found = []
    for topic in TopicPage.objects.live().filter(locale_id=locale).order_by("path"):
        topic.pages = [page for page in pages if page.path.startswith(topic.path)]
        if topic.pages and not tree().is_closed(topic.path):
            found.append(topic)
    return found


def guidance(locale_id):
    """The guidance pages of a language without their texts, in the order of the tree."""
    return GuidancePage.objects.live().filter(locale_id=locale_id).order_by("path").defer("body")


def questions(language: str, limit: int = 6):
    """What the home page offers to read."""
    pages = guidance(tree().locales.get(language))
    return [page for page in pages[: limit * 2] if not tree().is_closed(page.path)][:limit]


def guidance_of(topic):
    pages = GuidancePage.objects.live().child_of(topic).order_by("path").defer("body")
    return [page for page in pages if not tree().is_closed(page.path)]


def parent_of(page):
    """The topic above a page, or None below the home page."""
    return TopicPage.objects.filter(path=page.path[: -Page.steplen], live=True).first()


def page_by_key(language: str, key: str):
    """An information page or a topic, by the key that the portal knows it by."""
    locale = tree().locales.get(language)
    for model in (InfoPage, TopicPage):
        page = model.objects.live().filter(locale_id=locale, key=key).first()
        if page is not None and not tree().is_closed(page.path):
            return page
    return None


def doors(language: str) -> dict:
    """Key → address of the pages that the home page leads to."""
    locale, found = tree().locales.get(language), {}
    for model in (InfoPage, TopicPage):
        for page in model.objects.live().filter(locale_id=locale).only("key", "url_path", "path"):
            if page.key and not tree().is_closed(page.path):
                found.setdefault(page.key, page.address)
    return found


def public_addresses():
    """`(language → address)` of everything that may be in the site map, a row for each page."""
    rows = Page.objects.live().filter(depth__gt=1).exclude(slug="").order_by("path")
    found: dict = {}
    for row in rows.only("url_path", "path", "translation_key"):
        language = row.url_path.split("/")[1]
        if language in tree().locales and not tree().is_closed(row.path):
            found.setdefault(row.translation_key, {})[language] = row.url_path
    return list(found.values())


# --- help ---------------------------------------------------------------------------------------


def services(language: str):
    """Every service that is shown in a language, those that anyone can walk into first."""
    locale = tree().locales.get(language)
    return HelpService.objects.filter(locale_id=locale, live=True).order_by("-broad_entrance", "order", "name")


def fitting(language: str, needs, audience: str, without_name: bool):
    """The services for a wish. Danger first: a number to call at once stands before any door to walk in."""
    wanted = set(needs)
    found = [
        service
        for service in services(language)
        if (not wanted or wanted & set(service.needs))
        and (not audience or audience in service.audience)
        and (not without_name or service.without_name)
    ]
    return sorted(found, key=lambda service: not ("danger" in wanted and "danger" in service.needs))


def service(language: str, key: str):
    return services(language).filter(key=key).first()


def services_by_key(language: str, keys):
    wanted = [key for key in keys if key]
    return {one.key: one for one in services(language).filter(key__in=wanted)} if wanted else {}


def service_languages(key: str):
    """The languages in which a service is shown."""
    rows = HelpService.objects.filter(key=key, live=True)
    return list(rows.values_list("locale__language_code", flat=True))


def service_keys():
    return sorted(set(HelpService.objects.filter(live=True).values_list("key", flat=True)))


# --- search -------------------------------------------------------------------------------------


def search(language: str, words: str):
    """`(pages, services)` for words: whole words first, then beginnings of words."""
    words = only_words(words[:QUERY_MAX])
    locale = tree().locales.get(language)
    if not words or locale is None:
        return [], []
    pages = Page.objects.live().filter(locale_id=locale, depth__gt=2)
    found = whole_then_begun(pages, words)
    kinds = {page.pk: page for page in Page.objects.filter(pk__in=[page.pk for page in found]).specific()}
    readable = [kinds[page.pk] for page in found if not tree().is_closed(page.path)]
    return readable, whole_then_begun(HelpService.objects.filter(live=True, locale_id=locale), words)


def only_words(text: str) -> str:
    """Without signs: to an engine they are a language of its own, in which one lonely quotation mark is a mistake."""
    return " ".join("".join(" " if category(sign)[0] in "PSC" else sign for sign in text).split())


def whole_then_begun(rows, words):
    engine = get_search_backend()
    found = list(engine.search(words, rows)[:FOUND_MAX])
    known = {row.pk for row in found}
    return found + [row for row in engine.autocomplete(words, rows)[:FOUND_MAX] if row.pk not in known]


# --- what is to be looked at --------------------------------------------------------------------


def unchecked_numbers():
    """The numbers of the list that nobody called yet, as they are written."""
    done = set(NumberCheck.objects.filter(checked_on__isnull=False).values_list("key", flat=True))
    return [number.shown for number in numbers.every() if number.key not in done and not number.checked_on]


def all_to_look_at(today):
    """Texts that nobody checked yet or that are due within `SOON`: those due first, then the unchecked."""
    found = []
    for model in (GuidancePage, TopicPage, InfoPage, HelpService):
        found += model.objects.filter(Q(checked_on__isnull=True) | Q(review_by__lte=today + SOON)).select_related(
            "locale"
        )
    return sorted(found, key=lambda row: (row.review_by is None, row.review_by or today, str(row)))


# --- small texts that forms need ----------------------------------------------------------------


@cache
def site_texts(language: str) -> dict:
    """The starter's site.toml of a language; Dutch when that language has none. Kept for the life of the process."""
    file = STARTER / language / "site.toml"
    if not file.is_file():
        return {} if language == settings.LANGUAGE_CODE else site_texts(settings.LANGUAGE_CODE)
    return tomllib.loads(file.read_text("utf-8"))


def house_rules(language: str) -> dict:
    """`title`, `intro`, `rules`, `accept`: what a member agrees to before the first message."""
    return site_texts(language).get("house_rules", {"title": "", "intro": "", "rules": [], "accept": ""})


def footer_claim(language: str) -> str:
    return site_texts(language).get("footer", {}).get("claim", "")
