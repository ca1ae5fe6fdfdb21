"""The help directory: services, and who last called a number. Public content; kept by editors in the CMS."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy as pl
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, RevisionMixin, TranslatableMixin
from wagtail.search import index

from resources import numbers
from resources.editing import NumberCheckForm, ServiceForm

from .checked import Checked, checked_panel

# What a parent reads of a service, in this order. An empty one is shown as 'to be checked', never left out.
FACTS = ("for_whom", "how", "anonymous", "languages", "cost", "hours", "while_waiting")


class HelpService(TranslatableMixin, DraftStateMixin, RevisionMixin, Checked, index.Indexed, models.Model):
    """One service that can help, in one language. Its name stays as it is; `explained` says what it is."""

    key = models.SlugField(max_length=60, verbose_name=pl("cms", "Key in the address"))
    name = models.CharField(max_length=120, verbose_name=pl("cms", "Name"))
    explained = models.CharField(max_length=240, blank=True, verbose_name=pl("cms", "What the name means"))
    what_for = models.TextField(verbose_name=pl("cms", "What it is for"))
    for_whom = models.TextField(blank=True, verbose_name=pl("service.for_whom", "For whom"))
    how = models.TextField(blank=True, verbose_name=pl("service.how", "How to reach them"))
    number = models.CharField(max_length=20, blank=True, verbose_name=pl("service.number", "Telephone"))
    website = models.URLField(max_length=200, blank=True, verbose_name=pl("service.website", "Website"))
    needs = models.JSONField(default=list, blank=True)
    audience = models.JSONField(default=list, blank=True)
    while_waiting = models.TextField(blank=True, verbose_name=pl("service.waiting", "While you wait"))
    cost = models.CharField(max_length=240, blank=True, verbose_name=pl("service.cost", "Cost"))
    anonymous = models.CharField(max_length=240, blank=True, verbose_name=pl("anonymous", "Without giving your name"))
    languages = models.CharField(max_length=240, blank=True, verbose_name=pl("service.languages", "Languages"))
    hours = models.CharField(max_length=240, blank=True, verbose_name=pl("service.hours", "Opening hours"))
    without_name = models.BooleanField(default=False, verbose_name=pl("cms", "One surely need not give a name"))
    broad_entrance = models.BooleanField(
        default=False, verbose_name=pl("cms", "Anyone can go there without being sent")
    )
    order = models.PositiveSmallIntegerField(default=100, editable=False)
    aliases = models.TextField(
        blank=True,
        verbose_name=pl("cms", "Other words"),
        help_text=pl("cms", "What people type who look for it."),
    )

    search_fields = [
        index.SearchField("name", boost=5),
        index.SearchField("aliases", boost=3),
        index.SearchField("explained"),
        index.SearchField("what_for"),
        index.AutocompleteField("name"),
        index.AutocompleteField("aliases"),
        index.AutocompleteField("what_for"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
    ]
    base_form_class = ServiceForm
    panels = [
        MultiFieldPanel([FieldPanel("key"), FieldPanel("name"), FieldPanel("explained")]),
        FieldPanel("what_for"),
        *(FieldPanel(name) for name in FACTS),
        FieldPanel("number"),
        FieldPanel("website"),
        FieldPanel("needs"),
        FieldPanel("audience"),
        FieldPanel("without_name"),
        FieldPanel("broad_entrance"),
        FieldPanel("aliases"),
        checked_panel,
        PublishingPanel(),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = pl("help.service", "help service")
        verbose_name_plural = pl("cms", "help services")
        constraints = [
            *Checked.Meta.constraints,
            models.UniqueConstraint(fields=["key", "locale"], name="resources_one_service_a_key_and_language"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def names(cls):
        """`(key, name)` for the editor's forms: each service once, by its Dutch name where there is one."""
        names: dict = {}
        for key, name, language in cls.objects.values_list("key", "name", "locale__language_code"):
            if key not in names or language == settings.LANGUAGE_CODE:
                names[key] = name
        return sorted(names.items(), key=lambda pair: pair[1].casefold())

    def facts(self):
        """`(field, words of the label, what is known)`; nothing known is the empty string."""
        return [(name, self._meta.get_field(name).verbose_name, getattr(self, name)) for name in FACTS]

    def told(self, language):
        """The telephone number with its words, or None: only one of the allowed list."""
        return numbers.by_key(self.number, language) if self.number else None


class NumberCheck(Checked, models.Model):
    """When someone last called a number of the list to see whether it is right."""

    key = models.CharField(max_length=20, unique=True, editable=False)

    base_form_class = NumberCheckForm
    panels = [checked_panel]

    class Meta:
        verbose_name = pl("cms", "telephone number")
        verbose_name_plural = pl("cms", "telephone numbers")
        constraints = Checked.Meta.constraints
        ordering = ["key"]

    def __str__(self) -> str:
        told = numbers.by_key(self.key, "nl")
        return f"{told.shown} {told.name}".strip() if told else self.key
