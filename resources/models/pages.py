"""The pages that everyone may read: home, topics, guidance, and what the portal says about itself.

Only public content lives here. Nothing about a parent, a group or a message is ever a page.
"""

from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import pgettext_lazy as pl
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, PublishingPanel, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page, Site
from wagtail.search import index

from resources import blocks
from resources.editing import PublicPageForm
from resources.page_permissions import PublicPagePermissions

from .checked import Checked, checked_panel

WORDS_A_MINUTE = 160  # slowly, for someone who learned the language late

# Wagtail asks a page to show itself; how that is done is the views' business, who register here when the app is ready.
SHOWN_BY: dict = {}


def tabs(*panels, checked=True):
    """Content, and when it is shown. The other tabs of Wagtail are for sites that sell something."""
    content = [FieldPanel("title"), *panels, *([checked_panel] if checked else [])]
    return TabbedInterface(
        [
            ObjectList(content, heading=pl("cms", "Content")),
            ObjectList(
                [MultiFieldPanel([FieldPanel("slug")], heading=pl("cms", "Address")), PublishingPanel()],
                heading=pl("cms", "Address and dates"),
            ),
        ],
        base_form_class=PublicPageForm,
    )


class PublicPage(Page):
    """What all four kinds share: an address that needs no query, and one way of being served."""

    base_form_class = PublicPageForm

    class Meta:
        abstract = True

    @property
    def language(self) -> str:
        """The first part of the address; the locale's row is not asked for it."""
        return self.url_path.split("/")[1] if self.url_path.count("/") > 1 else self.locale.language_code

    @property
    def address(self) -> str:
        return quote(self.url_path)

    def permissions_for_user(self, user):
        return PublicPagePermissions(user, self)

    def get_url_parts(self, request=None):
        """One site, one host: the one that the settings name, whatever a row in the database says."""
        roots = Site.get_site_root_paths()
        return (roots[0].site_id, settings.BASE_URL, self.address) if roots else None

    def make_preview_request(self, *args, **kwargs):
        """The answer is shown inside the editor's page, so it goes out with the policy of that page, not its own."""
        response = super().make_preview_request(*args, **kwargs)
        for header in ("Content-Security-Policy", "X-Frame-Options"):
            del response.headers[header]
        return response

    def serve(self, request, *args, **kwargs):
        return SHOWN_BY["answer"](request, self)

    def serve_preview(self, request, mode_name):
        return SHOWN_BY["preview"](request, self)


class HomePage(PublicPage):
    """The front door of one language. Its slug is the language, so that addresses and trees are the same."""

    lead = models.TextField(max_length=400, verbose_name=pl("cms", "Below the title"))
    doors = StreamField(
        [("door", blocks.DoorBlock())],
        min_num=1,
        max_num=3,
        blank=True,
        verbose_name=pl("cms", "The ways in"),
    )
    under18 = models.CharField(
        max_length=200, blank=True, verbose_name=pl("cms", "For those under 18"), help_text="{number}"
    )
    expect_heading = models.CharField(max_length=100, verbose_name=pl("cms", "Heading of the promises"))
    expect = StreamField(
        [("promise", blocks.PromiseBlock())],
        max_num=6,
        blank=True,
        verbose_name=pl("cms", "What parents may expect"),
    )
    questions_heading = models.CharField(max_length=100, verbose_name=pl("cms", "Heading of the questions"))
    call_heading = models.CharField(max_length=100, verbose_name=pl("cms", "Heading of the numbers"))

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["resources.TopicPage", "resources.GuidancePage", "resources.InfoPage"]
    template = "resources/home.html"

    edit_handler = tabs(
        FieldPanel("lead"),
        FieldPanel("doors"),
        FieldPanel("under18"),
        FieldPanel("expect_heading"),
        FieldPanel("expect"),
        FieldPanel("questions_heading"),
        FieldPanel("call_heading"),
        checked=False,
    )

    def clean(self):
        super().clean()
        if self.locale_id and self.slug != self.locale.language_code:
            raise ValidationError({"slug": pl("cms", "The address of a home page is its language.")})


class TopicPage(PublicPage, Checked):
    """A subject, with the guidance pages below it."""

    key = models.SlugField(max_length=60, blank=True, editable=False)
    summary = models.TextField(max_length=300, verbose_name=pl("cms", "In two sentences"))

    parent_page_types = ["resources.HomePage"]
    subpage_types = ["resources.GuidancePage"]
    template = "resources/topic.html"
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.AutocompleteField("summary")]

    edit_handler = tabs(FieldPanel("summary"))

    class Meta(Checked.Meta):
        abstract = False


class GuidancePage(PublicPage, Checked):
    """One question of parents: the sentence to keep, the text, what one can do today, whom one can call."""

    key = models.SlugField(max_length=60, blank=True, editable=False)
    summary = models.TextField(max_length=300, verbose_name=pl("cms", "In two sentences"))
    keep = models.TextField(max_length=240, blank=True, verbose_name=pl("cms", "The one sentence to keep"))
    body = StreamField(blocks.GUIDANCE, blank=True, verbose_name=pl("cms", "Text"))

    parent_page_types = ["resources.TopicPage", "resources.HomePage"]
    subpage_types = []
    template = "resources/guidance.html"
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("keep"),
        index.SearchField("body"),
        index.AutocompleteField("summary"),
        index.AutocompleteField("keep"),
        index.AutocompleteField("body"),
    ]

    edit_handler = tabs(FieldPanel("summary"), FieldPanel("keep"), FieldPanel("body"))

    class Meta(Checked.Meta):
        abstract = False

    @cached_property
    def calls(self):
        """Every number or service that the text names to call, in its order."""
        return [call for block in self.body if block.block_type == "calls" for call in block.value["calls"]]

    @cached_property
    def minutes(self) -> int:
        """How long reading takes, never less than one."""
        return max(1, round(len(" ".join(texts_of(self.body)).split()) / WORDS_A_MINUTE))


class InfoPage(PublicPage, Checked):
    """What the portal says about itself: who we are, your data, a shared phone. Linked to by key."""

    key = models.SlugField(max_length=60, blank=True, editable=False)
    summary = models.TextField(max_length=300, blank=True, verbose_name=pl("cms", "In two sentences"))
    body = StreamField(blocks.INFO, blank=True, verbose_name=pl("cms", "Text"))

    parent_page_types = ["resources.HomePage"]
    subpage_types = []
    template = "resources/info.html"
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    edit_handler = tabs(FieldPanel("summary"), FieldPanel("body"))

    class Meta(Checked.Meta):
        abstract = False


def texts_of(stream):
    """All words of a stream, to count them."""
    for block in stream:
        yield from block.block.get_searchable_content(block.value)
