"""What people fill in. Forms check the shape and put it into words; rules and changes are elsewhere."""

from datetime import time

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import npgettext
from django.utils.translation import pgettext_lazy as pl

from moderation.vocabulary import WORDS_LIMIT
from people.direction import in_own_direction
from people.own_words import CalledField, Words, in_our_words
from people.policy import Refused
from people.vocabulary import SENTENCES, Reason

from .actions.invitations import open_by_code
from .actions.names import tidy_name
from .vocabulary import (
    INVITATION_DAYS,
    INVITATION_DAYS_AT_MOST,
    PSEUDONYM_LIMIT,
    SUBJECT_LIMIT,
    TEXT_LIMIT,
    Mode,
    Programme,
)

EMPTY = {"required": pl("reason.empty", "Write a few words first.")}


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def languages() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=pl("invite.language", "Which language would you like?"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )


class MessageForm(Words):
    text = forms.CharField(widget=area(), error_messages=EMPTY, strip=True)
    key = forms.CharField(max_length=64, min_length=8, widget=forms.HiddenInput)
    read_first = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_text(self):
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        over = len(text) - TEXT_LIMIT
        if over > 0:
            raise forms.ValidationError(
                npgettext(
                    "error.toolong",
                    "This is {n} character too long. Make it shorter, or send it in two parts.",
                    "This is {n} characters too long. Make it shorter, or send it in two parts.",
                    over,
                ).format(n=over)
            )
        return text


class AnnounceForm(MessageForm):
    read_first = None
    text = forms.CharField(label=pl("announce.text", "What should everyone know?"), widget=area(), error_messages=EMPTY)


class AgainForm(MessageForm):
    """A returned message, changed; it keeps its own key."""

    key = read_first = None
    text = forms.CharField(label=pl("message.yours", "Your message"), widget=area(6), error_messages=EMPTY)


class DraftForm(Words):
    text = forms.CharField(required=False, max_length=4 * TEXT_LIMIT, strip=False)
    key = forms.CharField(required=False, max_length=64)


class TellForm(Words):
    words = forms.CharField(
        label=pl("report.words", "What should we know?"),
        help_text=pl("report.words.hint", "You may leave this empty."),
        widget=area(),
        required=False,
        max_length=WORDS_LIMIT,
    )


