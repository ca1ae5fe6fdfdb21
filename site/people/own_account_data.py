"""What this package tells a person of her account: how she signs in, where she did, and what contact she wants."""

from django.utils.translation import pgettext_lazy as pl

from .models import Account, NewWayIn, Person, SignIn
from .own_data import Item, Part
from .queries import HeldPasskey, name_of_staff, passkeys_of

SINCE = pl("data.since", "Since")
UNTIL = pl("data.until", "Until")
WHEN = pl("data.when", "When")
WHO = pl("data.who", "Who")
WHY = pl("data.why", "Why")
LANGUAGE = pl("language", "Language")


def tell(person_id: str) -> list[Part]:
    person = Person.objects.get(pk=person_id)
    account = Account.objects.filter(person=person).first()
    parts = [Part(pl("data.account", "Your account"), [_account(person, account)])]
    if account:
        parts.append(Part(pl("devices", "Where am I signed in?"), [_sign_in(row) for row in _sign_ins(account)]))
        parts.append(Part(pl("passkeys", "Passkeys"), [_passkey(row) for row in passkeys_of(account)]))
        parts.append(Part(pl("data.ways_in", "New ways in that the team gave you"), _ways_in(account)))
    return parts


def _account(person: Person, account: Account | None) -> Item:
    facts = [
        (pl("data.called", "How the team calls you"), person.name),
        (LANGUAGE, person.get_language_display()),
        (pl("data.zone", "Time zone"), person.time_zone),
        (SINCE, person.created_at),
    ]
    if account:
        facts += [
            (pl("account.name", "Your sign-in name"), account.sign_in_name),
            (pl("email.label", "E-mail address"), account.email),
            (pl("data.password", "Password chosen on"), account.password_changed_at),
        ]
    return Item(tuple(facts))


def _sign_ins(account: Account):
    return SignIn.objects.filter(account=account).order_by("started_at")


def _sign_in(row: SignIn) -> Item:
    return Item(
        (
            (SINCE, row.started_at),
            (pl("devices.last", "Last used:"), row.last_active_at),
            (UNTIL, row.ended_at),
            (pl("phone.title", "Is this phone only yours?"), row.own_phone),
        )
    )


def _passkey(row: HeldPasskey) -> Item:
    return Item(
        (
            (pl("passkey.where", "Where do you keep it?"), row.where),
            (SINCE, row.since),
            (pl("devices.last", "Last used:"), row.last_used_at),
        )
    )


def _ways_in(account: Account) -> list[Item]:
    rows = NewWayIn.objects.filter(account=account).order_by("issued_at")
    return [
        Item(
            (
                (WHEN, row.issued_at),
                (WHO, name_of_staff(row.issued_by_id)),
                (pl("data.used", "Used on"), row.used_at),
            )
        )
        for row in rows
    ]
