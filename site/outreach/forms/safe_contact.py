"""How to reach a parent without harm, in her own words; and the question to be contacted."""

from django import forms
from django.utils.translation import pgettext_lazy as pl

from outreach.models import SafeContact
from outreach.models.safe_contact import IfSomeoneElse
from outreach.phone_numbers import PhoneNumberField
from outreach.vocabulary import Channel
from people.own_words import Words

SHORT, LONG = 80, 300


class SafeContactForm(Words):
    """The card. Nothing on it is asked for; an empty card means that nobody calls, visits or writes."""

    phone = PhoneNumberField(required=False, label=pl("safe.phone", "Phone number"))
    may_text = forms.BooleanField(required=False, label=pl("safe.may_text", "A text message may come here too"))
    hours = forms.CharField(
        required=False,
        max_length=SHORT,
        label=pl("safe.hours", "When calling goes well"),
        help_text=pl("safe.hours.hint", "For example: in the morning, when the children are at school."),
    )
    if_someone_else = forms.ChoiceField(
        choices=IfSomeoneElse.choices,
        initial=IfSomeoneElse.HANG_UP,
        widget=forms.RadioSelect,
        label=pl("safe.else", "If someone else picks up"),
    )
    may_leave_message = forms.BooleanField(
        required=False, label=pl("safe.voicemail", "You may leave a message on the voicemail")
    )
    say_from = forms.CharField(
        required=False,
        max_length=SHORT,
        label=pl("safe.from", "When we call, we say we are from"),
        help_text=pl("safe.from.hint", "For example: from the school. Empty: we say only our first name."),
    )
    code_word = forms.CharField(
        required=False,
        max_length=SHORT,
        label=pl("safe.code", "Code word"),
        help_text=pl("safe.code.hint", "When you say this, we know that you cannot talk freely, and stop."),
    )
    address = forms.CharField(
        required=False,
        max_length=LONG,
        label=pl("safe.address", "Address"),
        help_text=pl("safe.address.hint", "Only for a visit or a letter, when you choose those."),
    )

    def __init__(self, data=None, *, card: SafeContact | None):
        super().__init__(data, initial={name: getattr(card, name) for name in self.base_fields} if card else None)

    def clean(self):
        given = super().clean()
        if given.get("may_text") and not given.get("phone") and "phone" not in self.errors:
            self.add_error("phone", pl("safe.phone.missing", "Write the number for text messages."))
        return given

    def filled(self) -> dict:
        """What was written now, where the card is written anew by the team: what was left empty stays as it was."""
        given = self.cleaned_data
        asked_again = ("may_text", "may_leave_message", "if_someone_else") if given["phone"] else ()
        written = {name: value for name, value in given.items() if isinstance(value, str) and value}
        written.pop("if_someone_else", None)
        return written | {name: given[name] for name in asked_again}


class AskForm(Words):
    """'Please contact me.' `ways` are those that exist for this person."""

    way = forms.ChoiceField(widget=forms.RadioSelect, label=pl("ask.how", "How would you like it?"))

    def __init__(self, data=None, *, ways: list[Channel]):
        super().__init__(data)
        self.fields["way"].choices = [(way.value, way.label) for way in ways]
