"""How often, in what way, by whom, and when something happened."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import pgettext_lazy as pl

from outreach.facts import Facts
from outreach.quiet import MIDNIGHT
from outreach.vocabulary import BY_HAND, SENDINGS, Channel, Kind
from outreach.wall_clock import moment_of
from people.own_words import in_our_words
from people.vocabulary import AroundEvents, Rhythm, WhoMay

from .part import PartForm

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


class WaysForm(PartForm):
    """The order of the ways, changed by one tap at a time: put a way on, off, or one higher."""

    part = "ways"
    on = forms.ChoiceField(choices=Channel.choices, required=False)
    off = forms.ChoiceField(choices=Channel.choices, required=False)
    up = forms.ChoiceField(choices=Channel.choices, required=False)

    def changes(self) -> dict:
        ways = list(self.needs.channels)
        on, off, up = (self.cleaned_data[name] for name in ("on", "off", "up"))
        if on and on != Channel.IN_APP and on not in ways:
            ways.append(Channel(on))
        if off in ways:
            ways.remove(Channel(off))
        if up in ways[1:]:
            place = ways.index(Channel(up))
            ways[place - 1], ways[place] = ways[place], ways[place - 1]
        return {"channels": tuple(ways)}


class KindsForm(PartForm):
    """A way of its own for one kind of message."""

    part = "kinds"
    AS_ABOVE, ONLY_APP = "", "app"

    def __init__(self, data=None, *, facts: Facts):
        super().__init__(data, facts=facts)
        usual = [
            (self.AS_ABOVE, pl("kinds.as_above", "As chosen above")),
            (self.ONLY_APP, pl("kinds.app", "Only in the app")),
        ]
        for kind in Kind:
            ways = SENDINGS if kind in (Kind.NEWS, Kind.ANSWERS) else (*SENDINGS, *BY_HAND)
            choices = [*usual, *((way.value, way.label) for way in ways)]
            self.fields[kind.value] = forms.ChoiceField(choices=choices, required=False, label=kind.label)
            in_our_words(self.fields[kind.value])
            self.initial[kind.value] = self._now(kind)

    def _now(self, kind: Kind) -> str:
        if kind not in self.needs.channels_by_kind:
            return self.AS_ABOVE
        ways = self.needs.channels_by_kind[kind]
        return ways[0].value if ways else self.ONLY_APP

    def changes(self) -> dict:
        own: dict[Kind, tuple[Channel, ...]] = {}
        for kind in Kind:
            given = self.cleaned_data[kind.value]
            if given:
                own[kind] = () if given == self.ONLY_APP else (Channel(given),)
        return {"channels_by_kind": own}


class WhoForm(PartForm):
    part = "who"
    who_may = forms.ChoiceField(
        choices=WhoMay.choices,
        widget=forms.RadioSelect,
        label=pl("contact.who", "Who may contact you?"),
    )

    def chosen(self) -> dict:
        return {"who_may": self.needs.who_may.value}

    def changes(self) -> dict:
        return {"who_may": WhoMay(self.cleaned_data["who_may"])}


class EventsForm(PartForm):
    part = "events"
    around_events = forms.ChoiceField(
        choices=[("", pl("around_events.as_rhythm", "As I chose above")), *AroundEvents.choices],
        required=False,
        widget=forms.RadioSelect,
        label=pl("contact.events", "And when something happened?"),
    )

    def chosen(self) -> dict:
        return {"around_events": self.needs.around_events.value if self.needs.around_events else ""}

    def changes(self) -> dict:
        given = self.cleaned_data["around_events"]
        return {"around_events": AroundEvents(given) if given else None}
