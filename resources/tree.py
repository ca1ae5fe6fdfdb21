"""Where the trees stand: homes per language, and what an editor closed. Looked up once, then kept in the process.

The cache is called `resources.tree` (Django's default cache, so per process). Publishing, unpublishing, moving,
deleting or restricting a page empties it here at once; other processes follow after `SECONDS`.
"""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

KEY = "resources.tree"
SECONDS = 60


@dataclass(frozen=True)
class Tree:
    """`locales`: language → id of its locale. `homes`: language → id of its home. `closed`: paths of closed pages."""

    locales: dict
    homes: dict
    closed: tuple

    def language_of(self, locale_id):
        return next((language for language, known in self.locales.items() if known == locale_id), "")

    def is_closed(self, path: str) -> bool:
        """Below a page that an editor restricted: such a page is nobody's, there is no private page here."""
        return any(path.startswith(closed) for closed in self.closed)


def tree() -> Tree:
    known = cache.get(KEY)
    if known is None:
        known = Tree(locales_now(), homes_now(), closed_now())
        cache.set(KEY, known, SECONDS)
    return known


def locales_now():
    return dict(Locale.objects.values_list("language_code", "pk"))


def homes_now():
    from .models import HomePage

    return {home.url_path.strip("/"): home.pk for home in HomePage.objects.live().only("url_path", "page_ptr_id")}


def closed_now():
    restricted = PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.NONE)
    return tuple(restricted.values_list("page__path", flat=True))


def forget(**kwargs):
    cache.delete(KEY)


def watch():
    """Called once when the app is ready."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(forget, dispatch_uid=f"resources.tree.{id(signal)}")
    for model in (Locale, PageViewRestriction):
        post_save.connect(forget, sender=model, dispatch_uid=f"resources.tree.saved.{model.__name__}")
        post_delete.connect(forget, sender=model, dispatch_uid=f"resources.tree.deleted.{model.__name__}")
    post_delete.connect(forget, sender=Page, dispatch_uid="resources.tree.deleted.Page")
