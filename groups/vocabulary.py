"""The words of the groups: programmes, modes, states, and the figures that the house has agreed on."""

from datetime import timedelta

from django.db import models
from django.utils.translation import pgettext_lazy as pl

TEXT_LIMIT = 4000
SUBJECT_LIMIT = 120
PSEUDONYM_LIMIT = 30
PAGE = 20
PAGE_LIMIT = 50
GROUP_CAP = 20
PROFESSIONAL_CAP = 3
NEWCOMER_MESSAGES = 3  # so many are read first in the mode 'new members first'; after them none is counted

INVITATION_DAYS = 7
INVITATION_DAYS_AT_MOST = 30

DRAFT_KEPT = timedelta(days=7)
INVITATION_KEPT = timedelta(days=30)
MESSAGE_KEPT = timedelta(days=365)
CLOSED_KEPT = timedelta(days=365)  # a closed group, with its conversations and memberships
UNSENT_KEPT = timedelta(days=90)  # returned, declined and withdrawn messages, and the text of removed ones

# So many at once and so many more in the minute after: never over thirty in a minute (G16).
POSTS, POST_SECONDS = 15, 60
DRAFTS, DRAFT_SECONDS = 60, 60
NAMES, NAME_SECONDS = 5, 24 * 3600  # a name stands unread before all, also beside what was said long ago
TAKEN_NAMES = 10  # in the same time: each tells that somebody is called so, who may never have written a word


class Programme(models.TextChoices):
    DEPARTED = "departed", pl("programme.departed", "Parents of a child who left")
    PREVENTIVE = "preventive", pl("programme.preventive", "Support when you are worried")


class Mode(models.TextChoices):
    """When the others see a message."""

    FIRST_READ = "first_read", pl("mode.first_read.staff", "Every message is read first")
    NEWCOMERS_FIRST = "newcomers_first", pl("mode.newcomers_first.staff", "Messages of new members are read first")
    AFTER_POSTING = "after_posting", pl("mode.after_posting.staff", "Messages are read after they are posted")


class MembershipStatus(models.TextChoices):
    APPLIED = "applied", pl("membership.applied", "waits to be let in")
    ADMITTED = "admitted", pl("membership.admitted", "member")
    LEFT = "left", pl("membership.left", "left")
    ENDED = "ended", pl("membership.ended", "ended by the team")


PRESENT = (MembershipStatus.APPLIED, MembershipStatus.ADMITTED)


class ConversationKind(models.TextChoices):
    CONVERSATION = "conversation", pl("conversation", "conversation")
    ANNOUNCEMENTS = "announcements", pl("announcements", "announcements")


class MessageKind(models.TextChoices):
    MESSAGE = "message", pl("message", "message")
    ANNOUNCEMENT = "announcement", pl("announcement", "announcement")


class MessageStatus(models.TextChoices):
    """A draft is not a message yet: it has a model of its own."""

    HELD = "held", pl("state.held.staff", "waiting to be read")
    PUBLISHED = "published", pl("state.published.staff", "posted")
    RETURNED = "returned", pl("state.returned.staff", "returned with a note")
    DECLINED = "declined", pl("state.declined.staff", "declined, with a reason")
    WITHDRAWN = "withdrawn", pl("state.withdrawn.staff", "withdrawn by its author")
    REMOVED = "removed", pl("state.removed.staff", "removed, mark left")


# The only table of moves. `None` is where a message begins.
MOVES = {
    None: frozenset({MessageStatus.HELD, MessageStatus.PUBLISHED}),
    MessageStatus.HELD: frozenset(
        {MessageStatus.PUBLISHED, MessageStatus.RETURNED, MessageStatus.DECLINED, MessageStatus.WITHDRAWN}
    ),
    MessageStatus.RETURNED: frozenset({MessageStatus.HELD, MessageStatus.PUBLISHED, MessageStatus.WITHDRAWN}),
    MessageStatus.DECLINED: frozenset({MessageStatus.WITHDRAWN}),
    MessageStatus.PUBLISHED: frozenset({MessageStatus.REMOVED, MessageStatus.WITHDRAWN}),
    MessageStatus.REMOVED: frozenset(),
    MessageStatus.WITHDRAWN: frozenset(),
}
# What readers meet in a conversation: the words, or the mark that something stood there.
SHOWN = (MessageStatus.PUBLISHED, MessageStatus.REMOVED)
# What stands in the author's own strip, because it is not in the conversation.
OWN_STRIP = (MessageStatus.HELD, MessageStatus.RETURNED, MessageStatus.DECLINED)
