"""How much a message may say where others can see it."""

from django import forms
from django.utils.translation import pgettext_lazy as pl

from outreach.vocabulary import DISCREET

from .part import TapForm


class DiscreetForm(TapForm):
    part = "discreet"
    YES, NO = "yes", "no"
    discreet = forms.ChoiceField(
        choices=[(YES, DISCREET[True]), (NO, DISCREET[False])],
        label=pl("discreet", "Discreet"),
    )

    def chosen(self) -> dict:
        return {"discreet": self.YES if self.needs.discreet else self.NO}

    def changes(self) -> dict:
        return {"discreet": self.cleaned_data["discreet"] == self.YES}
