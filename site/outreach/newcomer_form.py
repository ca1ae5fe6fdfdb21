"""A parent without an account, as the team comes to know them."""

from django import forms
from django.conf import settings
from django.utils.translation import pgettext_lazy as pl

from people.own_words import CalledField, Words

from .actions.newcomers import NAME_LIMIT


class NewcomerForm(Words):
    name = CalledField(
        max_length=NAME_LIMIT,
        label=pl("newcomer.name", "How does the team call this parent?"),
        help_text=pl("newcomer.name.hint", "Only the team that stands around this parent reads it."),
    )
    language = forms.ChoiceField(
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        label=pl("newcomer.language", "Which language does this parent speak best?"),
    )
    agreed = forms.BooleanField(label=pl("newcomer.agreed", "The parent said yes to this"))
    key = forms.CharField(max_length=64, min_length=8, widget=forms.HiddenInput)
