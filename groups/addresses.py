"""Where notices about groups lead: asked by outreach when someone opens one, while it is still of use."""

from django.urls import reverse

from groups import queries


def of_conversation(person_id: str, conversation_id: str) -> str | None:
    if not queries.conversation_is_of_use(person_id, conversation_id):
        return None
    return reverse("groups:conversation", args=[conversation_id])


def of_group(person_id: str, group_id: str) -> str | None:
    """The desk for its team, the group for its members; someone who waits is led to the list."""
    if person_id in queries.team_ids(group_id):
        return reverse("work:group", args=[group_id])
    return reverse("my:groups") if queries.group_is_of_use(person_id, group_id) else None


def of_access(person_id: str, membership_id: str) -> str | None:
    """Of a group that is closed to this person now: the list of what is still open, with nothing of that one."""
    return reverse("my:groups")
