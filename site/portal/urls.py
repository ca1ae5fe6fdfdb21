"""Every address, in lists by audience. Each list is wrapped once: nobody can forget whom a page is for."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

import groups.urls
import moderation.urls
import outreach.urls
import people.urls
import resources.urls

from . import components_page, look, pwa, today, views
from .audiences import only_for

handler400 = "portal.views.bad_request"
handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.our_fault"

# Without a language: for machines, and the way out.
plain = [
    *only_for(
        "public",
        [
            path("healthz", views.alive, name="healthz"),
            path("readyz", views.ready, name="readyz"),
            path("manifest.webmanifest", pwa.manifest, name="manifest"),
            path("sw.js", pwa.service_worker, name="service_worker"),
            path("", views.front_door, name="front_door"),
            *resources.urls.plain,
        ],
    ),
    *only_for("account", people.urls.plain),
]

public = [
    path("offline/", pwa.offline, name="offline"),
    *([path("components/", components_page.components, name="components")] if settings.SHOW_COMPONENTS else []),
    *resources.urls.public,
]
account = [path("look/", look.look, name="look"), *people.urls.account, *groups.urls.account, *outreach.urls.account]
my = [*groups.urls.my, *outreach.urls.my, *people.urls.my]
work = [
    path("", today.today, name="today"),
    *moderation.urls.work,
    *groups.urls.work,
    *outreach.urls.work,
    *people.urls.work,
]

urlpatterns = [
    *plain,
    path("cms/", include("resources.cms_urls")),
    *i18n_patterns(
        *only_for("public", public),
        path("account/", include(only_for("account", account))),
        path("my/", include((only_for("members", my), "my"))),
        path("g/", include((only_for("members", groups.urls.members), "groups"))),
        path("work/", include((only_for("staff", work), "work"))),
        prefix_default_language=True,
    ),
]
