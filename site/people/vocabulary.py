"""The words of the people package: roles, rhythms, reasons. One enum each, used in code, screens and tests."""

from enum import StrEnum

from django.db import models
from django.utils.translation import pgettext_lazy as pl


class Role(models.TextChoices):
    """The fourteen identities. Some are granted, some follow from a relation; police and prosecution have none."""

    ANONYMOUS = "anonymous", pl("role.anonymous", "visitor")
    INVITED = "invited", pl("role.invited", "invited, not in yet")
    PARENT = "parent", pl("role.parent", "parent")
    PARENT_OF_ANOTHER_GROUP = "parent_of_another_group", pl("role.parent.another", "parent of another group")
    KEPT_APART_PARENT = "kept_apart_parent", pl("role.parent.apart", "parent who is kept apart")
    FORMER_MEMBER = "former_member", pl("role.former", "former member")
    FACILITATOR = "facilitator", pl("role.facilitator", "facilitator")
    FACILITATOR_OF_ANOTHER_GROUP = (
        "facilitator_of_another_group",
        pl("role.facilitator.another", "facilitator of another group"),
    )
    MODERATOR = "moderator", pl("role.moderator", "moderator on duty")
    EDITOR = "editor", pl("role.editor", "editor")
    PARTNER = "partner", pl("role.partner", "partner")
    COORDINATOR = "coordinator", pl("role.coordinator", "coordinator")
    TECHNICAL_ADMINISTRATOR = "technical_administrator", pl("role.tech", "technical administrator")
    STAFF_WITHOUT_SECOND_FACTOR = (
        "staff_without_second_factor",
        pl("role.staff.unproven", "staff without the second factor"),
    )


# The roles that an action grants to a person; all others follow from relations.
GRANTED_ROLES = (
    Role.FACILITATOR,
    Role.MODERATOR,
    Role.EDITOR,
    Role.PARTNER,
    Role.COORDINATOR,
    Role.TECHNICAL_ADMINISTRATOR,
)


class Rhythm(models.TextChoices):
    OFTEN = "often", pl("rhythm.often", "Often")
    SOMETIMES = "sometimes", pl("rhythm.sometimes", "Now and then")
    MATTERS = "matters", pl("rhythm.matters", "Only what matters")
    MINE = "mine", pl("rhythm.mine", "I come to you")
    QUIET = "quiet", pl("rhythm.quiet", "Some quiet for now")


class WhoMay(models.TextChoices):
    """Who of the staff may write, call or visit."""

    TEAM = "team", pl("who_may.team", "Anyone from the team of my group")
    CONTACT_PERSON = "contact_person", pl("who_may.contact_person", "Only my contact person")


class AroundEvents(models.TextChoices):
    """What to do when something happened that may touch a parent. Empty in the table: as the rhythm has it."""

    REACH_OUT = "reach_out", pl("around_events.reach_out", "Do reach out")
    LEAVE_ME_BE = "leave_me_be", pl("around_events.leave_me_be", "Leave me be")
    ONLY_CONTACT_PERSON = "only_contact_person", pl("around_events.only_contact_person", "Only my contact person")


class KeptIn(models.TextChoices):
    """Where a passkey is kept, as its owner says; it serves as its name."""

    PHONE = "phone", pl("passkey.phone", "On my phone")
    COMPUTER = "computer", pl("passkey.computer", "On my computer")
    STICK = "stick", pl("passkey.stick", "On a small key of its own")
    ELSEWHERE = "elsewhere", pl("passkey.elsewhere", "Somewhere else")


