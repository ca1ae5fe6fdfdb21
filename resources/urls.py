"""Addresses of this area, in lists by audience. What stands under /cms/ is in cms_urls.py."""

from django.urls import path, re_path
from wagtail.documents.views.serve import serve

from .views import directory, machines
from .views import pages as page_views
from .vocabulary import RESERVED_SLUGS

# Under /<lang>/.
public = [
    path("read/", page_views.read, name="guidance"),
    path("help/", directory.directory, name="help"),
    path("help/<slug:key>/", directory.service, name="help_service"),
    path("search/", directory.search, name="search"),
    path("page/about/", page_views.by_key, {"key": "about"}, name="about"),
    path("page/data/", page_views.by_key, {"key": "privacy"}, name="your_data"),
    path("page/phone/", page_views.by_key, {"key": "shared-phone"}, name="safe_phone"),
    path("page/accessibility/", page_views.by_key, {"key": "accessibility"}, name="accessibility"),
    path("page/talk/", page_views.by_key, {"key": "talk"}, name="talk_with_parents"),
    path("page/professionals/", page_views.by_key, {"key": "professionals"}, name="professionals"),
    # Every other address of a language is a page of the trees; what belongs to the portal is left alone. The name is
    # Wagtail's own, which it makes the addresses of pages with: its urls are not mounted.
    re_path(
        rf"^(?!(?:{'|'.join(sorted(RESERVED_SLUGS))})/)((?:[\w\-]+/)*)$",
        page_views.page,
        name="wagtail_serve",
    ),
]

# At the root, without a language.
plain = [
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    # Only the serving of Wagtail's documents: a collection behind a shared password does not exist here.
    re_path(r"^documents/(\d+)/(.*)$", serve, name="wagtaildocs_serve"),
]
