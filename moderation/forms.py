"""What the team fills in. What was typed always comes back with a sentence beside it."""

from django import forms
from django.utils.translation import pgettext_lazy as pl

from people.own_words import Words

from .models import Review
from .vocabulary import (
    DECISION_WORDS,
    FOR_HELD,
    FOR_TOLD,
    NOTE_LIMIT,
    WORDS_LIMIT,
    Cause,
    Decision,
    DeclineReason,
)

CHOOSE = {
    "required": pl("decide.choose", "Choose what happens with it."),
    "invalid_choice": pl("decide.choose", "Choose what happens with it."),
}
WHY = pl("reason.needs_reason", "Write down why. A few words are enough.")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto", "autocomplete": "off"})


class DecisionForm(Words):
    """One decision and the words that go with it. Words are needed where someone will read them."""

    decision = forms.ChoiceField(widget=forms.RadioSelect, error_messages=CHOOSE)
    reason = forms.ChoiceField(
        label=pl("decline.which", "The reason, when you do not post it"),
        choices=[("", pl("decline.pick", "Pick a reason")), *DeclineReason.choices],
        required=False,
    )
    words = forms.CharField(max_length=NOTE_LIMIT, required=False, widget=_area(5))

    def __init__(self, *args, review: Review, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [(one.value, one.label) for one in options_of(review)]
        if review.cause != Cause.HELD:
            del self.fields["reason"]

    @property
    def options(self):
        chosen = self["decision"].value()
        return [
            {
                "value": value,
                "label": label,
                "hint": DECISION_WORDS[Decision(value)],
                "checked": value == chosen,
            }
            for value, label in self.fields["decision"].choices
        ]

    def clean(self):
        cleaned = super().clean()
        decision, words = cleaned.get("decision"), (cleaned.get("words") or "").strip()
        if decision == Decision.GIVE_BACK and not words:
            self.add_error("words", pl("decide.note_needed", "Write a kind word. It says what could be different."))
        if decision == Decision.TAKE_AWAY and not words:
            self.add_error("words", WHY)
        if decision == Decision.DECLINE and not cleaned.get("reason"):
            self.add_error("reason", pl("decline.pick", "Pick a reason"))
        if decision == Decision.DECLINE and cleaned.get("reason") == DeclineReason.OTHER and not words:
            self.add_error("words", WHY)
        return cleaned


def options_of(review: Review) -> tuple[Decision, ...]:
    return FOR_HELD if review.cause == Cause.HELD else FOR_TOLD


class TakeAwayForm(Words):
    because = forms.CharField(
        label=pl("take_away.because", "Why? The writer reads this."),
        max_length=WORDS_LIMIT,
        widget=_area(3),
        error_messages={"required": WHY},
    )
