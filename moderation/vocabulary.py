"""The words of reviewing: what a screening can find, why something waits, how it ends, what is said kindly about it."""

from datetime import timedelta

from django.db import models
from django.utils.translation import pgettext_lazy as pl

CLAIM_KEPT = timedelta(minutes=15)
REVIEW_KEPT = timedelta(days=365)
PAGE = 30
NOTE_LIMIT = 2000
WORDS_LIMIT = 1000

# So many times may one person tell the team in an hour (G16); each telling wakes people.
REPORTS, REPORT_SECONDS = 12, 3600


class FindingKind(models.TextChoices):
    """What a screening can find. The label is what the team reads above it: 'possible', for a list is no judge."""

    DANGER_SELF = "danger_self", pl("finding.danger_self", "Possible danger to oneself")
    DANGER_OTHERS = "danger_others", pl("finding.danger_others", "Possible danger to others")
    CHILD_AT_RISK = "child_at_risk", pl("finding.child_at_risk", "Possibly a child at risk")
    VIOLENCE_HOME = "violence_home", pl("finding.violence_home", "Possibly violence at home")
    DEPARTURE = "departure", pl("finding.departure", "Someone may be leaving")
    PHONE_NUMBER = "phone_number", pl("finding.phone_number", "A phone number")
    EMAIL_ADDRESS = "email_address", pl("finding.email_address", "An e-mail address")
    STREET_ADDRESS = "street_address", pl("finding.street_address", "A street and a number")
    IDENTIFIER = "identifier", pl("finding.identifier", "A number of one person, or a place on the map")
    PROFILE = "profile", pl("finding.profile", "A name on another network")
    WEB_LINK = "web_link", pl("finding.web_link", "A link to another site")


FINDING_WORDS = {
    FindingKind.DANGER_SELF: pl(
        "finding.danger_self.words",
        "The parent already sees whom to call. Read it soon, and call if you can.",
    ),
    FindingKind.DANGER_OTHERS: pl(
        "finding.danger_others.words", "Read it in full first. When in doubt, ask for help at once."
    ),
    FindingKind.CHILD_AT_RISK: pl(
        "finding.child_at_risk.words", "The parent already sees whom to call. A word of yours can help, too."
    ),
    FindingKind.VIOLENCE_HOME: pl(
        "finding.violence_home.words", "The phone may be shared. Think of that before you answer."
    ),
    FindingKind.DEPARTURE: pl("finding.departure.words", "Every hour can count. Read it before the rest."),
    FindingKind.PHONE_NUMBER: pl("finding.phone_number.words", "Anyone in the group could call it."),
    FindingKind.EMAIL_ADDRESS: pl("finding.email_address.words", "Anyone in the group could write to it."),
    FindingKind.STREET_ADDRESS: pl("finding.street_address.words", "It says where someone lives or comes."),
    FindingKind.IDENTIFIER: pl("finding.identifier.words", "It leads to one person, or to one house."),
    FindingKind.PROFILE: pl(
        "finding.profile.words", "Whoever looks it up finds the family behind it, and can write without the team."
    ),
    FindingKind.WEB_LINK: pl("finding.web_link.words", "Look where it leads before others follow it."),
}
# The order in which a row of the queue is named: people first, then what could expose them.
SERIOUS_FIRST = tuple(FindingKind)


class Cause(models.TextChoices):
    """Why a person of the team looks at it."""

    HELD = "held", pl("review.cause.held", "Everything is read first here")
    TOLD = "told", pl("review.cause.told", "Someone told the team about this")
    SEEN = "seen", pl("review.cause.seen", "Taken away from the page itself")


class Outcome(models.TextChoices):
    """How a review ended. The last two came about by themselves."""

    PUBLISHED = "published", pl("state.published.staff", "posted")
    RETURNED = "returned", pl("state.returned.staff", "returned with a note")
    DECLINED = "declined", pl("state.declined.staff", "declined, with a reason")
    LEFT_STANDING = "left_standing", pl("outcome.left_standing", "left where it stands")
    REMOVED = "removed", pl("state.removed.staff", "removed, mark left")
    WITHDRAWN = "withdrawn", pl("state.withdrawn.staff", "withdrawn by its author")
    GROUP_CLOSED = "group_closed", pl("outcome.group_closed", "the group was closed")


BY_THEMSELVES = frozenset({Outcome.WITHDRAWN, Outcome.GROUP_CLOSED})


