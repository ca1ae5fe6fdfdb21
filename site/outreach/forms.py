"""The wish as a parent fills it in. What does not fit comes back with a sentence; nothing that was chosen is lost."""

from datetime import time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import pgettext_lazy as pl

from people.models import ContactNeeds
from people.own_words import Words
from people.vocabulary import Rhythm

from .facts import Facts
from .vocabulary import Channel
from .wall_clock import moment_of, zone_named
from .wish import QuietHours

ICONS = {rhythm: f"rhythm-{rhythm.value}" for rhythm in Rhythm}
HINTS = {
    Rhythm.OFTEN: pl("rhythm.often.hint", "Every week, when there is something new"),
    Rhythm.SOMETIMES: pl("rhythm.sometimes.hint", "About once a month"),
    Rhythm.MATTERS: pl("rhythm.matters.hint", "When something really changes"),
    Rhythm.MINE: pl("rhythm.mine.hint", "We wait for you"),
    Rhythm.QUIET: pl("rhythm.quiet.hint", "Until a day you choose, or until you say so"),
}
BOTH_TIMES = pl("quiet.both", "Write both times, or leave both empty.")
MIDNIGHT = time(0)
MOST_DAYS = 366


class NeedsForm(Words):
    """`facts` is the person as the door knows them; `wish` what was chosen before, if anything was."""

    rhythm = forms.ChoiceField(
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": pl("rhythm.missing", "Choose how much contact you want."),
            "invalid_choice": pl("rhythm.missing", "Choose how much contact you want."),
        },
    )
    quiet_day = forms.DateField(
        required=False,
        label=pl("rhythm.quiet.day", "Quiet until which day?"),
        help_text=pl("rhythm.quiet.day.hint", "Leave this empty if you want quiet until you say so."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": pl("rhythm.quiet.day.wrong", "Choose a day in the calendar.")},
    )
    by_email = forms.BooleanField(required=False, label=pl("needs.by_email", "Also by e-mail, without name or content"))
    quiet_from = forms.TimeField(
        required=False,
        label=pl("quiet.from", "Not after"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": pl("quiet.time.wrong", "Write a time, for example 20:00.")},
    )
    quiet_to = forms.TimeField(
        required=False,
        label=pl("quiet.to", "Again from"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": pl("quiet.time.wrong", "Write a time, for example 20:00.")},
    )

    def __init__(self, data=None, *, facts: Facts, wish: ContactNeeds | None):
        self.facts, self.zone = facts, zone_named(facts.needs.time_zone)
        super().__init__(data, initial=self._chosen(facts, wish))
        today = timezone.now().astimezone(self.zone).date()
        self.first_day, self.last_day = today + timedelta(days=1), today + timedelta(days=MOST_DAYS)
        self.fields["quiet_day"].widget.attrs |= {
            "min": self.first_day.isoformat(),
            "max": self.last_day.isoformat(),
        }
        if not facts.address:
            del self.fields["by_email"]

    def _chosen(self, facts: Facts, wish: ContactNeeds | None) -> dict:
        if wish is None:
            return {}
        now, needs = timezone.now(), facts.needs
        rhythm = needs.rhythm_at(now)
        until = needs.quiet_until if rhythm == Rhythm.QUIET else None
        return {
            "rhythm": rhythm.value,
            "quiet_day": until.astimezone(self.zone).date() if until else None,
            "by_email": Channel.EMAIL in needs.channels,
            "quiet_from": needs.quiet_hours[0].start if needs.quiet_hours else None,
            "quiet_to": needs.quiet_hours[0].end if needs.quiet_hours else None,
        }

    def rhythms(self) -> list[dict]:
        """The choices with their drawings, the last one on a line of its own."""
        chosen = self["rhythm"].value()
        return [
            {
                "value": rhythm.value,
                "label": rhythm.label,
                "hint": HINTS[rhythm],
                "icon": ICONS[rhythm],
                "checked": chosen == rhythm.value,
                "line": rhythm == Rhythm.QUIET,
            }
            for rhythm in Rhythm
        ]

    def clean_quiet_day(self):
        day = self.cleaned_data["quiet_day"]
        if day and not self.first_day <= day <= self.last_day:
            raise forms.ValidationError(
                pl("rhythm.quiet.day.past", "Choose a day from tomorrow on, at most a year away.")
            )
        return day

    def clean(self):
        given = super().clean()
        start, end = given.get("quiet_from"), given.get("quiet_to")
        if "quiet_from" not in self.errors and "quiet_to" not in self.errors:
            if (start is None) != (end is None):
                self.add_error("quiet_to" if end is None else "quiet_from", BOTH_TIMES)
            elif start is not None and start == end:
                self.add_error("quiet_to", pl("quiet.same", "Choose two different times."))
        if given.get("quiet_day") and given.get("rhythm") not in (None, Rhythm.QUIET):
            self.add_error(
                "quiet_day",
                pl("rhythm.quiet.day.alone", "Choose ‘Some quiet for now’ too, or leave this day empty."),
            )
        return given

    def wish(self) -> dict:
        """What the action takes."""
        given = self.cleaned_data
        day = given["quiet_day"]
        return {
            "rhythm": Rhythm(given["rhythm"]),
            "quiet_until": moment_of(day, MIDNIGHT, self.zone, last=True) if day else None,
            "channels": (Channel("email"),) if given.get("by_email") else (),
            "quiet_hours": (QuietHours(given["quiet_from"], given["quiet_to"]),) if given["quiet_from"] else (),
        }
