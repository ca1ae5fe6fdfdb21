"""What groups tell a person: in which groups she is or was, what she wrote, and who of the team looked.

Only her own words: the subject of a conversation, a note of the team and the names of others are not hers.
"""

from django.utils.translation import pgettext_lazy as pl

from people.own_data import Item, Part, looks_at

from .models import Draft, Membership, Message

WHEN, WHO, WHY = pl("data.when", "When"), pl("data.who", "Who"), pl("data.why", "Why")
SINCE, UNTIL = pl("data.since", "Since"), pl("data.until", "Until")
GROUP = pl("group", "Group")
PURPOSES = {
    "group_members": pl("look.group_members", "To know who is in the group"),
    "group_conversation": pl("look.group_conversation", "To read along in the group"),
    "group_invitations": pl("look.group_invitations", "To see who was invited to the group"),
}


def tell(person_id: str) -> list[Part]:
    return [
        Part(pl("groups.mine", "My groups"), [_membership(row) for row in _memberships(person_id)]),
        Part(pl("data.messages", "What you wrote"), [_message(row) for row in _messages(person_id)]),
        Part(pl("data.drafts", "What you had not sent yet"), [_draft(row) for row in _drafts(person_id)]),
        Part(
            pl("data.looked.group", "Who of the team looked in your group"),
            looks_at(person_id, PURPOSES, (WHO, WHEN, WHY)),
        ),
    ]


def _memberships(person_id: str):
    return Membership.objects.filter(person_id=person_id).select_related("group").order_by("applied_at")


def _membership(row: Membership) -> Item:
    """Who only stood at the door never learns of which group, here neither."""
    return Item(
        (
            (GROUP, row.group.name if row.admitted_at else None),
            (pl("data.pseudonym", "Your name there"), row.pseudonym),
            (pl("data.asked", "Came to the door on"), row.applied_at),
            (SINCE, row.admitted_at),
            (pl("data.rules", "House rules accepted on"), row.rules_accepted_at),
            (UNTIL, row.ended_at),
        )
    )


def _messages(person_id: str):
    rows = Message.objects.filter(author_id=person_id).select_related("conversation__group")
    return rows.order_by("written_at").iterator(chunk_size=500)


def _message(row: Message) -> Item:
    facts = (
        (GROUP, row.conversation.group.name),
        (WHEN, row.written_at),
        (pl("data.became", "What became of it"), row.get_status_display()),
        (pl("data.posted", "Posted on"), row.published_at),
    )
    return Item(facts, row.text, row.language)


def _drafts(person_id: str):
    return Draft.objects.filter(author_id=person_id).select_related("conversation__group").order_by("changed_at")


def _draft(row: Draft) -> Item:
    return Item(((GROUP, row.conversation.group.name), (WHEN, row.changed_at)), row.text)
