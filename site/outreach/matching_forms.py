"""Matching: what staff say of themselves, what a parent would rather have, and which of the two she chooses."""

from django import forms
from django.conf import settings
from django.utils.translation import pgettext_lazy as pl

from people.own_words import CHOOSE, Words

from .matching import Asked, Two
from .models.staff_profile import DayPart, Gender, Theme

MOST_FAMILIES = 60


def _one_of(label, nothing, choices, **more) -> forms.ChoiceField:
    """One tap of these; the first says that it need not be said."""
    return forms.ChoiceField(
        required=False,
        label=label,
        choices=[("", nothing), *choices],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": CHOOSE},
        **more,
    )


def _some_of(label, choices) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(required=False, label=label, choices=choices, widget=forms.CheckboxSelectMultiple)


class ProfileForm(Words):
    """Of oneself. Nothing is asked that must be said."""

    languages = _some_of(pl("profile.languages", "Which languages do you speak with parents?"), settings.LANGUAGES)
    gender = _one_of(
        pl("profile.gender", "When a parent would rather have a woman or a man: you are"),
        pl("profile.gender.none", "I would rather not say"),
        Gender.choices,
    )
    themes = _some_of(pl("profile.themes", "What do you know well?"), Theme.choices)
    hours = _some_of(pl("profile.hours", "When can parents usually reach you?"), DayPart.choices)
    most_families = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_FAMILIES,
        label=pl("profile.most", "How many families can you carry at most?"),
        help_text=pl(
            "profile.most.hint", "Nobody proposes you for one more then. Nobody reads why. Empty: you set no limit."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


class AskedForm(Words):
    """What she would rather have. Each is one tap, none has to be, and nothing of it is kept."""

    gender = _one_of(pl("asked.gender", "Rather a woman or a man?"), pl("asked.any", "No matter"), Gender.choices)
    theme = _one_of(pl("asked.theme", "What is it about?"), pl("asked.theme.none", "I need not say"), Theme.choices)
    hours = _one_of(pl("asked.hours", "When are you best reached?"), pl("asked.any", "No matter"), DayPart.choices)

    def asked(self) -> Asked:
        """What stands in it; a value that is no choice counts as not said."""
        return Asked(**self.cleaned_data) if self.is_valid() else Asked()


class ContactPersonForm(Words):
    """One of the two that were proposed."""

    staff = forms.ChoiceField(
        label=pl("around.choose.who", "Who would you like?"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(self, *args, two: Two, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = [(one.staff_id, one.name) for one in two.matches]
