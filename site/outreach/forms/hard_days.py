"""Days that are hard, once or every year."""

from dataclasses import replace

from django import forms
from django.utils.translation import pgettext_lazy as pl

from outreach.wish import HardDay

from .part import PartForm


class HardDayForm(PartForm):
    """One more day that is hard."""

    part = "hard_day"
    day = forms.DateField(
        label=pl("hard_day.day", "Which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": pl("rhythm.quiet.day.wrong", "Choose a day in the calendar."),
            "invalid": pl("rhythm.quiet.day.wrong", "Choose a day in the calendar."),
        },
    )
    yearly = forms.BooleanField(required=False, initial=True, label=pl("hard_day.yearly", "Every year"))
    reach_out = forms.ChoiceField(
        choices=[
            ("no", pl("hard_day.leave", "Leave me be on that day")),
            ("yes", pl("hard_day.reach", "Do think of me")),
        ],
        initial="no",
        widget=forms.RadioSelect,
        label=pl("hard_day.wish", "What would you like?"),
    )
    own_words = forms.CharField(
        required=False,
        max_length=120,
        strip=True,
        label=pl("hard_day.words", "A word for yourself"),
        help_text=pl("hard_day.words.hint", "For example ‘birthday’. Your team can read it."),
        error_messages={"max_length": pl("hard_day.words.long", "Make it shorter: at most 120 signs.")},
    )

    def clean(self):
        given = super().clean()
        if len(self.needs.hard_days) >= 20:
            self.add_error("day", pl("hard_day.many", "There are twenty already. Take one away first."))
        return given

    def changes(self) -> dict:
        given = self.cleaned_data
        new = HardDay(given["day"], given["yearly"], given["reach_out"] == "yes", given["own_words"])
        others = tuple(one for one in self.needs.hard_days if one.key != new.key)
        return {"hard_days": (*others, new)}


class OneHardDayForm(PartForm):
    """Something about one of the days that stand there; an old page, or a tap that comes twice, means no other."""

    fold = "hard_day"
    which = forms.CharField(max_length=22)

    def with_it(self, one: HardDay) -> tuple[HardDay, ...]:
        """What becomes of this day."""
        raise NotImplementedError

    def changes(self) -> dict:
        which = self.cleaned_data["which"]
        became = (self.with_it(one) if one.key == which else (one,) for one in self.needs.hard_days)
        return {"hard_days": tuple(day for days in became for day in days)}


class NoHardDayForm(OneHardDayForm):
    """Takes it away."""

    part = "no_hard_day"

    def with_it(self, one: HardDay) -> tuple[HardDay, ...]:
        return ()


class TurnHardDayForm(OneHardDayForm):
    """'Leave me be' becomes 'do think of me', or the other way round."""

    part = "turn_hard_day"
    reach_out = forms.ChoiceField(choices=[("no", "no"), ("yes", "yes")])

    def with_it(self, one: HardDay) -> tuple[HardDay, ...]:
        return (replace(one, reach_out=self.cleaned_data["reach_out"] == "yes"),)
