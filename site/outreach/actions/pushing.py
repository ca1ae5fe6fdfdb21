"""Sends a notice to every phone of a person, and forgets where those are that take none there any more."""

from datetime import datetime, timedelta

from django.utils import timezone

from outreach.channels import Failure, Permanent, Temporary, push
from outreach.faults import Fault
from outreach.models import PushSubscription


def send(*, person_id: str, message_id: str, lives: timedelta = push.LIVES) -> None:
    """Returns when at least one phone was told; else raises as every way does, `no_subscription` when there is none.

    Nothing that is sent carries `message_id`: all notices have one topic and one tag, so that the same one sent twice
    takes its own place. `lives` never reaches into the person's quiet hours: a phone that is off is told later.
    """
    now, failures, reached, gone = timezone.now(), [], [], []
    for one in PushSubscription.objects.living(now).filter(person_id=person_id).order_by("pk"):
        try:
            push.send(endpoint=one.endpoint, p256dh=one.p256dh, auth=one.auth, lives=lives)
            reached.append(one.pk)
        except push.Gone:
            gone.append(one.pk)
        except Failure as failure:
            failures.append(failure)
    if reached:
        PushSubscription.objects.filter(pk__in=reached).update(last_ok_at=now)
    for pk in gone:
        forget_address(pk, now)
    if not reached:
        # The one that asks for the longest wait: the next try goes to all of them again.
        for_now = [one for one in failures if isinstance(one, Temporary)]
        asks_longest = max(for_now, key=lambda one: one.wait, default=None)
        raise asks_longest or next(iter(failures), Permanent(Fault.NO_SUBSCRIPTION))


def forget_address(subscription_id: str, now: datetime) -> None:
    """Only that she wanted notices on this phone stays, until the sign-in ends or her next page asks the browser."""
    PushSubscription.objects.filter(pk=subscription_id, gone_at__isnull=True).update(
        gone_at=now, endpoint="", p256dh="", auth="", endpoint_key=f"gone {subscription_id}"
    )
