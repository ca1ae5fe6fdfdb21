"""When not: quiet hours of each day or of one weekday, and days without any contact. Each form is a part of its own."""

from datetime import time

from django import forms
from django.utils.translation import pgettext_lazy as pl

from outreach.vocabulary import WEEKDAYS
from outreach.week import Span, Week, hours_of, week_of

from .part import PartForm, Pick, TapForm

BOTH_TIMES = pl("quiet.both", "Write both times.")
NIGHT_ENDS = time(8)
# What many choose, so that one tap is enough.
EVENINGS = tuple(time(hour) for hour in (18, 20, 22))


def _time(label) -> forms.TimeField:
    wrong = pl("quiet.time.wrong", "Write a time, for example 20:00.")
    return forms.TimeField(
        required=False,
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": wrong},
    )


class WeekForm(PartForm):
    """One change of the week of quiet hours."""

    fold = "hours"

    def week(self) -> Week:
        return week_of(self.needs.quiet_hours)

    def changed(self) -> Week:
        """The week with what was given."""
        raise NotImplementedError

    def changes(self) -> dict:
        return {"quiet_hours": hours_of(self.changed())}


class EveningForm(WeekForm, TapForm):
    """Not after an hour in the evening, until the morning, on every day that does not differ; or at any hour."""

    part = "evening"
    ANY_HOUR = "any"
    evening = forms.ChoiceField(
        choices=[(ANY_HOUR, pl("quiet.any", "At any hour")), *((one.isoformat("minutes"), "") for one in EVENINGS)],
        label=pl("quiet.evening", "On every day"),
    )

    def _span(self, value: str) -> tuple[Span, ...]:
        return () if value == self.ANY_HOUR else ((time.fromisoformat(value), NIGHT_ENDS),)

    def picks(self) -> list[Pick]:
        usual, picks = self.week().usual, []
        for value, label in self.fields["evening"].choices:
            span = self._span(value)
            picks.append(Pick(value, str(label), span == usual, *(span[0] if span else ())))
        return picks

    def changed(self) -> Week:
        return self.week().with_usual(*self._span(self.cleaned_data["evening"]))


class HoursForm(WeekForm):
    """Hours of one's own choice, for every day or for one weekday, which then differs from the others."""

    part = "hours"
    on_day = forms.TypedChoiceField(
        choices=[("", pl("quiet.every_day", "Every day")), *WEEKDAYS],
        coerce=int,
        empty_value=None,
        required=False,
        label=pl("quiet.on_day", "On which day?"),
    )
    quiet_from = _time(pl("quiet.from", "Not after"))
    quiet_to = _time(pl("quiet.to", "Again from"))

    def clean(self):
        given = super().clean()
        if {"quiet_from", "quiet_to"} & set(self.errors):
            return given
        start, end = given.get("quiet_from"), given.get("quiet_to")
        if start is None or end is None:
            self.add_error("quiet_from" if start is None else "quiet_to", BOTH_TIMES)
        elif start == end:
            self.add_error("quiet_to", pl("quiet.same", "Choose two different times."))
        return given

    def changed(self) -> Week:
        start, end, weekday = (self.cleaned_data[name] for name in ("quiet_from", "quiet_to", "on_day"))
        week = self.week()
        return week.with_usual((start, end)) if weekday is None else week.with_other(weekday, (start, end))


class NoOtherHoursForm(WeekForm):
    """One weekday is like the others again."""

    part = "no_other_hours"
    weekday = forms.TypedChoiceField(choices=WEEKDAYS, coerce=int)

    def changed(self) -> Week:
        return self.week().without_other(self.cleaned_data["weekday"])


class WholeDayForm(WeekForm, TapForm):
    """A weekday without any contact, or no longer: the other of what the page showed, however often it is tapped."""

    part = "whole_day"
    whole_day = forms.TypedChoiceField(
        choices=WEEKDAYS, coerce=int, label=pl("quiet.days", "Days on which you want no contact at all")
    )

    shown = forms.CharField(required=False, max_length=7)

    def chosen(self) -> dict:
        return {"whole_day": sorted(self.week().whole)}

    def carried(self) -> dict:
        return {"shown": "".join(map(str, sorted(self.week().whole)))}

    def changed(self) -> Week:
        week, weekday = self.week(), self.cleaned_data["whole_day"]
        shown = self.cleaned_data["shown"] if "shown" in self.data else self.carried()["shown"]
        return week.without_whole(weekday) if str(weekday) in shown else week.with_whole(weekday)
