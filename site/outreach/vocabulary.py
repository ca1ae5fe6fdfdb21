"""The words of the door: why something is said, by what way, and why it was not sent. One enum each."""

from enum import StrEnum

from django.db import models
from django.utils.translation import pgettext_lazy as pl


class Purpose(models.TextChoices):
    """Why the portal wants to reach someone. The label is what the person reads as 'why do I get this'."""

    NEW_IN_SPACE = "new_in_space", pl("purpose.new_in_space", "Someone wrote something in your group.")
    DECISION = "decision", pl("purpose.decision", "The team has an answer about something you wrote.")
    ADMITTED = "admitted", pl("purpose.admitted", "You are welcome in the group.")
    ANNOUNCEMENT = "announcement", pl("purpose.announcement", "The team has an announcement for your group.")
    STAFF_WORD = "staff_word", pl("purpose.staff_word", "Someone from the team wrote to you.")
    TEAM_TASK = "team_task", pl("purpose.team_task", "Something is waiting for the team.")
    # The closed list: what a person asked for just now, or must know about their own access.
    SIGN_IN_CODE = "sign_in_code", pl("purpose.sign_in_code", "You asked for a code to sign in.")
    RECOVERY_CODE = "recovery_code", pl("purpose.recovery_code", "You asked for a code to get back in.")
    ACCESS_CHANGED = "access_changed", pl("purpose.access_changed", "Something changed in how you sign in.")


CODES = frozenset({Purpose.SIGN_IN_CODE, Purpose.RECOVERY_CODE})
CLOSED_LIST = CODES | {Purpose.ACCESS_CHANGED}
OWN_ANSWERS = frozenset({Purpose.DECISION, Purpose.ADMITTED})
WHAT_MATTERS = OWN_ANSWERS | {Purpose.ANNOUNCEMENT}
FOR_STAFF = frozenset({Purpose.TEAM_TASK})


class Channel(models.TextChoices):
    """A way of reaching a person. In the app stands there and never rings; everything else is a sending."""

    IN_APP = "in_app", pl("channel.in_app", "in the app")
    EMAIL = "email", pl("channel.email", "e-mail")


class State(models.TextChoices):
    """Where one delivery stands. Only waiting and leased are still alive."""

    WAITING = "waiting", pl("delivery.waiting", "waiting")
    LEASED = "leased", pl("delivery.leased", "being sent")
    SENT = "sent", pl("delivery.sent", "sent")
    FAILED = "failed", pl("delivery.failed", "could not be sent")
    WITHHELD = "withheld", pl("delivery.withheld", "not sent, by wish")
    DROPPED = "dropped", pl("delivery.dropped", "no longer needed")


class Outcome(models.TextChoices):
    """How one try ended."""

    SENT = "sent", pl("delivery.sent", "sent")
    PUT_OFF = "put_off", pl("attempt.put_off", "later, by wish")
    WITHHELD = "withheld", pl("delivery.withheld", "not sent, by wish")
    DROPPED = "dropped", pl("delivery.dropped", "no longer needed")
    FAILED_FOR_NOW = "failed_for_now", pl("attempt.failed_for_now", "did not get through, tried again later")
    FAILED = "failed", pl("delivery.failed", "could not be sent")


class Withheld(StrEnum):
    """Why something is not sent, or not yet. Each has one plain sentence, fit for the parent and for staff."""

    COMES_BY_THEMSELVES = "comes_by_themselves"
    QUIET = "quiet"
    QUIET_UNTIL = "quiet_until"
    ONLY_WHAT_MATTERS = "only_what_matters"
    NOT_THIS_OFTEN = "not_this_often"
    QUIET_HOURS = "quiet_hours"
    NO_EMAIL_CHOSEN = "no_email_chosen"
    NO_ADDRESS = "no_address"
    ALREADY_READ = "already_read"
    ACCOUNT_FROZEN = "account_frozen"
    NO_LONGER_OF_USE = "no_longer_of_use"
    ONE_FOR_ALL = "one_for_all"
    ONLY_IN_APP = "only_in_app"
    NEVER_IN_APP = "never_in_app"

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self])


SENTENCES = {
    Withheld.COMES_BY_THEMSELVES: pl("withheld.mine", "The wish is: I come to you. So nothing was sent."),
    Withheld.QUIET: pl("withheld.quiet", "The wish is: some quiet for now. So nothing was sent."),
    Withheld.QUIET_UNTIL: pl("withheld.quiet_until", "The wish is: quiet until a day. So nothing was sent."),
    Withheld.ONLY_WHAT_MATTERS: pl(
        "withheld.matters", "The wish is: only what matters. This was everyday news, so it was not sent."
    ),
    Withheld.NOT_THIS_OFTEN: pl(
        "withheld.not_this_often", "There was an e-mail not long ago. The wish is: not more often."
    ),
    Withheld.QUIET_HOURS: pl("withheld.quiet_hours", "These are quiet hours. It waits until they are over."),
    Withheld.NO_EMAIL_CHOSEN: pl("withheld.no_email", "E-mail was not chosen. It stands in the app."),
    Withheld.NO_ADDRESS: pl("withheld.no_address", "We have no e-mail address. It stands in the app."),
    Withheld.ALREADY_READ: pl("withheld.already_read", "It was already read in the app."),
    Withheld.ACCOUNT_FROZEN: pl("withheld.frozen", "This way of signing in is closed now, so nothing was sent."),
    Withheld.NO_LONGER_OF_USE: pl("withheld.no_use", "It was no longer of use when its turn came."),
    Withheld.ONE_FOR_ALL: pl("withheld.one_for_all", "One e-mail told about several things at once."),
    Withheld.ONLY_IN_APP: pl("withheld.only_in_app", "This only stands in the app, for the team."),
    Withheld.NEVER_IN_APP: pl("withheld.never_in_app", "A code never stands in the app."),
}

# Those that come from the person's wish; a change of the wish judges them anew.
BY_WISH = frozenset(
    {
        Withheld.COMES_BY_THEMSELVES,
        Withheld.QUIET,
        Withheld.QUIET_UNTIL,
        Withheld.ONLY_WHAT_MATTERS,
        Withheld.NO_EMAIL_CHOSEN,
    }
)
# Those that mean: the person does not need it any more.
NOT_NEEDED = frozenset({Withheld.ALREADY_READ, Withheld.NO_LONGER_OF_USE, Withheld.ONE_FOR_ALL})
