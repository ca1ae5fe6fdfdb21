"""The parts a page can be made of. All of them hold plain text that is escaped on the way out: no raw HTML, no embeds.

Numbers and services are named by key, so that a page can only show a number of the allowed list and follows the
directory when a service changes.
"""

from django.apps import apps
from django.utils.translation import pgettext_lazy as pl
from wagtail import blocks

from . import numbers
from .vocabulary import ICONS


def service_choices():
    """Asked only when an editor opens the form."""
    return apps.get_model("resources", "HelpService").names()


class KeyChoiceBlock(blocks.ChoiceBlock):
    """A choice whose list is only looked at in the editor's form, never while a page is shown."""

    def to_python(self, value):
        return value or ""

    def normalize(self, value):
        return value or ""

    def clean(self, value):
        return blocks.FieldBlock.clean(self, value)

    def get_searchable_content(self, value):
        return []


class SectionBlock(blocks.StructBlock):
    """A heading, paragraphs, and points in a list."""

    heading = blocks.CharBlock(max_length=120, required=False, label=pl("cms", "Heading"))
    text = blocks.ListBlock(blocks.TextBlock(rows=4), label=pl("cms", "Paragraphs"), min_num=0)
    points = blocks.ListBlock(blocks.TextBlock(rows=2), label=pl("cms", "Points"), min_num=0, default=[])

    class Meta:
        icon = "doc-full"
        label = pl("cms", "Section")


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120, label=pl("cms", "What to do"))
    text = blocks.TextBlock(rows=3, required=False, label=pl("cms", "How"))


class TodayBlock(blocks.StructBlock):
    """What you can do today: steps in an order."""

    steps = blocks.ListBlock(StepBlock(), label=pl("cms", "Steps"))

    class Meta:
        icon = "list-ol"
        label = pl("cms", "What you can do today")


class CallBlock(blocks.StructBlock):
    """Whom to call and why: a number of the list, or a service of the directory."""

    number = KeyChoiceBlock(choices=numbers.choices, required=False, label=pl("cms", "Number"))
    service = KeyChoiceBlock(choices=service_choices, required=False, label=pl("cms", "Help service"))
    why = blocks.TextBlock(rows=2, required=False, label=pl("cms", "What for"))

    def clean(self, value):
        cleaned = super().clean(value)
        if bool(cleaned["number"]) == bool(cleaned["service"]):
            raise blocks.StructBlockValidationError(
                non_block_errors=[pl("cms", "Choose a number or a help service, one of the two.")]
            )
        return cleaned


class CallsBlock(blocks.StructBlock):
    calls = blocks.ListBlock(CallBlock(), label=pl("cms", "Whom you can call"))

    class Meta:
        icon = "comment"
        label = pl("cms", "Whom you can call")


class UrgentBlock(blocks.StructBlock):
    """Danger to a person, and the numbers for it."""

    title = blocks.CharBlock(max_length=160, label=pl("cms", "Question"))
    text = blocks.TextBlock(rows=3, label=pl("cms", "What to do now"))
    numbers = blocks.ListBlock(KeyChoiceBlock(choices=numbers.choices), label=pl("cms", "Numbers"))

    class Meta:
        icon = "warning"
        label = pl("cms", "In danger now")


class DoorBlock(blocks.StructBlock):
    """One of the ways in on the home page; the key says where it leads."""

    key = KeyChoiceBlock(
        choices=[
            ("worry", pl("cms", "topic about worry")),
            ("talk", pl("cms", "talking with other parents")),
            ("work", pl("cms", "for professionals")),
        ],
        label=pl("cms", "Leads to"),
    )
    name = blocks.CharBlock(max_length=60, label=pl("cms", "Name"))
    hint = blocks.CharBlock(max_length=160, label=pl("cms", "Hint"))


class PromiseBlock(blocks.StructBlock):
    """One thing that parents may expect of us."""

    icon = KeyChoiceBlock(choices=[(name, name) for name in ICONS], label=pl("cms", "Drawing"))
    bold = blocks.CharBlock(max_length=80, label=pl("cms", "First sentence"))
    text = blocks.CharBlock(max_length=200, label=pl("cms", "The rest"))


GUIDANCE = [
    ("urgent", UrgentBlock()),
    ("section", SectionBlock()),
    ("today", TodayBlock()),
    ("calls", CallsBlock()),
]
INFO = [("section", SectionBlock())]
