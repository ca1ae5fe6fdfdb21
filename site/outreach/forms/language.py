"""In which language, and by which clock."""

from django import forms
from django.conf import settings
from django.utils.translation import pgettext_lazy as pl

from outreach.facts import Facts

from .part import TapForm

# Where the families of the portal live or come from; the zone of a parent who lives elsewhere is kept as it is.
ZONES = [
    ("Europe/Brussels", pl("zone", "Belgium, France, the Netherlands")),
    ("Europe/London", pl("zone", "United Kingdom")),
    ("Africa/Casablanca", pl("zone", "Morocco")),
    ("Africa/Tunis", pl("zone", "Algeria, Tunisia")),
    ("Europe/Istanbul", pl("zone", "Turkey")),
    ("Asia/Damascus", pl("zone", "Syria, Iraq")),
]


class PlaceForm(TapForm):
    """One of the two that are kept together; the other stays as it is."""

    fold = "language"

    def chosen(self) -> dict:
        return {"language": self.facts.language, "time_zone": self.needs.time_zone}

    def changes(self) -> dict:
        return self.chosen() | self.cleaned_data


class LanguageForm(PlaceForm):
    """The language of what is sent."""

    part = "language"
    language = forms.ChoiceField(choices=settings.LANGUAGES, label=pl("contact.language", "In which language?"))


class ClockForm(PlaceForm):
    """The clock that quiet hours go by."""

    part = "clock"
    time_zone = forms.ChoiceField(choices=ZONES, label=pl("contact.zone", "Where are you most of the time?"))

    def __init__(self, data=None, *, facts: Facts):
        super().__init__(data, facts=facts)
        here = facts.needs.time_zone
        if here not in dict(ZONES):
            self.fields["time_zone"].choices = [(here, here.replace("_", " ")), *ZONES]
