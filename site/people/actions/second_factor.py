"""Sets up and asks the second factor of staff. Recovery codes are shown once, when they are made, and never again."""

from datetime import datetime

from django.db import transaction
from django_otp.models import Device

from audit.record import record
from people import codes
from people.actor import Actor
from people.models import Account, Authenticator, RecoveryCode, RecoverySheet
from people.policy import Refused
from people.vocabulary import Reason

RECOVERY_CODES = 10


def confirm_authenticator(
    *, account: Account, key: str, token: str, now: datetime | None = None
) -> tuple[Device, list[str]]:
    """Takes an app into use with its first code; gives the device and ten fresh recovery codes.

    Refuses where the account already has one: only a first device is set up without showing another.
    """
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        if Authenticator.objects.filter(user=account).exists():
            raise Refused(Reason.CHANGED_MEANWHILE)
        device = Authenticator.objects.create(user=account, name="app", key=key, confirmed=True)
        if not device.verify_token(token):
            raise WrongCode  # and the device is gone with this transaction
        fresh = _new_sheet(account)
        record(
            "people.second_factor.set",
            by_id=account.person_id,
            subject="people.account",
            subject_id=account.pk,
            now=now,
        )
    return device, fresh


def put_known_authenticator(*, account: Account, key: str, by: Actor) -> Authenticator:
    """An authenticator whose key is written in the documentation: for the demo town, never for a person."""
    if not by.is_portal:
        raise Refused(Reason.NOT_YOURS)
    return Authenticator.objects.create(user=account, name="app", key=key, confirmed=True)


class WrongCode(Exception):
    """The code does not fit, was used before, or came too soon after a wrong one."""


def new_recovery_codes(*, account: Account, now: datetime | None = None) -> list[str]:
    """Ten new codes; the old ones are worth nothing from now on."""
    with transaction.atomic():
        fresh = _new_sheet(account)
        record(
            "people.second_factor.codes_renewed",
            by_id=account.person_id,
            subject="people.account",
            subject_id=account.pk,
            now=now,
        )
    return fresh


def _new_sheet(account: Account) -> list[str]:
    RecoverySheet.objects.filter(user=account).delete()
    sheet = RecoverySheet.objects.create(user=account, name="paper", confirmed=True)
    fresh = [codes.new_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(sheet=sheet, digest=sheet.digest_of(code)) for code in fresh)
    return fresh


def match(*, account: Account, token: str) -> Device:
    """The device that this code belongs to. Six digits are asked of the app, anything else of the paper."""
    kind = Authenticator if len(codes.digits_of(token)) == 6 else RecoverySheet
    found = None
    with transaction.atomic():
        for device in kind.objects.select_for_update().filter(user=account, confirmed=True):
            if device.verify_token(token):
                found = device
                break
        if found:
            record(
                "people.second_factor.shown",
                by_id=account.person_id,
                subject="people.account",
                subject_id=account.pk,
                by_paper=kind is RecoverySheet,
            )
    if found is None:
        raise WrongCode
    return found
