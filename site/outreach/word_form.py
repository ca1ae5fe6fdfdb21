"""A word of the team, and the one tap with which a parent answers it."""

from django import forms
from django.utils.translation import pgettext_lazy as pl

from people.own_words import Words

from .actions.words import WORD_LIMIT
from .models.staff_word import Answer


class WordForm(Words):
    text = forms.CharField(
        label=pl("word.text", "What do you want to say?"),
        help_text=pl("word.text.hint", "It stands in the app. An e-mail or text message never shows it."),
        max_length=WORD_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": pl("reason.empty", "Write a few words first.")},
    )
    key = forms.CharField(max_length=64, min_length=8, widget=forms.HiddenInput)


class AnswerForm(Words):
    answer = forms.ChoiceField(choices=Answer.choices)
