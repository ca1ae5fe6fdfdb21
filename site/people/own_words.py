"""The form every form of ours is made from: what is wrong is said in our own words, never in those of the framework.

A field that has a sentence of its own keeps it. The browser is asked to check nothing itself.
"""

import re
import unicodedata
from functools import cache

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy as pl

from .vocabulary import SENTENCES, Reason

REQUIRED = pl("error.required", "Please fill this in.")
CHOOSE = pl("error.choose", "Choose one of these.")
TOO_LONG = SENTENCES[Reason.TOO_LONG]
STRANGE_SIGN = pl("error.sign", "There is a sign in this that we cannot keep. Type it once more.")
STARTED_ANEW = pl("error.anew", "Something of this page got lost. Send it once more.")
EMAIL_WRONG = pl("email.wrong", "This does not look like an e-mail address.")
SIGN = "null_characters_not_allowed"
NUMBER = pl("error.number", "Write a number from {least} to {most}.")


# Signs that leave no trace on a screen and are no control signs: joiners, fillers, choosers of a variant, and the
# empty cell of Braille. With one of them a name looks like that of another, or like none.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


# A letter of any script carries a few marks, the Arabic one three; who piles them up writes over what stands around.
MOST_MARKS = 4


@cache
def _piled() -> re.Pattern[str]:
    """Marks upon one letter, beyond those that it carries; signs without width between them change nothing."""
    marks = "".join(sign for sign in map(chr, range(0x20000)) if unicodedata.category(sign) in ("Mn", "Me"))
    mark, unseen = f"[{marks}]", "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
    return re.compile(f"({mark}(?:{unseen}{mark}){{{MOST_MARKS - 1}}})(?:{unseen}{mark})+")


def few_marks(text: str) -> str:
    """The same words, no letter with more marks than a letter has."""
    return text if text.isascii() else _piled().sub(r"\1", text)


def one_line(text: str) -> str:
    """What someone or something is called: one line, without marks that nobody sees or that turn what stands beside."""
    shown = "".join(" " if sign.isspace() else sign for sign in _UNSEEN.sub("", unicodedata.normalize("NFC", text)))
    return few_marks(" ".join("".join(sign for sign in shown if unicodedata.category(sign)[0] != "C").split()))


class CalledField(forms.CharField):
    """The name of a person, a group or an organisation."""

    def clean(self, value):
        called = one_line(super().clean(value))
        if self.required and not called:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return called


class Words(forms.Form):
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            in_our_words(field)


def in_our_words(field: forms.Field) -> None:
    stock = stock_messages(type(field))
    for code, said in sentences(field).items():
        if field.error_messages.get(code) in (None, stock.get(code)):
            field.error_messages[code] = said


def stock_messages(kind: type[forms.Field]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        found.update(getattr(one, "default_error_messages", {}))
    return found


def sentences(field: forms.Field) -> dict[str, str]:
    """By the codes of the framework, what each mistake is called here."""
    if isinstance(field.widget, forms.HiddenInput):
        return dict.fromkeys(("required", "min_length", "max_length", "invalid", SIGN), STARTED_ANEW)
    said = {"required": REQUIRED, "max_length": TOO_LONG, SIGN: STRANGE_SIGN}
    if isinstance(field, forms.ChoiceField):
        said |= {"required": CHOOSE, "invalid_choice": CHOOSE}
    elif isinstance(field, forms.EmailField):
        said["invalid"] = EMAIL_WRONG
    elif isinstance(field, forms.IntegerField):
        between = format_lazy(NUMBER, least=field.min_value, most=field.max_value)
        said |= dict.fromkeys(("invalid", "min_value", "max_value"), between)
    return said
