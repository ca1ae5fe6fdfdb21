"""Switches notices on a phone on and off. They end with the sign-in they were switched on in, whatever ends it."""

from datetime import datetime

import structlog
from django.db import DatabaseError, transaction
from django.utils import timezone

from audit.record import record
from outreach.models import PushSubscription
from outreach.policies import end_push, have_push
from people.actor import Actor
from people.models import SignIn
from vault.purpose import keyed_hash

log = structlog.get_logger("kring.outreach")


def switch_on(
    *, sign_in: SignIn, endpoint: str, p256dh: str, auth: str, by: Actor, now: datetime | None = None
) -> PushSubscription:
    """From now on this phone is told. What the browser gave before, to whomever, is replaced."""
    now = now or timezone.now()
    have_push.require(by, sign_in)
    key = keyed_hash("outreach.push", endpoint)
    with transaction.atomic():
        SignIn.objects.select_for_update().get(pk=sign_in.pk)
        PushSubscription.objects.filter(endpoint_key=key).delete()
        PushSubscription.objects.filter(sign_in_id=sign_in.pk).delete()
        made = PushSubscription.objects.create(
            person_id=by.person_id,
            sign_in=sign_in,
            endpoint=endpoint,
            endpoint_key=key,
            p256dh=p256dh,
            auth=auth,
            created_at=now,
        )
        record(
            "outreach.push.switched_on",
            by_id=by.person_id,
            subject="people.sign_in",
            subject_id=sign_in.pk,
            now=now,
        )
    return made


def switch_off(*, sign_in: SignIn, by: Actor, now: datetime | None = None) -> bool:
    """This phone is told no more; false when it was not."""
    end_push.require(by, sign_in)
    with transaction.atomic():
        if not PushSubscription.objects.filter(sign_in_id=sign_in.pk).delete()[0]:
            return False
        record(
            "outreach.push.switched_off",
            by_id=by.person_id,
            subject="people.sign_in",
            subject_id=sign_in.pk,
            now=now,
        )
    return True


def end_with_access(sender, *, person_id: str, scope: str, sign_in_id: str | None = None, **_) -> None:
    """Signed out, left by the quick exit, password changed, frozen: the rows of those sign-ins go at once.

    Nothing is sent to them in any case (`living`), so a database that is away here only leaves rows for the next day.
    """
    if scope != "everything":
        return
    rows = PushSubscription.objects.filter(person_id=person_id)
    try:
        (rows.filter(sign_in_id=sign_in_id) if sign_in_id else rows).delete()
    except DatabaseError:
        log.exception("push_subscription_left")


def end_on_shared_phone(sign_in_id: str) -> None:
    """The person said that others use this phone too."""
    PushSubscription.objects.filter(sign_in_id=sign_in_id).delete()


def forget_dead(now: datetime) -> int:
    """The due job: what no longer lives, and was not taken away when it ended."""
    wanted = PushSubscription.objects.wanted(now).values("pk")
    return PushSubscription.objects.exclude(pk__in=wanted).delete()[0]
