"""What editors may do with pages, beyond Wagtail's own rules: one function an act.

Homes stay: without one a language has no front door. Nothing is made private: there is no private page here. New pages
are born in Dutch and then translated, so that every language tells the same.
"""

from django.conf import settings
from wagtail.models import PagePermissionTester


class PublicPagePermissions(PagePermissionTester):
    """Asked by Wagtail for every button and again before every act."""

    @property
    def is_home(self) -> bool:
        return self.page.depth <= 2

    def can_add_subpage(self):
        return self.page.language == settings.LANGUAGE_CODE and super().can_add_subpage()

    def can_delete(self, ignore_bulk=False):
        return not self.is_home and super().can_delete(ignore_bulk)

    def can_unpublish(self):
        return not self.is_home and super().can_unpublish()

    def can_move(self):
        return not self.is_home and super().can_move()

    def can_set_view_restrictions(self):
        return False
