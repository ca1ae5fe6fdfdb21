"""What the team fills in around a round. Forms check the shape and put it into words; the wish decides elsewhere."""

from django import forms
from django.utils.translation import pgettext_lazy as pl

from people.own_words import Words

from .actions.rounds import NOTE_LIMIT, TITLE_LIMIT
from .models.contact_moment import MomentOutcome
from .models.occasion import OccasionKind
from .vocabulary import Channel

REQUIRED = {"required": pl("error.required", "Please fill this in.")}
CHOOSE = {"required": pl("round.choose", "Choose one."), "invalid_choice": pl("round.choose", "Choose one.")}


class RoundForm(Words):
    """`circles` are those of the one who starts; without a tick all whom she accompanies are meant."""

    key = forms.CharField(max_length=64, min_length=8, required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=pl("round.kind", "What happened?"),
        choices=OccasionKind.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    day = forms.DateField(
        label=pl("round.day", "On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={**REQUIRED, "invalid": pl("rhythm.quiet.day.wrong", "Choose a day in the calendar.")},
    )
    title = forms.CharField(
        label=pl("round.title", "A short name for the team"),
        help_text=pl("round.title.hint", "Neutral, without names of parents. No parent reads it."),
        max_length=TITLE_LIMIT,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages=REQUIRED,
    )
    circles = forms.MultipleChoiceField(
        required=False,
        label=pl("round.circles", "For whom?"),
        help_text=pl("round.circles.hint", "Tick nothing to include everyone you accompany."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data=None, *, circles=(), **more):
        super().__init__(data, **more)
        self.fields["circles"].choices = [(one.id, one.name) for one in circles]
        if not circles:
            del self.fields["circles"]


class LineForm(Words):
    lead = forms.ChoiceField(
        label=pl("round.lead", "Who reaches out?"), widget=forms.RadioSelect, error_messages=CHOOSE
    )
    way = forms.ChoiceField(
        required=False,
        label=pl("round.way", "In what way?"),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    def __init__(self, data=None, *, leads, ways, **more):
        super().__init__(data, **more)
        self.fields["lead"].choices = leads
        self.fields["way"].choices = [
            ("", pl("round.way.wish", "As the parent’s own order has it")),
            *((way.value, way.label) for way in ways),
        ]

    @property
    def chosen_way(self) -> Channel | None:
        return Channel(self.cleaned_data["way"]) if self.cleaned_data["way"] else None


class OutcomeForm(Words):
    outcome = forms.ChoiceField(choices=MomentOutcome.choices, error_messages=CHOOSE)


class HandOverForm(Words):
    lead = forms.ChoiceField(
        label=pl("round.hand_over.from", "Whose part?"), widget=forms.RadioSelect, error_messages=CHOOSE
    )
    to = forms.ChoiceField(
        label=pl("round.hand_over.to", "Who takes it?"), widget=forms.RadioSelect, error_messages=CHOOSE
    )

    def __init__(self, data=None, *, leads, colleagues, **more):
        super().__init__(data, **more)
        self.fields["lead"].choices, self.fields["to"].choices = leads, colleagues

    def clean(self):
        given = super().clean()
        if given.get("lead") and given.get("lead") == given.get("to"):
            self.add_error("to", pl("round.hand_over.same", "Choose someone else."))
        return given


class CloseRoundForm(Words):
    note = forms.CharField(
        required=False,
        label=pl("round.close.note", "Looking back, in a few words"),
        help_text=pl("round.close.note.hint", "For the team. No names of parents."),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
