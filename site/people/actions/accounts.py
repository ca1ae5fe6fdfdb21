"""Opens accounts, changes what opens them, and shuts them at once when someone asks.

A frozen account behaves in every answer exactly like one with another password.
"""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.record import record
from people import codes, limiter, passphrases, proving, told
from people.actor import Actor
from people.models import Account, Person
from people.policies import accounts as policies
from people.policy import Refused
from people.vocabulary import Reason

from .passkeys import remove_all_unasked
from .recovery import end_paper_unasked
from .sessions import end_all_unasked

NAME_TRIES = 40
OPENINGS = 5  # of one account in a day
# Where a pair of who and when needs a who, and nobody was signed in.
THE_PORTAL = "portal"


@transaction.atomic
def open_account(
    *,
    language: str,
    password: str,
    by: Actor,
    now: datetime | None = None,
    sign_in_name: str | None = None,
    name: str = "",
    email: str | None = None,
    person: Person | None = None,
) -> Account:
    """A parent's account. Without `sign_in_name` the portal draws three words in her language.

    `person` is someone the team already knows. Raises ValidationError for a password that does not do, and
    `Refused(NAME_TAKEN)` for a name or an address in use.
    """
    policies.open_account.require(by)
    now = now or timezone.now()
    if person is None:
        person = Person.objects.create(language=language, name=name, created_at=now)
    account = Account(
        person=person,
        sign_in_name=passphrases.normalised(sign_in_name or ""),
        email=passphrases.normalised(email or "") or None,
        created_at=now,
        password_changed_at=now,
    )
    if not account.sign_in_name:
        account.sign_in_name = free_name(language)
    validate_password(password, account)
    account.set_password(password)
    _save_new(account)
    record("people.account.opened", by_id=by.person_id, subject="people.account", subject_id=account.pk, now=now)
    return account


def free_name(language: str) -> str:
    """Three words that no account has. There are about a hundred million of them in each language."""
    for _ in range(NAME_TRIES):
        name = passphrases.three_words(language)
        if not Account.objects.filter(sign_in_name=name).exists():
            return name
    raise Refused(Reason.NAME_TAKEN)


def _save_new(account: Account) -> None:
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(Reason.NAME_TAKEN) from error


def change_password(
    *, account: Account, password: str, by: Actor, now: datetime | None = None, keep: str = "", how: str = "asked"
) -> None:
    """Sets a new password and ends every sign-in but the one with id `keep`. A code on paper that waits is worth
    nothing from now on: she found her way in, and the paper may lie anywhere.

    Where none is kept, someone lost her way in: a PIN or a passkey from before must not open what the password closed.
    Those of staff stay: they come after the password, and a mailbox must not be able to take them away.
    """
    policies.change_password.require(by, account)
    validate_password(password, account)
    now = now or timezone.now()
    with transaction.atomic():
        account.set_password(password)
        account.password_changed_at = now
        account.pin = account.pin if keep else ""
        account.save(update_fields=["password", "password_changed_at", "pin"])
        record(
            "people.password.changed",
            by_id=by.person_id,
            subject="people.account",
            subject_id=account.pk,
            now=now,
            how=how,
        )
        end_paper_unasked(account=account, now=now)
        end_all_unasked(account=account, by_id=by.person_id, because="password", now=now, but=keep)
        if not keep and not account.person.is_staff:
            remove_all_unasked(account=account, by_id=by.person_id, now=now)
        told.tell(person_id=account.person_id, what="password", by_id=by.person_id)


def send_code_to(*, account: Account, email: str, by: Actor, now: datetime | None = None) -> str:
    """Asks whether the mailbox of this address is hers, whoever else may use it; gives the code that was sent there."""
    policies.set_email.require(by, account)
    code = codes.eight_digits()
    with transaction.atomic():
        record(
            "people.email.asked",
            by_id=by.person_id,
            subject="people.account",
            subject_id=account.pk,
            now=now,
        )
        proving.send(person_id=account.person_id, address=email, code=code)
    return code


def set_email(*, account: Account, email: str | None, by: Actor, now: datetime | None = None) -> bool:
    """Adds, changes or removes (None) the address that opens the account. True when the address is now this one.

    An address in use elsewhere is refused silently: nobody may learn who else has an account here, which is why pages
    first ask for a code that was sent there. Word of the change goes to the address as it was, which whoever holds her
    open phone may not be able to read.
    """
    policies.set_email.require(by, account)
    email = passphrases.normalised(email or "") or None
    if email == account.email:
        return True
    if email is None and account.person.is_staff:
        raise Refused(Reason.NOT_YOURS)
    try:
        with transaction.atomic():
            if account.email:  # said first: the door asks where she can be reached
                told.tell_always(person_id=account.person_id, what="email", former_address=account.email)
            Account.objects.filter(pk=account.pk).update(email=email)
            if account.person.is_staff:
                Account.objects.filter(pk=account.pk).update(sign_in_name=email)
            record(
                "people.email.set" if email else "people.email.removed",
                by_id=by.person_id,
                subject="people.account",
                subject_id=account.pk,
                now=now,
            )
    except IntegrityError:
        return False
    account.email = email
    return True


def freeze(*, account: Account, by: Actor, because: str = "", now: datetime | None = None) -> None:
    """Shuts an account, ends all its sign-ins and a code on paper: it may be lost with the phone. Needs no reason:
    someone asked, on the phone or in the street.
    """
    policies.freeze.require(by, account)
    now = now or timezone.now()
    with transaction.atomic():
        changed = Account.objects.filter(pk=account.pk, frozen_at__isnull=True).update(
            frozen_at=now, frozen_by_id=by.person_id or THE_PORTAL
        )
        if changed:
            record(
                "people.account.frozen",
                by_id=by.person_id,
                subject="people.account",
                subject_id=account.pk,
                because=because,
                now=now,
            )
            told.tell(person_id=account.person_id, what="frozen", by_id=by.person_id)
        end_paper_unasked(account=account, now=now)
        end_all_unasked(account=account, by_id=by.person_id, because="frozen", now=now)


def unfreeze(*, account: Account, by: Actor, because: str = "", now: datetime | None = None) -> None:
    """Opens it again; not as often as somebody would ring. Word of both goes past the wish of a parent, and shutting
    waits for nothing.
    """
    policies.unfreeze.require(by, account)
    allowance = limiter.take("people.unfreeze", account.pk, limit=OPENINGS, seconds=24 * 3600)
    if not allowance.granted:
        raise Refused(Reason.TOO_MANY, wait_seconds=allowance.wait_seconds)
    with transaction.atomic():
        if Account.objects.filter(pk=account.pk, frozen_at__isnull=False).update(frozen_at=None, frozen_by_id=""):
            record(
                "people.account.unfrozen",
                by_id=by.person_id,
                subject="people.account",
                subject_id=account.pk,
                because=because,
                now=now,
            )
            told.tell(person_id=account.person_id, what="unfrozen", by_id=by.person_id)