class Reason(StrEnum):
    """Why something is refused. Each has one sentence; `HIDDEN` ones pretend the thing does not exist."""

    NOT_FOUND = "not_found"
    NOT_YOURS = "not_yours"
    SIGN_IN = "sign_in"
    SECOND_FACTOR = "second_factor"
    NOT_OPEN_NOW = "not_open_now"
    RULES_FIRST = "rules_first"
    READ_ONLY_NOW = "read_only_now"
    ALREADY_DONE = "already_done"
    CHANGED_MEANWHILE = "changed_meanwhile"
    TAKEN_BY_ANOTHER = "taken_by_another"
    TOO_MANY = "too_many"
    GROUP_CLOSED = "group_closed"
    NEEDS_REASON = "needs_reason"
    OWN_CASE = "own_case"
    OTHERS_GRANT = "others_grant"
    NAME_TAKEN = "name_taken"
    NAME_MIXED = "name_mixed"
    ADDRESS_TAKEN = "address_taken"
    NAME_TELLS = "name_tells"
    FULL = "full"
    KEY_REUSED = "key_reused"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    LINK_USED = "link_used"
    WISH = "wish"
    NOT_BY_WISH = "not_by_wish"
    AWAY_THEN = "away_then"
    ON_DUTY_THEN = "on_duty_then"


HIDDEN = frozenset({Reason.NOT_FOUND, Reason.NOT_YOURS})

SENTENCES = {
    Reason.NOT_FOUND: pl("error.notfound", "We can’t find this page."),
    Reason.NOT_YOURS: pl("error.notfound", "We can’t find this page."),
    Reason.SIGN_IN: pl("reason.sign_in", "Sign in first, please."),
    Reason.SECOND_FACTOR: pl("reason.second_factor", "Enter your extra code first."),
    Reason.NOT_OPEN_NOW: pl("keepapart.refusal", "This is not open to you now; your facilitator will tell you."),
    Reason.RULES_FIRST: pl("reason.rules_first", "Read the rules of the group first. Then you can write."),
    Reason.READ_ONLY_NOW: pl("reason.read_only_now", "You can read here now, not write."),
    Reason.ALREADY_DONE: pl("reason.already_done", "This was already done."),
    Reason.CHANGED_MEANWHILE: pl(
        "reason.changed_meanwhile", "Something changed in the meantime. Look again before you go on."
    ),
    Reason.TAKEN_BY_ANOTHER: pl("reason.taken_by_another", "Someone from the team is already reading this."),
    Reason.TOO_MANY: pl("reason.too_many", "That was a lot in a short time. Try again in a little while."),
    Reason.GROUP_CLOSED: pl("reason.group_closed", "This group is closed. Nothing new can be written here."),
    Reason.NEEDS_REASON: pl("reason.needs_reason", "Write down why. A few words are enough."),
    Reason.OWN_CASE: pl("reason.own_case", "This is about you, so someone else from the team decides."),
    Reason.OTHERS_GRANT: pl(
        "reason.others_grant",
        "This colleague also has a role that you do not give. Give the new role on the page of this colleague.",
    ),
    Reason.NAME_TAKEN: pl("reason.name_taken", "Please choose another name; this one is in use."),
    Reason.NAME_MIXED: pl("reason.name_mixed", "Please write the name with letters of one alphabet."),
    Reason.ADDRESS_TAKEN: pl("reason.address_taken", "This address cannot be used for the team. Take a work address."),
    Reason.NAME_TELLS: pl(
        "reason.name_tells", "There is a number, an address or a link in this. Choose a name without it."
    ),
    Reason.FULL: pl("reason.full", "There is no room for one more. See who is there already."),
    Reason.KEY_REUSED: pl(
        "reason.key_reused", "This was sent before with another text. Your text is kept; send it once more."
    ),
    Reason.EMPTY: pl("reason.empty", "Write a few words first."),
    Reason.TOO_LONG: pl("reason.too_long", "This is too long. Make it shorter, or send it in two parts."),
    Reason.LINK_USED: pl("reason.link_used", "This link or code does not work any more. Ask for a new one."),
    Reason.NOT_BY_WISH: pl("reason.not_by_wish", "The wish of this parent does not allow this now."),
    Reason.AWAY_THEN: pl(
        "reason.away_then", "Those hours lie in days away. Choose other hours, or first take back the days away."
    ),
    Reason.ON_DUTY_THEN: pl("reason.on_duty_then", "This person is on duty in those hours already."),
    Reason.WISH: pl("reason.wish", "This parent asked for quiet. Nothing was sent."),
}
