"""Why staff look at something of a person: the words of the access log."""

from django.db import models
from django.utils.translation import pgettext_lazy as pl


class Look(models.TextChoices):
    """What a look was for. The label is the sentence that the parent reads behind the name of who looked.

    `HIDDEN_LOOKS` have no sentence: they would tell of another person.
    """

    REVIEW = "review", pl("looked.review", "Read a message of yours, to see whether it can stand in the group.")
    MEMBERS = "group_members", pl("looked.members", "Looked at your name in the group, to be there for the group.")
    CONVERSATION = (
        "group_conversation",
        pl("looked.conversation", "Read along where you wrote, to be there for the group."),
    )
    WISH = "contact_wish", pl("looked.wish", "Read how you want contact, to keep to it.")
    ROUND = (
        "outreach_round",
        pl("looked.round", "Looked at how you want contact, because something happened that may touch you."),
    )
    MOMENTS = "contact_moments", pl("looked.moments", "Read what was written down of contacts with you.")
    SENDINGS = "sendings", pl("looked.sendings", "Looked at what was sent to you, and what was not.")
    AROUND = "around", pl("looked.around", "Looked at who is around you.")
    CALL_CARD = (
        "call_card",
        pl("looked.call_card", "Opened your card on how to reach you safely, to call, visit or write to you."),
    )
    KEPT_APART = "keep_apart", ""
    HOUSEHOLD = "household", ""


HIDDEN_LOOKS = (Look.KEPT_APART, Look.HOUSEHOLD)
