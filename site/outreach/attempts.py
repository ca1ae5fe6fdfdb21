"""How a verdict is noted: the way, who would do it, the reason, and until when it waits. Nothing is stored here."""

from datetime import datetime

from .models import Attempt, Delivery
from .planner import Send, Task, Verdict, Withhold
from .vocabulary import Outcome


def attempted(delivery: Delivery, outcome: Outcome, verdict: Verdict, now: datetime) -> Attempt:
    """The record of what the planner said of a delivery: put off until then, or withheld because of that."""
    attempt = Attempt(delivery=delivery, at=now, outcome=outcome, channel=verdict.channel or "")
    if isinstance(verdict, Withhold):
        attempt.reason = verdict.reason
        return attempt
    attempt.reason = verdict.because or ""
    attempt.by_id = verdict.by if isinstance(verdict, Task) else ""
    attempt.until = verdict.at if isinstance(verdict, Send | Task) and verdict.at > now else None
    return attempt