class NameForm(Words):
    """The name in the group, coached: it is looked at for its shape, never for who it might be."""

    pseudonym = forms.CharField(
        label=pl("name.here", "What may we call you here?"),
        help_text=pl("name.here.hint", "Not your real name. Other parents see only this name."),
        max_length=PSEUDONYM_LIMIT,
        error_messages={
            "max_length": pl("name.toolong", "This name is too long. Choose a shorter one."),
        },
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def clean_pseudonym(self):
        try:
            return tidy_name(self.cleaned_data["pseudonym"])
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


class CodeForm(Words):
    code = forms.CharField(
        label=pl("card.code", "The code on your card"),
        help_text=pl("card.code.hint", "Ten letters and figures. Spaces do not matter."),
        max_length=40,
        error_messages={"max_length": SENTENCES[Reason.LINK_USED]},
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters"}),
    )

    def __init__(self, *args, network: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.network = network

    def clean_code(self):
        """Finds the invitation; whatever is wrong with a code, the words are the same."""
        try:
            self.invitation = open_by_code(code=self.cleaned_data["code"], network=self.network)
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        return self.cleaned_data["code"]


class PhoneForm(Words):
    phone = forms.ChoiceField(
        label=pl("phone.question", "Is this phone only yours?"),
        choices=[
            ("shared", pl("phone.shared", "Others use this phone too")),
            ("own", pl("phone.own", "This is my own phone")),
        ],
        initial="shared",
        widget=forms.RadioSelect,
    )


class EntryForm(NameForm):
    """The last step: the name here and the password. Only now is anything kept."""

    password = forms.CharField(
        label=pl("password.choose", "Choose a password"),
        help_text=pl("password.choose.hint", "At least 15 characters. A few words in a row are easy to keep."),
        strip=False,
        widget=forms.TextInput(
            attrs={"dir": "ltr", "autocomplete": "new-password", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    key = forms.CharField(max_length=64, min_length=8, widget=forms.HiddenInput)
    carry = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def clean_password(self):
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]


class RulesForm(Words):
    accepted = forms.BooleanField(
        label=pl("rules.tick", "I have read this and I will keep to it."),
        error_messages={"required": pl("rules.tick.missing", "Tick the box first, please.")},
    )


# --- staff ------------------------------------------------------------------------------------------


class GroupForm(Words):
    key = forms.CharField(max_length=64, min_length=8, required=False, widget=forms.HiddenInput)
    name = CalledField(label=pl("group.name", "Name of the group"), max_length=80)
    programme = forms.ChoiceField(
        label=pl("group.programme", "For whom?"),
        choices=Programme,
        widget=forms.RadioSelect,
    )
    mode = forms.ChoiceField(
        label=pl("group.mode", "When do the others see a message?"),
        choices=Mode,
        initial=Mode.FIRST_READ,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=pl("group.language", "Language of the group"),
        choices=settings.LANGUAGES,
        initial="nl",
        widget=forms.RadioSelect,
    )


class RenameForm(Words):
    name = CalledField(label=pl("group.name", "Name of the group"), max_length=80)


class ModeForm(Words):
    mode = forms.ChoiceField(
        label=pl("group.mode", "When do the others see a message?"), choices=Mode, widget=forms.RadioSelect
    )


class AppointForm(Words):
    person = forms.ChoiceField(label=pl("group.appoint.who", "Who comes to accompany this group?"))

    def __init__(self, *args, people=(), is_full=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.people, self.is_full = {person.pk: person for person in people}, is_full
        self.fields["person"].choices = [(person.pk, person.name) for person in people]

    def clean_person(self):
        """At the cap the page comes back, with who is there already above the choice."""
        if self.is_full:
            raise forms.ValidationError(SENTENCES[Reason.FULL])
        return self.cleaned_data["person"]

    @property
    def chosen(self):
        return self.people[self.cleaned_data["person"]]


class InviteForm(Words):
    key = forms.CharField(max_length=64, min_length=8, widget=forms.HiddenInput)
    for_name = forms.CharField(
        label=pl("invite.for", "Who is it for?"),
        help_text=pl("invite.for.hint", "Only your team sees this."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=pl("invite.card_language", "Language of the card"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )
    days = forms.IntegerField(
        label=pl("invite.days", "How many days may it be used?"),
        min_value=1,
        max_value=INVITATION_DAYS_AT_MOST,
        initial=INVITATION_DAYS,
    )


class ConversationForm(Words):
    key = forms.CharField(max_length=64, min_length=8, required=False, widget=forms.HiddenInput)
    subject = forms.CharField(
        label=pl("conversation.subject", "What is it about?"),
        max_length=SUBJECT_LIMIT,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


def because_field() -> forms.CharField:
    return forms.CharField(
        label=pl("because", "Why? The team can read this later."),
        widget=area(2),
        max_length=1000,
        error_messages={"required": pl("reason.needs_reason", "Write down why. A few words are enough.")},
    )


class BecauseForm(Words):
    because = because_field()


class OtherForm(Words):
    """One of the people whom this facilitator accompanies, by the name in a group. Anyone else is no choice."""

    other = forms.ChoiceField(label=pl("other.who", "Who?"))

    def __init__(self, *args, people=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {one.pk: one for one in people}
        self.fields["other"].choices = [("", ""), *((one.pk, _in_group(one)) for one in people)]

    @property
    def chosen(self):
        return self.people[self.cleaned_data["other"]]


class ApartForm(OtherForm):
    because = because_field()


def _in_group(one) -> str:
    """The name and the group, each in its own direction."""
    return f"{in_own_direction(one.pseudonym)} · {in_own_direction(one.group.name)}"


class HoursForm(Words):
    """When someone of the team reads, one line a day: '9:00-12:00, 13:00-17:00'. Empty: not that day."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for day, label in enumerate(WEEKDAYS):
            self.fields[f"day_{day}"] = forms.CharField(
                label=label, required=False, max_length=60, widget=forms.TextInput(attrs={"dir": "ltr"})
            )
            in_our_words(self.fields[f"day_{day}"])

    def clean(self):
        cleaned = super().clean()
        self.hours = []
        for day in range(7):
            try:
                self.hours += [(day, *span) for span in spans_of(cleaned.get(f"day_{day}") or "")]
            except ValueError:
                self.add_error(f"day_{day}", pl("hours.wrong", "Write it like this: 9:00-12:00, 13:30-17:00."))
        return cleaned


WEEKDAYS = (
    pl("weekday", "Monday"),
    pl("weekday", "Tuesday"),
    pl("weekday", "Wednesday"),
    pl("weekday", "Thursday"),
    pl("weekday", "Friday"),
    pl("weekday", "Saturday"),
    pl("weekday", "Sunday"),
)


def spans_of(line: str) -> list[tuple[time, time]]:
    """'9-12, 13:30-17' as pairs of times; raises ValueError for anything else."""
    spans = []
    for part in filter(None, (piece.strip() for piece in line.replace("–", "-").split(","))):
        begins, ends = (_time(piece) for piece in part.split("-"))
        if begins >= ends:
            raise ValueError(part)
        spans.append((begins, ends))
    return spans


def _time(text: str) -> time:
    hours, _, minutes = text.strip().replace(".", ":").partition(":")
    return time(int(hours), int(minutes or 0))
