"""Phone numbers as people write them, made into the one form that gateways and dialling links understand."""

import re

from django import forms
from django.utils.translation import pgettext_lazy as pl

COUNTRY = "32"
WRITTEN = re.compile(r"[\d\s().\-/‐-–\u00a0]+\Z")
TRUNK = re.compile(r"\(\s*0\s*\)")
LEAST, MOST = 8, 15
MOBILE = re.compile("4[5-9]")  # in Belgium; 42 and 43 are Liège
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))


def normalised(text: str) -> str | None:
    """`+32470123456` from `0470 12 34 56`; None for what is no number. Without a country it is a Belgian one."""
    text = text.translate(INVISIBLE).strip()
    abroad = text.startswith("+")
    text = TRUNK.sub("", text.removeprefix("+"))
    if not WRITTEN.match(text):
        return None
    digits = "".join(str(int(sign)) for sign in text if sign.isdigit())
    if not abroad and digits.startswith("00"):
        abroad, digits = True, digits[2:]
    if not abroad:
        digits = f"{COUNTRY}{digits[1:]}" if digits.startswith("0") else ""
    return f"+{digits}" if _is_number(digits) else None


def _is_number(digits: str) -> bool:
    if not LEAST <= len(digits) <= MOST or digits.startswith("0"):
        return False
    own = digits.removeprefix(COUNTRY)
    if own == digits:
        return True
    return not own.startswith("0") and len(own) == (9 if MOBILE.match(own) else 8)


class PhoneNumberField(forms.CharField):
    """Takes a number in any of the ways it is written, and gives it in one. What is no number comes back, unchanged."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "inputmode": "tel", "dir": "ltr"})
    default_error_messages = {
        "number": pl("phone.number.wrong", "Write the number in full, for example 0470 12 34 56 or +32 470 12 34 56."),
    }

    def __init__(self, **options):
        super().__init__(**{"max_length": 40, **options})

    def clean(self, value) -> str:
        text = super().clean(value)
        if not text:
            return ""
        number = normalised(text)
        if number is None:
            raise forms.ValidationError(self.error_messages["number"], code="number")
        return number
