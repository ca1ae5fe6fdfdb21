"""What staff fill in about a parent. Short by intent: facts for the next contact, no file."""

from datetime import datetime, time, timedelta

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import pgettext_lazy as pl

from people.own_words import Words

from .models.contact_moment import How, MomentOutcome
from .wall_clock import DAY, moment_of, zone_named

NOTE_LIMIT = 500
MOST_DAYS_AGO = 60
NOON = time(12)
MIDNIGHT = time(0)
MOST_DAYS_AHEAD = 400
CHOOSE = {
    "required": pl("error.choose", "Choose one."),
    "invalid_choice": pl("error.choose", "Choose one."),
}


class MomentForm(Words):
    """A contact, or a try. The note is read by the parent too, unless that is taken off."""

    how = forms.ChoiceField(
        label=pl("moment.how", "In what way?"), choices=How, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    outcome = forms.ChoiceField(
        label=pl("moment.outcome", "How did it go?"),
        choices=MomentOutcome,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    day = forms.DateField(
        label=pl("moment.day", "On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": pl("moment.day.wrong", "Choose a day in the calendar."),
            "invalid": pl("moment.day.wrong", "Choose a day in the calendar."),
        },
    )
    note = forms.CharField(
        required=False,
        max_length=NOTE_LIMIT,
        label=pl("moment.note", "A short fact"),
        help_text=pl("moment.note.hint", "What the next one needs to know. What happened, no judgement."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"max_length": pl("moment.note.long", "Keep it short: at most 500 characters.")},
    )
    parent_may_read = forms.BooleanField(
        required=False, initial=True, label=pl("moment.readable", "The parent may read this")
    )
    key = forms.CharField(max_length=64, min_length=8, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate()
        self.first_day = self.today - timedelta(days=MOST_DAYS_AGO)
        self.fields["day"].initial = self.today
        self.fields["day"].widget.attrs |= {"min": self.first_day.isoformat(), "max": self.today.isoformat()}

    def clean_day(self):
        day = self.cleaned_data["day"]
        if not self.first_day <= day <= self.today:
            raise forms.ValidationError(pl("moment.day.range", "Choose today, or a day of the last two months."))
        return day

    def moment(self) -> dict:
        """What the action takes. A day that is past counts from its noon."""
        given = self.cleaned_data
        now = timezone.now()
        noon = timezone.make_aware(datetime.combine(given["day"], NOON))
        return {
            "how": How(given["how"]),
            "outcome": MomentOutcome(given["outcome"]),
            "at": now if given["day"] == self.today else noon,
            "note": given["note"],
            "parent_may_read": given["parent_may_read"],
        }


class CorrectionForm(MomentForm):
    """The same, of a moment that stands there. Its own day stays possible, however long ago it is."""

    def __init__(self, *args, moment, **kwargs):
        was = {"how": moment.how, "outcome": moment.outcome, "note": moment.note}
        was |= {"day": timezone.localdate(moment.at), "parent_may_read": moment.parent_may_read}
        super().__init__(*args, initial=was | kwargs.pop("initial", {}), **kwargs)
        del self.fields["key"]  # put right twice, it is as right as once
        self.was_at = moment.at
        self.first_day = min(self.first_day, was["day"])
        self.fields["day"].widget.attrs["min"] = self.first_day.isoformat()

    def moment(self) -> dict:
        """What the action takes; on the same day it was the same hour."""
        given = super().moment()
        if self.cleaned_data["day"] == timezone.localdate(self.was_at):
            given["at"] = self.was_at
        return given


class AddAroundForm(Words):
    """Whom to ask her about; in a full house, also who makes place. Anyone else is no choice. Who has no account is
    asked by the team, and says yes before it is written down.
    """

    staff = forms.ChoiceField(
        label=pl("around.add.who", "Who could come?"), widget=forms.RadioSelect, error_messages=CHOOSE
    )
    instead_of = forms.ChoiceField(
        label=pl("around.add.instead", "Who makes room?"),
        help_text=pl("around.add.instead.hint", "All places of this family are taken. One more means: one less."),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    said_yes = forms.BooleanField(
        label=pl("around.add.yes", "The parent said yes, on the phone or at the door"),
        error_messages={"required": pl("around.add.yes.first", "Ask the parent first.")},
    )

    def __init__(self, *args, shown, reads_here, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = [(one.pk, one.name) for one in shown.could_come]
        if reads_here:
            del self.fields["said_yes"]
        if shown.is_full:
            self.fields["instead_of"].choices = [(one.id, one.name) for one in shown.can_make_place]
        else:
            del self.fields["instead_of"]


class TakeOverForm(Words):
    """Who takes over from a colleague who stopped."""

    staff = forms.ChoiceField(
        label=pl("take_over.who", "Who of the team?"),
        help_text=pl("take_over.order", "Who speaks their language and has room stands first."),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    def __init__(self, *args, could, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = [(one.staff_id, one.name) for one in could]


def _day(label, **more) -> forms.DateField:
    wrong = pl("moment.day.wrong", "Choose a day in the calendar.")
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": wrong, "invalid": wrong},
        **more,
    )


class LeaveForm(Words):
    """From the first day to the last, both whole days on the clock of the portal."""

    first_day = _day(pl("leave.first", "First day away"))
    last_day = _day(pl("leave.last", "Last day away"))

    def clean(self):
        given = super().clean()
        first, last, today = given.get("first_day"), given.get("last_day"), timezone.localdate()
        if not first or not last:
            return given
        if last < first or last < today or (last - today).days > MOST_DAYS_AHEAD:
            self.add_error("last_day", pl("leave.range", "The last day lies ahead, and not before the first."))
        return given

    def span(self) -> dict:
        zone = zone_named(settings.TIME_ZONE)
        return {
            "starts_at": moment_of(self.cleaned_data["first_day"], MIDNIGHT, zone),
            "ends_at": moment_of(self.cleaned_data["last_day"] + DAY, MIDNIGHT, zone),
        }


class SoonerForm(Words):
    """An earlier last day of an absence. Not before today: who is back already takes it back."""

    last_day = _day(pl("leave.last", "Last day away"))

    def __init__(self, *args, leave, **kwargs):
        super().__init__(*args, **kwargs)
        self.leave = leave
        self.fields["last_day"].initial = timezone.localdate(leave.ends_at) - DAY

    def clean_last_day(self):
        last = self.cleaned_data["last_day"]
        first = max(timezone.localdate(), timezone.localdate(self.leave.starts_at))
        if not first <= last < timezone.localdate(self.leave.ends_at) - DAY:
            raise forms.ValidationError(pl("leave.sooner.range", "Choose a day from today that is sooner than before."))
        return last

    def end(self) -> datetime:
        return moment_of(self.cleaned_data["last_day"] + DAY, MIDNIGHT, zone_named(settings.TIME_ZONE))


class StandInForm(Words):
    """Who may stand in while the contact person is away; nobody is a choice as well."""

    staff = forms.ChoiceField(
        required=False,
        label=pl("stand_in.who", "Who may contact you meanwhile?"),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    def __init__(self, *args, absence, **kwargs):
        super().__init__(*args, **kwargs)
        nobody = ("", pl("stand_in.nobody", "Nobody instead"))
        self.fields["staff"].choices = [*(absence.could if absence else ()), nobody]
