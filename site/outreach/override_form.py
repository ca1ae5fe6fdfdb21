"""What is filled in when someone is in danger now."""

from django import forms
from django.utils.translation import pgettext_lazy as pl

from people.own_words import Words

from .actions.override import WORDS_LIMIT
from .models.override import Danger


class DangerForm(Words):
    danger = forms.ChoiceField(
        label=pl("danger.which", "What is the danger?"),
        choices=Danger.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": pl("danger.choose", "Choose what the danger is. Anything else is no acute danger."),
            "invalid_choice": pl("danger.choose", "Choose what the danger is. Anything else is no acute danger."),
        },
    )
    because = forms.CharField(
        label=pl("danger.because", "What do you know, and why can it not wait?"),
        help_text=pl("danger.because.hint", "The parent reads this afterwards. Write facts, and no names of others."),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": pl("reason.needs_reason", "Write down why. A few words are enough.")},
    )
