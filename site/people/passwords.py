"""What a password must be: 15 characters where it stands alone, 8 beside a second factor; not a well-known one.

No rules about capitals or signs, no expiry. Any script counts; nothing is cut off.
"""

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import pgettext

ALONE, BESIDE_A_SECOND_FACTOR, LONGEST = 15, 8, 512
FEWEST_DIFFERENT = 5
# Words that someone who knows this portal tries first.
CONTEXT = [
    "kring",
    "vilvoorde",
    "vilvorde",
    "brussel",
    "bruxelles",
    "brussels",
    "ouders",
    "parents",
    "ebeveyn",
    "moeders",
    "vaders",
    "groep",
    "groupe",
    "group",
    "wachtwoord",
    "password",
    "motdepasse",
    "passwort",
    "welkom",
    "welcome",
    "bienvenue",
    "hosgeldiniz",
    "login",
    "inloggen",
    "qwerty",
    "azerty",
    "caw",
    "clb",
    "facilitator",
    "begeleider",
    "demo",
    "test",
    "admin",
]


class PasswordRules:
    """The one validator of AUTH_PASSWORD_VALIDATORS."""

    def __init__(self):
        self.common = CommonPasswordValidator().passwords

    def validate(self, password, user=None):
        shortest = shortest_for(user)
        if len(password) < shortest:
            raise ValidationError(
                pgettext("password.short", "Make it longer: at least {n} characters.").format(n=shortest)
            )
        if len(password) > LONGEST:
            raise ValidationError(
                pgettext("password.long", "This is too long. Take at most {n} characters.").format(n=LONGEST)
            )
        if self.is_well_known(password) or self.is_own_name(password, user):
            raise ValidationError(
                pgettext("password.known", "This is easy to guess. Take a few words that have nothing to do with you.")
            )

    def get_help_text(self):
        return pgettext("password.help", "A few words in a row are easy to keep and hard to guess.")

    def is_well_known(self, password) -> bool:
        plain = password.casefold().strip()
        core = re.sub(r"[\W\d_]+", "", plain)
        rest = re.sub("|".join(sorted(CONTEXT, key=len, reverse=True)), "", core)
        few = len(set(plain)) < FEWEST_DIFFERENT
        only_context = bool(core) and len(rest) < 3 and core != rest
        return few or only_context or plain in self.common or core in self.common

    def is_own_name(self, password, user) -> bool:
        """The sign-in name stands on the card; with something behind it, it is still the name on the card."""
        names = [getattr(user, "sign_in_name", "") or "", (getattr(user, "email", "") or "").partition("@")[0]]
        plain = password.casefold()
        return any(len(name) > 4 and name.casefold() in plain for name in names)


def shortest_for(user) -> int:
    person = getattr(user, "person", None) if user is not None and getattr(user, "person_id", None) else None
    return BESIDE_A_SECOND_FACTOR if person is not None and person.is_staff else ALONE
