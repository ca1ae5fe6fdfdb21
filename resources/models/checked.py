"""When a person last looked whether a text is right, who that was, and when it has to be looked at again."""

from django.db import models
from django.utils.translation import pgettext_lazy as pl
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


class Checked(models.Model):
    """Until an editor sets the date, the text is shown with the badge 'not yet checked by a person'.

    `checked_by_id` is filled in by the editor's form; date and person stand or fall together.
    """

    checked_on = models.DateField(
        null=True,
        blank=True,
        verbose_name=pl("cms", "Checked on"),
        help_text=pl("cms", "Leave empty as long as nobody has read the whole text. Parents see this date."),
    )
    checked_by_id = models.CharField(max_length=22, blank=True, editable=False)
    review_by = models.DateField(null=True, blank=True, verbose_name=pl("cms", "Look again before"))
    kept_by = models.CharField(
        max_length=80,
        blank=True,
        verbose_name=pl("cms", "Kept up to date by"),
        help_text=pl("cms", "The name of a team, as parents may read it. No person."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(checked_on__isnull=True, checked_by_id="")
                | (models.Q(checked_on__isnull=False) & ~models.Q(checked_by_id="")),
                name="%(app_label)s_%(class)s_checked_when_and_by_whom",
            )
        ]

    @property
    def is_checked(self) -> bool:
        return self.checked_on is not None


checked_panel = MultiFieldPanel(
    [FieldPanel("checked_on"), FieldPanel("review_by"), FieldPanel("kept_by")],
    heading=pl("cms", "Checked on, look again before"),
)
