"""What is kept of sign-ins, limits and ways in only so long. Tells how many rows went, never which."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.utils import timezone

from audit.record import record
from people import limiter

from . import own_data, recovery, sessions, staff


def forget_old(now: datetime | None = None) -> dict[str, int]:
    """Sign-ins and known devices after 90 days, used or lapsed ways in after 30, limits and sessions when over."""
    now = now or timezone.now()
    gone = {
        "sign_ins": sessions.forget_old(now=now),
        "erasures": own_data.forget_old(now),
        "staff_invitations": staff.forget_old(now=now),
        "ways_in": recovery.forget_old(now=now),
        "limits": limiter.forget_old(now.timestamp()),
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
    }
    if any(gone.values()):
        record("people.old.forgotten", now=now, **gone)
    return gone
