"""The forms of signing in, of one's own account and of staff. They check shape and rules, and change nothing."""

from itertools import pairwise

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import pgettext
from django.utils.translation import pgettext_lazy as pl

from . import codes, keeping, passphrases
from .own_words import REQUIRED, CalledField, Words, in_our_words
from .vocabulary import KeptIn, Role

PIN_DIGITS = 6
LTR = {"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}


class AccountForm(Words):
    """A form at the door or of one's own account, with the answers that several of them give."""

    def too_many(self, time: str) -> None:
        self.add_error(None, pgettext("error.toomany", "Too many tries. Try again at {time}.").format(time=time))

    def right_or_said(self, field: str, right: bool) -> None:
        """For a PIN or password asked again: says beside the field that it does not fit."""
        if not right:
            self.add_error(field, pgettext("again.wrong", "That is not right. Try once more."))


def secret(label, *, new=False, keep="current-password", **more) -> forms.CharField:
    """A password field. Nothing is stripped. `keep="off"` asks the browser not to offer to remember it."""
    attrs = {"autocomplete": "new-password" if new else keep, "dir": "ltr"}
    return forms.CharField(label=label, strip=False, widget=forms.PasswordInput(attrs), **more)


class SignInForm(AccountForm):
    """Address or sign-in name, password, and whose phone this is. May carry what was typed when a session ended."""

    login = forms.CharField(
        label=pl("signin.who", "E-mail or sign-in name"),
        max_length=254,
        widget=forms.TextInput({**LTR, "dir": "auto", "autocomplete": "off"}),
    )
    password = secret(pl("password.label", "Password"), keep="off")
    shared = forms.BooleanField(
        label=pl("phone.shared", "Others use this phone too"),
        help_text=pl("phone.shared.hint", "Then we keep nothing, and we close sooner."),
        required=False,
        initial=True,
    )
    keep_what = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    keep_for = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
    keep_next = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    keep_text = forms.CharField(
        label=pl("kept.label", "Your text"),
        required=False,
        max_length=keeping.MOST,
        strip=False,
        widget=forms.Textarea({"dir": "auto", "rows": 4, "autocomplete": "off"}),
    )

    def clean_login(self):
        return passphrases.normalised(self.cleaned_data["login"])

    def not_right(self) -> None:
        """One sentence, whoever it is and whatever was wrong."""
        said = pgettext("signin.wrong", "This name and this password do not go together. Try once more.")
        self.add_error("password", said)


class NewPasswordForm(AccountForm):
    """A password that is chosen now; `account` is whose, so that the rules know the person."""

    password = secret(pl("password.new", "New password"), new=True)

    def __init__(self, *args, account=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self):
        password = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password


class ChangePasswordForm(NewPasswordForm):
    current = secret(pl("password.current", "Your password now"))
    field_order = ["current", "password"]


class RecoveryForm(AccountForm):
    login = forms.CharField(
        label=pl("signin.who", "E-mail or sign-in name"),
        max_length=254,
        widget=forms.TextInput({**LTR, "dir": "auto", "autocomplete": "off"}),
    )

    def clean_login(self):
        name = passphrases.normalised(self.cleaned_data["login"])
        if not name:  # signs that nobody sees
            raise forms.ValidationError(REQUIRED)
        return name


class CodeForm(AccountForm):
    """A code as it was typed: capitals, dashes and Arabic digits are put right when it is compared."""

    code = forms.CharField(
        label=pl("code", "Code"), max_length=40, widget=forms.TextInput({**LTR, "autocomplete": "one-time-code"})
    )

    def not_right(self) -> None:
        self.add_error("code", pgettext("error.code.short", "That code is not right."))

    def not_right_on_card(self) -> None:
        said = pgettext("error.code", "That code is not right. Look at your card again.")
        self.add_error("code", said)


class NewWayInForm(CodeForm, NewPasswordForm):
    """Whose account it is shows only with the code; what holds for everybody's password is said before that."""

    field_order = ["code", "password"]


class PinField(forms.CharField):
    """Six digits, in whatever script they were typed. Those that everybody tries first are refused."""

    def __init__(self, *, new=False, **more):
        self.new = new
        attrs = {"inputmode": "numeric", "dir": "ltr", "autocomplete": "new-password" if new else "off", "maxlength": 6}
        super().__init__(label=pl("pin.label", "PIN"), widget=forms.PasswordInput(attrs), **more)

    def clean(self, value):
        pin = codes.digits_of(super().clean(value))
        if len(pin) != PIN_DIGITS:
            raise ValidationError(pgettext("pin.six", "A PIN has six digits."))
        if self.new and is_easy(pin):
            raise ValidationError(pgettext("pin.easy", "This PIN is easy to guess. Take another one."))
        return pin


def is_easy(pin: str) -> bool:
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    return len(set(pin)) <= 2 or steps in ({1}, {-1}) or pin[:3] == pin[3:]


class SureForm(AccountForm):
    """Asks the password too, unless the person has only just signed in: a phone may lie open on the table."""

    def __init__(self, *args, sure: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not sure:
            self.fields["password"] = secret(pl("password.label", "Password"))
            in_our_words(self.fields["password"])


class SetPinForm(SureForm):
    pin = PinField(new=True)


class PinForm(AccountForm):
    pin = PinField()


class PasswordForm(AccountForm):
    password = secret(pl("password.label", "Password"))


class AddPasskeyForm(AccountForm):
    """The password is asked each time: a phone may lie open on the table. On a shared phone also whether she knows."""

    kept_in = forms.ChoiceField(
        label=pl("passkey.where", "Where do you keep it?"),
        choices=KeptIn.choices,
        initial=KeptIn.PHONE,
        widget=forms.RadioSelect,
    )
    password = secret(pl("password.label", "Password"))

    def __init__(self, *args, warned: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if warned:
            self.fields["understood"] = forms.BooleanField(
                label=pl("passkey.understood", "I know this, and I want one here all the same")
            )
            in_our_words(self.fields["understood"])

    def first_said(self) -> str:
        return next(str(said) for errors in self.errors.values() for said in errors)


class RemovePasskeyForm(AccountForm):
    """`passkeys` are (id, in words) of one's own."""

    which = forms.ChoiceField(label=pl("passkey.which", "Which one?"), widget=forms.RadioSelect)
    password = secret(pl("password.label", "Password"))

    def __init__(self, *args, passkeys, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = passkeys


class EmailForm(AccountForm):
    email = forms.EmailField(
        label=pl("email.label", "E-mail address"),
        required=False,
        widget=forms.EmailInput({**LTR, "autocomplete": "off"}),
    )
    password = secret(pl("password.label", "Password"))

    def clean_email(self):
        return passphrases.normalised(self.cleaned_data["email"])


class InviteForm(Words):
    """`roles` are those that the person who invites may grant."""

    role = forms.ChoiceField(label=pl("staff.role", "Role"))
    name = CalledField(label=pl("staff.name", "First name, as parents read it"), max_length=80)
    email = forms.EmailField(label=pl("email.label", "E-mail address"), widget=forms.EmailInput({**LTR}))
    organisation = forms.ChoiceField(label=pl("staff.organisation", "Organisation"), required=False)
    language = forms.ChoiceField(label=pl("language", "Language"), choices=settings.LANGUAGES)

    def __init__(self, *args, roles, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]
        self.fields["organisation"].choices = [("", ""), *((one.name, one.name) for one in organisations)]


class OrganisationForm(Words):
    name = CalledField(label=pl("organisation.name", "Name of the organisation"), max_length=80)
    professional_secrecy = forms.BooleanField(
        label=pl("organisation.secrecy", "Professional secrecy binds the people who work here"), required=False
    )


class RoleForm(Words):
    role = forms.ChoiceField(label=pl("staff.role", "Role"), choices=Role.choices)


class BecauseForm(Words):
    because = forms.CharField(
        label=pl("because", "Why?"), max_length=400, widget=forms.Textarea({"rows": 2, "dir": "auto"})
    )
