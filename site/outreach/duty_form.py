"""One duty shift as it is filled in: a day, two times, and who, where one may choose that."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import pgettext_lazy as pl

from people.own_words import CHOOSE, Words
from people.vocabulary import SENTENCES

from .duty import MOST_DAYS, in_the_way, today
from .wall_clock import moment_of, zone_named


def _time(label) -> forms.TimeField:
    wrong = pl("quiet.time.wrong", "Write a time, for example 20:00.")
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": wrong, "invalid": wrong},
    )


class DutyForm(Words):
    """`could`: whom one may put on duty, as (id, name). Where that is only oneself, it is not asked. What the action
    would refuse is said beside the field, so that nothing is typed twice."""

    staff = forms.ChoiceField(
        label=pl("duty.who", "Who?"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    day = forms.DateField(
        label=pl("hard_day.day", "Which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": pl("moment.day.wrong", "Choose a day in the calendar."),
            "invalid": pl("moment.day.wrong", "Choose a day in the calendar."),
        },
    )
    begins = _time(pl("duty.begins", "From"))
    ends = _time(pl("duty.ends", "Until"))

    def __init__(self, *args, team_id: str, could, me: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.team_id, self.me, self.first_day = team_id, me, today()
        self.last_day = self.first_day + timedelta(days=MOST_DAYS)
        self.fields["day"].widget.attrs |= {"min": self.first_day.isoformat(), "max": self.last_day.isoformat()}
        self.fields["staff"].choices = could
        if [one for one, _ in could] == [me]:
            del self.fields["staff"]

    def clean_day(self):
        day = self.cleaned_data["day"]
        if not self.first_day <= day <= self.last_day:
            raise forms.ValidationError(pl("duty.day.range", "Choose today or a day that comes."))
        return day

    def clean(self):
        given = super().clean()
        if self.errors:
            return given
        shift = self.shift()
        if shift["starts_at"] >= shift["ends_at"]:
            self.add_error("ends", pl("duty.ends.first", "The end comes after the beginning, on the same day."))
        elif shift["ends_at"] <= timezone.now():
            self.add_error("ends", pl("duty.past", "These hours are over."))
        elif reason := in_the_way(self.team_id, **shift):
            self.add_error("begins", SENTENCES[reason])
        return given

    def shift(self) -> dict:
        """What the action takes, on the clock of the portal."""
        given, zone = self.cleaned_data, zone_named(settings.TIME_ZONE)
        return {
            "staff_id": given.get("staff") or self.me,
            "starts_at": moment_of(given["day"], given["begins"], zone, last=True),
            "ends_at": moment_of(given["day"], given["ends"], zone),
        }
