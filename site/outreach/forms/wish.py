"""How often, by whom, and when something happened."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import pgettext_lazy as pl

from outreach.facts import Facts
from outreach.quiet import MIDNIGHT
from outreach.wall_clock import moment_of
from people.vocabulary import AroundEvents, Rhythm, WhoMay

from .part import PartForm, TapForm

ICONS = {rhythm: f"rhythm-{rhythm.value}" for rhythm in Rhythm}
HINTS = {
    Rhythm.OFTEN: pl("rhythm.often.hint", "Every week, when there is something new"),
    Rhythm.SOMETIMES: pl("rhythm.sometimes.hint", "About once a month"),
    Rhythm.MATTERS: pl("rhythm.matters.hint", "When something really changes"),
    Rhythm.MINE: pl("rhythm.mine.hint", "We wait for you"),
    Rhythm.QUIET: pl("rhythm.quiet.hint", "Until a day you choose, or until you say so"),
}
MOST_DAYS = 366


class RhythmForm(PartForm):
    """How often, and quiet until when."""

    part = "rhythm"
    rhythm = forms.ChoiceField(
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), pl("rhythm.missing", "Choose how much contact you want.")
        ),
    )
    quiet_day = forms.DateField(
        required=False,
        label=pl("rhythm.quiet.day", "Quiet until which day?"),
        help_text=pl("rhythm.quiet.day.hint", "Leave this empty if you want quiet until you say so."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": pl("rhythm.quiet.day.wrong", "Choose a day in the calendar.")},
    )

    def __init__(self, data=None, *, facts: Facts):
        super().__init__(data, facts=facts)
        today = timezone.now().astimezone(self.zone).date()
        self.first_day, self.last_day = today + timedelta(days=1), today + timedelta(days=MOST_DAYS)
        self.fields["quiet_day"].widget.attrs |= {
            "min": self.first_day.isoformat(),
            "max": self.last_day.isoformat(),
        }

    def chosen(self) -> dict:
        if not self.facts.has_chosen:
            return {}
        rhythm = self.needs.rhythm_at(timezone.now())
        until = self.needs.quiet_until if rhythm == Rhythm.QUIET else None
        return {"rhythm": rhythm.value, "quiet_day": until.astimezone(self.zone).date() if until else None}

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
        if day and day != self.initial.get("quiet_day") and not self.first_day <= day <= self.last_day:
            raise forms.ValidationError(
                pl("rhythm.quiet.day.past", "Choose a day from tomorrow on, at most a year away.")
            )
        return day

    def clean(self):
        given = super().clean()
        if given.get("rhythm") not in (None, Rhythm.QUIET) and given.get("quiet_day") == self.initial.get("quiet_day"):
            given["quiet_day"] = None  # the day of the pause that she lifts: nobody typed it now
        if given.get("quiet_day") and given.get("rhythm") not in (None, Rhythm.QUIET):
            self.add_error(
                "quiet_day",
                pl("rhythm.quiet.day.alone", "Choose ‘Some quiet for now’ too, or leave this day empty."),
            )
        return given

    def changes(self) -> dict:
        day = self.cleaned_data["quiet_day"]
        until = moment_of(day, MIDNIGHT, self.zone, last=True) if day else None
        return {"rhythm": Rhythm(self.cleaned_data["rhythm"]), "quiet_until": until}


class QuietForForm(TapForm):
    """Some quiet from now on, with an end that needs no calendar."""

    part = "quiet_for"
    fold = "rhythm"
    days = forms.TypedChoiceField(
        choices=[(7, pl("quiet_for.week", "A week of quiet")), (30, pl("quiet_for.month", "A month of quiet"))],
        coerce=int,
        label=pl("quiet_for", "Or in one tap"),
    )

    def changes(self) -> dict:
        day = timezone.now().astimezone(self.zone).date() + timedelta(days=self.cleaned_data["days"])
        return {"rhythm": Rhythm.QUIET, "quiet_until": moment_of(day, MIDNIGHT, self.zone, last=True)}


class WhoForm(TapForm):
    part = "who"
    who_may = forms.ChoiceField(
        choices=WhoMay.choices,
        label=pl("contact.who", "Who may contact you?"),
    )

    def chosen(self) -> dict:
        return {"who_may": self.needs.who_may.value}

    def changes(self) -> dict:
        return {"who_may": WhoMay(self.cleaned_data["who_may"])}


class EventsForm(TapForm):
    part = "events"
    AS_RHYTHM = "as_rhythm"
    around_events = forms.ChoiceField(
        choices=[(AS_RHYTHM, pl("around_events.as_rhythm", "As I chose above")), *AroundEvents.choices],
        label=pl("contact.events", "And when something happened?"),
    )

    def chosen(self) -> dict:
        return {"around_events": self.needs.around_events.value if self.needs.around_events else self.AS_RHYTHM}

    def changes(self) -> dict:
        given = self.cleaned_data["around_events"]
        return {"around_events": None if given == self.AS_RHYTHM else AroundEvents(given)}
