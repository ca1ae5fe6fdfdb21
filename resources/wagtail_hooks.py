"""The CMS as editors need it: pages, services, numbers, images, files. Nothing that knows a person."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext_lazy as pl
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from . import queries
from .models import HelpService, NumberCheck

HIDDEN_MENU = {
    "users",
    "groups",
    "sites",
    "locales",
    "workflows",
    "workflow-tasks",
    "redirects",
    "collections",
}
HIDDEN_REPORTS = {"site-history", "workflows", "workflow-tasks", "page-types-usage", "locked-pages"}


class HelpServices(SnippetViewSet):
    """The directory, in the menu beside the pages."""

    model = HelpService
    menu_label = pl("cms", "Help services")
    icon = "group"
    add_to_admin_menu = True
    menu_order = 210
    list_display = ["name", "locale", "live", "checked_on", "review_by"]
    list_filter = ["locale", "live"]
    ordering = ["name"]


class NumberChecks(SnippetViewSet):
    """The telephone numbers: nothing to add or take away, only the day on which someone checked them."""

    model = NumberCheck
    menu_label = pl("cms", "Telephone numbers")
    icon = "mobile-alt"
    add_to_admin_menu = True
    menu_order = 220
    list_display = ["__str__", "checked_on", "review_by"]


register_snippet(HelpServices)
register_snippet(NumberChecks)


@hooks.register("construct_main_menu")
def only_what_editors_need(request, items):
    items[:] = [item for item in items if item.name not in {*HIDDEN_MENU, "help", "snippets"}]


@hooks.register("construct_settings_menu")
def no_settings_about_people(request, items):
    items[:] = [item for item in items if item.name not in HIDDEN_MENU]


@hooks.register("construct_reports_menu")
def no_reports_about_people(request, items):
    items[:] = [item for item in items if item.name not in HIDDEN_REPORTS]


@hooks.register("register_admin_menu_item")
def to_look_at_item():
    return MenuItem(
        pl("cms", "To look at"),
        reverse("to_look_at"),
        name="to-look-at",
        icon_name="clipboard-list",
        order=230,
    )


class LookAgain(Component):
    """On the first page of the CMS: how much nobody has looked at yet."""

    order = 50
    template_name = "resources/cms/look_again.html"

    def get_context_data(self, parent_context):
        waiting = queries.all_to_look_at(timezone.localdate())
        return {"texts": len(waiting), "numbers": queries.unchecked_numbers()}


@hooks.register("construct_homepage_panels")
def say_what_waits(request, panels):
    panels.append(LookAgain())
