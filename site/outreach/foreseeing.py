"""Who would be reached now, later or not at all, before anything is sent. Pure: the planner's word, nothing added."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import pgettext_lazy as pl

from .planner import Needs, Notice, Send, Withhold, plan
from .vocabulary import Channel


class When(models.TextChoices):
    """What becomes of a word to one person. In the app alone is no sending: it stands there and waits."""

    NOW = "now", pl("foreseen.now", "Now")
    LATER = "later", pl("foreseen.later", "Later")
    IN_APP = "in_app", pl("foreseen.in_app", "Only in the app")
    NOT = "not", pl("foreseen.not", "Not at all")


@dataclass(frozen=True)
class Foreseen:
    """One person: when, by what way, and why not (yet)."""

    person_id: str
    when: When
    channel: Channel | None = None
    at: datetime | None = None
    because: str = ""


def foresee(person_id: str, needs: Needs, notice: Notice, now: datetime) -> Foreseen:
    planned = plan(needs, notice, now)
    outward = planned.outward
    if isinstance(outward, Withhold):
        if isinstance(planned.in_app, Send):
            return Foreseen(person_id, When("in_app"), because=outward.reason.beforehand)
        return Foreseen(person_id, When("not"), because=planned.in_app.reason.beforehand)
    because = outward.because.beforehand if outward.because else ""
    when = When("later") if outward.at > now else When("now")
    return Foreseen(person_id, when, outward.channel, outward.at, because)
