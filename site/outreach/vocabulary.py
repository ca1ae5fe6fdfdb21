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
    CHECK_IN = "check_in", pl("purpose.check_in", "Your contact person would like to hear how you are.")
    CONTACT_ASKED = "contact_asked", pl("purpose.contact_asked", "You asked us to contact you.")
    WORD_ASKED = "word_asked", pl("purpose.word_asked", "You asked for contact. Someone from the team wrote to you.")
    OCCASION = "occasion", pl("purpose.occasion", "Something happened that may touch you. The team thinks of you.")
    AROUND_ME = "around_me", pl("purpose.around_me", "Something changes in who is around you.")
    INTRODUCTION = "introduction", pl("purpose.introduction", "Someone new from the team would like to speak with you.")
    NEEDS_SET = "needs_set", pl("purpose.needs_set", "Someone from the team wrote down how you want contact.")
    URGENT = "urgent", pl("purpose.urgent", "The team had to reach you at once.")
    TEAM_TASK = "team_task", pl("purpose.team_task", "Something is waiting for the team.")
    ON_DUTY = "on_duty", pl("purpose.on_duty", "The hours in which you are on duty changed.")
    HANDED_OVER = "handed_over", pl("purpose.handed_over", "Someone is with you now, because a colleague stopped.")
    # The closed list: what a person asked for just now, or must know about their own access.
    SIGN_IN_CODE = "sign_in_code", pl("purpose.sign_in_code", "You asked for a code to sign in.")
    RECOVERY_CODE = "recovery_code", pl("purpose.recovery_code", "You asked for a code to get back in.")
    ACCESS_CHANGED = "access_changed", pl("purpose.access_changed", "Something changed in how you sign in.")


CODES = frozenset({Purpose.SIGN_IN_CODE, Purpose.RECOVERY_CODE})
CLOSED_LIST = CODES | {Purpose.ACCESS_CHANGED}
# The parent's own, newer wish: it breaks her silence, not her hours.
ASKED_FOR = frozenset({Purpose.CONTACT_ASKED, Purpose.WORD_ASKED})
# What a parent waits for, or is asked: it keeps no rhythm, only the quiet hours.
OWN_ANSWERS = ASKED_FOR | {Purpose.DECISION, Purpose.ADMITTED, Purpose.AROUND_ME}
WHAT_MATTERS = OWN_ANSWERS | {Purpose.ANNOUNCEMENT, Purpose.INTRODUCTION, Purpose.OCCASION}
FOR_STAFF = frozenset({Purpose.HANDED_OVER, Purpose.ON_DUTY, Purpose.TEAM_TASK})
# Stands in the app and rings for nobody: work of the team, and what was just said on the phone.
ONLY_THERE = FOR_STAFF | {Purpose.NEEDS_SET}
# What one member of staff does towards one parent, so that 'only my contact person' decides about it.
FROM_A_PERSON = ASKED_FOR | {Purpose.STAFF_WORD, Purpose.CHECK_IN, Purpose.INTRODUCTION}
# A person can call, visit or write a letter for these; everything else only says that something is in the app.
IN_PERSON = frozenset({Purpose.CHECK_IN, Purpose.CONTACT_ASKED, Purpose.INTRODUCTION, Purpose.OCCASION})


class Kind(models.TextChoices):
    """The kinds of messages for which a parent may choose ways of their own."""

    NEWS = "news", pl("kind.news", "News from my group")
    ANSWERS = "answers", pl("kind.answers", "An answer for me")
    WORDS = "words", pl("kind.words", "Someone from the team wants to talk with me")
    EVENTS = "events", pl("kind.events", "When something happened")


KIND_OF = {
    Purpose.NEW_IN_SPACE: Kind.NEWS,
    Purpose.ANNOUNCEMENT: Kind.NEWS,
    Purpose.STAFF_WORD: Kind.WORDS,
    Purpose.CHECK_IN: Kind.WORDS,
    Purpose.CONTACT_ASKED: Kind.WORDS,
    Purpose.WORD_ASKED: Kind.WORDS,
    Purpose.INTRODUCTION: Kind.WORDS,
    Purpose.OCCASION: Kind.EVENTS,
}


def kind_of(purpose: Purpose) -> Kind:
    """Under which kind a parent finds this purpose."""
    return KIND_OF.get(purpose, Kind.ANSWERS)


class Channel(models.TextChoices):
    """A way of reaching a person. In the app stands there and never rings; a push is a sending like any other."""

    IN_APP = "in_app", pl("channel.in_app", "in the app")
    EMAIL = "email", pl("channel.email", "e-mail")
    PUSH = "push", pl("channel.push", "notice on my phone")
    TEXT = "text", pl("channel.text", "text message")
    CALL = "call", pl("channel.call", "phone call")
    VISIT = "visit", pl("channel.visit", "home visit")
    LETTER = "letter", pl("channel.letter", "letter")


# Sent by the portal itself.
SENDINGS = tuple(Channel(way) for way in ("email", "push", "text"))
# Done by a person of the team: a plan for one of these is a task.
BY_HAND = tuple(Channel(way) for way in ("call", "visit", "letter"))


# Whether a mail or a text message only says that there is something new.
DISCREET = {
    True: pl("discreet.yes", "Say only that there is something new"),
    False: pl("discreet.no", "Say also what kind it is"),
}


# As Python counts them: 0 is Monday.
WEEKDAYS = [
    (0, pl("weekday", "Monday")),
    (1, pl("weekday", "Tuesday")),
    (2, pl("weekday", "Wednesday")),
    (3, pl("weekday", "Thursday")),
    (4, pl("weekday", "Friday")),
    (5, pl("weekday", "Saturday")),
    (6, pl("weekday", "Sunday")),
]


