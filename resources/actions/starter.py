"""Loads the starter texts of `starter/<lang>/`: creates what is missing, never touches what a person changed.

Refuses to guess: a file that is not there is left out, a field that is empty stays 'to be checked', a telephone
number that is not on the list is not taken over. Nothing that is loaded counts as checked by a person.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from audit.record import record
from people.actor import Actor
from resources import numbers, queries, tree
from resources.models import GuidancePage, HelpService, HomePage, InfoPage, NumberCheck, TopicPage
from resources.policies import load_starter_texts
from resources.vocabulary import INFO_PAGES, shared_key

from . import editors
from .starter_texts import guidance_body, home_fields, info_body, service_fields

logger = structlog.get_logger("kring.resources")


@dataclass
class Loaded:
    """What was made in this run, by kind."""

    counts: dict = field(default_factory=dict)

    def one(self, kind):
        self.counts[kind] = self.counts.get(kind, 0) + 1

    @property
    def total(self):
        return sum(self.counts.values())


def load_starter(*, by: Actor, publish: bool = False, folder: Path | None = None) -> Loaded:
    """The texts of every language. Home and information pages are always live: the shells and forms lead there.

    Guidance, topics and services are drafts until an editor publishes them, or `publish` does; in both cases with
    the badge 'not yet checked by a person'.
    """
    load_starter_texts.require(by)
    folder = folder or queries.STARTER
    loaded = Loaded()
    with transaction.atomic():
        languages = [code for code, _ in settings.LANGUAGES if (folder / code).is_dir()]
        for language in languages:
            load_language(folder / language, locale_of(language), loaded, publish=publish)
        stand_site()
        for number in numbers.every():
            _, created = NumberCheck.objects.get_or_create(key=number.key)
            if created:
                loaded.one("number")
        editors.ensure_editor_group()
        if loaded.total:
            record("resources.starter.loaded", by_id=by.person_id, subject="resources.starter", **loaded.counts)
        transaction.on_commit(tree.forget)
    return loaded


def load_language(folder, locale, loaded, *, publish):
    site = toml(folder / "site.toml")
    home = ensure_home(locale, site, loaded)
    ensure_infos(home, locale, site, loaded)
    topics = ensure_topics(home, locale, site, loaded, publish=publish)
    for service in enumerate(toml(folder / "services.toml").get("services", [])):
        ensure_service(*service, locale, loaded, publish=publish)
    for file in sorted((folder / "guidance").glob("*.toml")):
        text = toml(file)
        ensure_guidance(topics.get(text.get("topic"), home), locale, text, loaded, publish=publish)


def toml(file):
    """What a file says; nothing when it is not there yet. A broken file stops the load: half a text is worse."""
    if not file.is_file():
        return {}
    return tomllib.loads(file.read_text("utf-8"))


def locale_of(language):
    return Locale.objects.get_or_create(language_code=language)[0]


def stand_site():
    """The Dutch home is the root of the site; Wagtail's welcome page goes."""
    home = HomePage.objects.filter(slug=settings.LANGUAGE_CODE, depth=2).first() or HomePage.objects.first()
    if home is None:
        return
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="Kring")
    elif not HomePage.objects.filter(pk=site.root_page_id).exists():
        welcome, site.root_page = site.root_page, home
        site.save()
        if welcome.content_type.model_class() is Page and welcome.depth == 2 and not welcome.get_children().exists():
            welcome.delete()


# --- pages --------------------------------------------------------------------------------------


def ensure(model, parent, locale, kind, key, loaded, /, *, live, **fields):
    """The page with this key in this language; made under `parent` when it is not there."""
    shared = shared_key(kind, key)
    known = model.objects.filter(translation_key=shared, locale=locale).first()
    if known is not None:
        if live:
            show(known, loaded)
        return known
    page = model(locale=locale, translation_key=shared, live=live, has_unpublished_changes=not live, **fields)
    page.slug = free_slug(page.slug, parent, locale.language_code)
    parent.add_child(instance=page)
    revision = page.save_revision(log_action=False)
    if live:
        revision.publish(log_action=False)
    loaded.one(kind)
    return page


def show(row, loaded):
    """Publishes a draft of an earlier load, unless a person touched it: edited it, dated it or took it away."""
    if row.live or row.first_published_at is not None or row.go_live_at is not None:
        return
    revision = row.latest_revision
    if revision is not None and revision.user_id is None:
        revision.publish(log_action=False)
        loaded.one("published")


def free_slug(slug, parent, language):
    """An editor's page may have taken the address meanwhile."""
    taken = set(parent.get_children().values_list("slug", flat=True))
    return slug if slug not in taken else f"{slug}-{language}"


def ensure_home(locale, site, loaded):
    root = Page.get_first_root_node()
    language = locale.language_code
    fields = home_fields(site.get("home", {}))
    return ensure(HomePage, root, locale, "home", "home", loaded, live=True, slug=language, **fields)


def ensure_infos(home, locale, site, loaded):
    texts = {**site.get("pages", {}), "privacy": site.get("privacy")}
    for key in INFO_PAGES:
        text = texts.get(key)
        if text:
            ensure(InfoPage, home, locale, "info", key, loaded, live=True, **info_body(key, text))


def ensure_topics(home, locale, site, loaded, *, publish):
    found = {}
    for key, text in site.get("topics", {}).items():
        fields = {"key": key, "title": text["title"], "slug": text["slug"], "summary": text["summary"]}
        found[key] = ensure(TopicPage, home, locale, "topic", key, loaded, live=publish, **fields)
    return found


def ensure_guidance(parent, locale, text, loaded, *, publish):
    fields = {name: text.get(name, "") for name in ("key", "title", "slug", "summary", "keep")}
    fields["body"] = guidance_body(text)
    ensure(GuidancePage, parent, locale, "guidance", text["key"], loaded, live=publish, **fields)


# --- services -----------------------------------------------------------------------------------


def ensure_service(order, text, locale, loaded, *, publish):
    shared = shared_key("service", text["key"])
    known = HelpService.objects.filter(translation_key=shared, locale=locale).first()
    if known is not None:
        if publish:
            show(known, loaded)
        return
    fields = service_fields(text)
    service = HelpService(locale=locale, translation_key=shared, order=order, live=publish, **fields)
    service.has_unpublished_changes = not publish
    service.save()
    revision = service.save_revision(log_action=False)
    if publish:
        revision.publish(log_action=False)
    loaded.one("service")