class DeclineReason(models.TextChoices):
    """Why something is not posted. The label is what the team picks; the author reads the sentence below."""

    NAMES = "names", pl("decline.names", "Names or places")
    OTHER_FAMILY = "other_family", pl("decline.other_family", "About another family")
    HOUSE_RULES = "house_rules", pl("decline.house_rules", "Against the rules of the group")
    IN_PRIVATE = "in_private", pl("decline.in_private", "Better in a private talk")
    VIOLENCE = "violence", pl("decline.violence", "Makes violence look good")
    OTHER = "other", pl("decline.other", "Something else, in my own words")


DECLINE_SENTENCES = {
    DeclineReason.NAMES: pl(
        "decline.names.sentence", "There are names or places in it. Others could tell who it is about."
    ),
    DeclineReason.OTHER_FAMILY: pl(
        "decline.other_family.sentence", "It tells about another family. That story is theirs to tell."
    ),
    DeclineReason.HOUSE_RULES: pl(
        "decline.house_rules.sentence", "It does not fit the rules that we all share in this group."
    ),
    DeclineReason.IN_PRIVATE: pl(
        "decline.in_private.sentence", "This deserves a talk with someone from the team, without the group."
    ),
    DeclineReason.VIOLENCE: pl(
        "decline.violence.sentence", "It could be read as praise of violence. That frightens others here."
    ),
}


def reason_in_words(reason_key: str, words: str = "") -> str:
    """What the author reads as the reason, in the language that is on: the sentence, or the team's own words."""
    sentence = DECLINE_SENTENCES.get(reason_key)
    return str(sentence) if sentence is not None else words


class NoteStart(models.TextChoices):
    """First sentences for a kind word. The label stands on the pill, the sentence comes in the author's language."""

    NAMES = "names", pl("note.names", "Someone could be recognised")
    PLACE = "place", pl("note.place", "A place")
    SHARP = "sharp", pl("note.sharp", "Too sharp")
    IN_PRIVATE = "in_private", pl("note.in_private", "Better in private")


NOTE_SENTENCES = {
    NoteStart.NAMES: pl(
        "note.names.sentence",
        "Others could recognise who this is about. Would you tell it without the name? "
        "What you felt can stay just as it is.",
    ),
    NoteStart.PLACE: pl("note.place.sentence", "Would you tell it without the place? The rest can stay just as it is."),
    NoteStart.SHARP: pl(
        "note.sharp.sentence",
        "I can hear how much this hurts. A few words could hurt another parent here. Would you say it in another way?",
    ),
    NoteStart.IN_PRIVATE: pl(
        "note.in_private.sentence",
        "This matters. I would like to talk about it with you, without the group. Shall we?",
    ),
}


class Decision(models.TextChoices):
    """What the team can choose for a message that waits, or for one that someone told about."""

    PUBLISH = "publish", pl("decide.publish", "Post it")
    GIVE_BACK = "give_back", pl("decide.give_back", "Back with a kind word")
    DECLINE = "decline", pl("decide.decline", "Do not post it, with a reason")
    DISMISS = "dismiss", pl("decide.dismiss", "Leave it where it stands")
    TAKE_AWAY = "take_away", pl("decide.take_away", "Take it away")


DECISION_WORDS = {
    Decision.PUBLISH: pl("decide.publish.words", "The group sees it at once."),
    Decision.GIVE_BACK: pl("decide.give_back.words", "The writer can change it. Nothing of the text is lost."),
    Decision.DECLINE: pl("decide.decline.words", "The writer reads why, and keeps the text."),
    Decision.DISMISS: pl("decide.dismiss.words", "Nothing changes. The writer does not hear of it."),
    Decision.TAKE_AWAY: pl("decide.take_away.words", "A mark stays. The writer reads why, and keeps the text."),
}
DECIDED = {
    Decision.PUBLISH: pl("decided.publish", "Done: it is posted."),
    Decision.GIVE_BACK: pl("decided.give_back", "Done: it went back with your kind word."),
    Decision.DECLINE: pl("decided.decline", "Done: it is not posted. The writer reads why."),
    Decision.DISMISS: pl("decided.dismiss", "Done: it stays where it stands."),
    Decision.TAKE_AWAY: pl("decided.take_away", "Done: it is taken away. The writer reads why."),
}
FOR_HELD = (Decision.PUBLISH, Decision.GIVE_BACK, Decision.DECLINE)
FOR_TOLD = (Decision.DISMISS, Decision.TAKE_AWAY)