class State(models.TextChoices):
    """Where one delivery stands. Only waiting and leased are still alive."""

    WAITING = "waiting", pl("delivery.waiting", "waiting")
    LEASED = "leased", pl("delivery.leased", "being sent")
    SENT = "sent", pl("delivery.sent", "sent")
    HANDED = "handed", pl("delivery.handed", "a task for the team")
    FAILED = "failed", pl("delivery.failed", "could not be sent")
    WITHHELD = "withheld", pl("delivery.withheld", "not sent, by wish")
    DROPPED = "dropped", pl("delivery.dropped", "no longer needed")


class Outcome(models.TextChoices):
    """How one try ended."""

    SENT = "sent", pl("delivery.sent", "sent")
    HANDED = "handed", pl("delivery.handed", "a task for the team")
    PUT_OFF = "put_off", pl("attempt.put_off", "later, by wish")
    WITHHELD = "withheld", pl("delivery.withheld", "not sent, by wish")
    DROPPED = "dropped", pl("delivery.dropped", "no longer needed")
    OTHER_WAY = "other_way", pl("attempt.other_way", "did not get through, tried another way")
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
    HARD_DAY = "hard_day"
    LEAVE_ME_BE = "leave_me_be"
    ONLY_CONTACT_PERSON = "only_contact_person"
    CONTACT_PERSON_AWAY = "contact_person_away"
    NO_WAY_CHOSEN = "no_way_chosen"
    NOT_THIS_WAY = "not_this_way"
    NO_ADDRESS = "no_address"
    EVERY_WAY_FAILED = "every_way_failed"
    OVERRIDE_OVER = "override_over"
    ALREADY_READ = "already_read"
    ACCOUNT_FROZEN = "account_frozen"
    NO_LONGER_OF_USE = "no_longer_of_use"
    ONE_FOR_ALL = "one_for_all"
    ONLY_IN_APP = "only_in_app"
    NEVER_IN_APP = "never_in_app"

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self])

    @property
    def beforehand(self) -> str:
        """The same before anything was sent: what the wish is, in the present."""
        return str(BEFOREHAND.get(self, "")) or self.sentence


SENTENCES = {
    Withheld.COMES_BY_THEMSELVES: pl("withheld.mine", "The wish is: I come to you. So nothing was sent."),
    Withheld.QUIET: pl("withheld.quiet", "The wish is: some quiet for now. So nothing was sent."),
    Withheld.QUIET_UNTIL: pl("withheld.quiet_until", "The wish is: quiet until a day. So nothing was sent."),
    Withheld.ONLY_WHAT_MATTERS: pl(
        "withheld.matters", "The wish is: only what matters. This was everyday news, so it was not sent."
    ),
    Withheld.NOT_THIS_OFTEN: pl(
        "withheld.not_this_often", "There was contact not long ago. The wish is: not more often."
    ),
    Withheld.QUIET_HOURS: pl("withheld.quiet_hours", "These are quiet hours. It waits until they are over."),
    Withheld.HARD_DAY: pl("withheld.hard_day", "This is one of the hard days. It waits until the day is over."),
    Withheld.LEAVE_ME_BE: pl(
        "withheld.leave_me_be", "The wish when something happened is: leave me be. A note waits in the app."
    ),
    Withheld.ONLY_CONTACT_PERSON: pl(
        "withheld.only_contact_person", "The wish is: only my contact person. So nobody else writes or calls."
    ),
    Withheld.CONTACT_PERSON_AWAY: pl(
        "withheld.contact_person_away", "The contact person is away, and the wish is: nobody else. It waits."
    ),
    Withheld.NO_WAY_CHOSEN: pl("withheld.no_way", "Only the app was chosen. It stands there."),
    Withheld.NOT_THIS_WAY: pl("withheld.not_this_way", "The wish is: not in this way."),
    Withheld.NO_ADDRESS: pl("withheld.no_address", "We have no address or number for what was chosen."),
    Withheld.EVERY_WAY_FAILED: pl(
        "withheld.every_way_failed", "No way that was chosen gets through. It stands in the app."
    ),
    Withheld.OVERRIDE_OVER: pl(
        "withheld.override_over", "The hour in which two of the team allowed it is over, so nothing was sent."
    ),
    Withheld.ALREADY_READ: pl("withheld.already_read", "It was already read in the app."),
    Withheld.ACCOUNT_FROZEN: pl("withheld.frozen", "This way of signing in is closed now, so nothing was sent."),
    Withheld.NO_LONGER_OF_USE: pl("withheld.no_use", "It was no longer of use when its turn came."),
    Withheld.ONE_FOR_ALL: pl("withheld.one_for_all", "One message told about several things at once."),
    Withheld.ONLY_IN_APP: pl("withheld.only_in_app", "This only stands in the app."),
    Withheld.NEVER_IN_APP: pl("withheld.never_in_app", "A code never stands in the app."),
}

BEFOREHAND = {
    Withheld.QUIET: pl("why_not.quiet", "The wish is: some quiet for now."),
    Withheld.QUIET_UNTIL: pl("why_not.quiet_until", "The wish is: quiet until a day."),
    Withheld.COMES_BY_THEMSELVES: pl("why_not.mine", "The wish is: I come to you."),
    Withheld.ONLY_WHAT_MATTERS: pl("why_not.matters", "The wish is: only what matters."),
}

# Those that mean: the person does not need it any more.
NOT_NEEDED = frozenset({Withheld.ALREADY_READ, Withheld.NO_LONGER_OF_USE, Withheld.ONE_FOR_ALL})
