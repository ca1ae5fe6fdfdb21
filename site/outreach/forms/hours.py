"""When not: quiet hours, quiet days, and days that are hard."""

from django import forms
from django.utils.translation import pgettext_lazy as pl

from outreach.quiet import MIDNIGHT
from outreach.vocabulary import WEEKDAYS
from outreach.wish import HardDay, QuietHours

from .part import PartForm

BOTH_TIMES = pl("quiet.both", "Write both times, or leave both empty.")


def _time(label) -> forms.TimeField:
    return forms.TimeField(
        required=False,
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": pl("quiet.time.wrong", "Write a time, for example 20:00.")},
    )


class HoursForm(PartForm):
    """Quiet hours of each day, days that are quiet from morning to night, and other hours for one weekday."""

    part = "hours"
    quiet_from = _time(pl("quiet.from", "Not after"))
    quiet_to = _time(pl("quiet.to", "Again from"))
    days = forms.TypedMultipleChoiceField(
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=pl("quiet.days", "Days on which you want no contact at all"),
    )
    other_day = forms.TypedChoiceField(
        choices=[("", pl("quiet.other_day.none", "No other day")), *WEEKDAYS],
        coerce=int,
        empty_value=None,
        required=False,
        label=pl("quiet.other_day", "Other hours on one day"),
    )
    other_from = _time(pl("quiet.from", "Not after"))
    other_to = _time(pl("quiet.to", "Again from"))

    def chosen(self) -> dict:
        each = next((one for one in self.needs.quiet_hours if one.weekday is None), None)
        return {
            "quiet_from": each.start if each else None,
            "quiet_to": each.end if each else None,
            "days": [one.weekday for one in self.needs.quiet_hours if self._is_whole_day(one)],
        }

    @staticmethod
    def _is_whole_day(one: QuietHours) -> bool:
        return one.weekday is not None and one.start == one.end == MIDNIGHT

    def other_hours(self) -> list[QuietHours]:
        """The hours of single weekdays that stand there now, besides whole days."""
        return [one for one in self.needs.quiet_hours if one.weekday is not None and not self._is_whole_day(one)]

    def clean(self):
        given = super().clean()
        self._both(given, "quiet_from", "quiet_to")
        self._both(given, "other_from", "other_to")
        if given.get("other_day") is not None and given.get("other_from") is None and "other_from" not in self.errors:
            self.add_error("other_from", pl("quiet.other_day.times", "Write the hours for this day too."))
        if given.get("other_day") is None and given.get("other_from") is not None and "other_day" not in self.errors:
            self.add_error("other_day", pl("quiet.other_day.missing", "Choose the day for these hours."))
        return given

    def _both(self, given: dict, first: str, second: str) -> None:
        if first in self.errors or second in self.errors:
            return
        start, end = given.get(first), given.get(second)
        if (start is None) != (end is None):
            self.add_error(second if end is None else first, BOTH_TIMES)
        elif start is not None and start == end:
            self.add_error(second, pl("quiet.same", "Choose two different times."))

    def changes(self) -> dict:
        given = self.cleaned_data
        hours = [QuietHours(MIDNIGHT, MIDNIGHT, day) for day in sorted(given["days"])]
        kept = self.other_hours()
        if given["quiet_from"] is not None:
            hours.insert(0, QuietHours(given["quiet_from"], given["quiet_to"]))
        if given["other_day"] is not None:
            kept = [one for one in kept if one.weekday != given["other_day"]]
            kept.append(QuietHours(given["other_from"], given["other_to"], given["other_day"]))
        return {"quiet_hours": (*hours, *kept)}


class NoOtherHoursForm(PartForm):
    """Takes away the other hours of one weekday."""

    part = "no_other_hours"
    weekday = forms.TypedChoiceField(choices=WEEKDAYS, coerce=int)

    def changes(self) -> dict:
        other = HoursForm(facts=self.facts).other_hours()
        gone = [one for one in other if one.weekday == self.cleaned_data["weekday"]]
        return {"quiet_hours": tuple(one for one in self.needs.quiet_hours if one not in gone)}


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
        others = tuple(one for one in self.needs.hard_days if one != new)
        return {"hard_days": (*others, new)}


class NoHardDayForm(PartForm):
    """Takes one hard day away, by its place in the list."""

    part = "no_hard_day"
    place = forms.IntegerField(min_value=0, max_value=19)

    def changes(self) -> dict:
        place = self.cleaned_data["place"]
        return {"hard_days": tuple(one for number, one in enumerate(self.needs.hard_days) if number != place)}
