"""Everything under /cms/: Wagtail's own addresses behind our door, minus every screen that knows a person.

Users, groups, sites, passwords, e-mail, profiles, its own sign-in and its APIs do not exist here (safety.md F2, F3).
"""

from django.urls import include, path, re_path
from wagtail.admin import urls as wagtail_admin
from wagtail.utils.urlpatterns import decorate_urlpatterns

from people.views.sign_in import sign_out

from .views import cms

CLOSED = [
    "account",
    "api-tokens",
    "groups",
    "locales",
    "login",
    "password_reset",
    "sites",
    "users",
    "workflows",
    "reports/site-history",
    "reports/workflow",
    "reports/workflow_tasks",
    "reports/page-types-usage",
    "failwhale",
    "api",
]

decorate_urlpatterns(wagtail_admin.urlpatterns, cms.editors_only)

urlpatterns = [
    *(re_path(rf"^{name}(?:/.*)?$", cms.not_here) for name in CLOSED),
    re_path(r"^bulk/(?!wagtailcore|wagtailimages|wagtaildocs|resources)", cms.not_here),
    # Wagtail's own takes the cookie away whenever its address is opened, and leaves the session behind it open.
    path("logout/", sign_out),
    path("to-look-at/", cms.editors_only(cms.to_look_at), name="to_look_at"),
    path("", include(wagtail_admin)),
]
