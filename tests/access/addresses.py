"""Every address of ours by its name, with an example that exists in the demo town, seen from the group `ouders`."""

from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from groups.models import Facilitation, Invitation, Membership, Message
from groups.vocabulary import MessageStatus
from moderation.models import Review
from people.models import SignIn
from people.vocabulary import Role
from tests.worlds import Town

FRAMEWORK = ("cms/", "static/", "documents/")


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    audience: str
    pattern: URLPattern


def every_address(resolver=None, prefix: str = "", space: str = ""):
    """Each pattern below `/nl/` and at the root, with the name that `reverse` knows."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if route.startswith(FRAMEWORK):
            continue
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from every_address(entry, route, inner)
        else:
            yield Address(space + entry.name, route, getattr(entry.callback, "audience", ""), entry)


def examples(town: Town) -> dict[str, str]:
    """A value for each name that stands in a route. Foreign to everyone who is not of `ouders`."""
    group = town.world.groups["ouders"]
    place = town.world.conversations["Wat zeggen jullie tegen de andere kinderen?"]
    author = town.accounts[Role.PARENT].person_id
    held = Message.objects.filter(conversation=place, author_id=author, status=MessageStatus.HELD).first()
    shown = Message.objects.filter(conversation=place, author_id=author, status=MessageStatus.PUBLISHED).first()
    return {
        "group_id": group.pk,
        "conversation_id": place.pk,
        "message_id": (shown or held).pk,
        "membership_id": Membership.objects.get(group=group, person_id=author).pk,
        "invitation_id": Invitation.objects.filter(group=group).first().pk,
        "facilitation_id": Facilitation.objects.filter(group=group).first().pk,
        "review_id": Review.objects.filter(subject_id=held.pk).first().pk,
        "sign_in_id": "x" * 22,
        "person_id": town.accounts[Role.FACILITATOR].person_id,
        "notice_id": "x" * 22,
        "token": "x" * 22,
        "kind": "message",
        "subject_id": (shown or held).pk,
        "key": "caw",
    }


def own_sign_in(account) -> str:
    return SignIn.objects.filter(account=account).latest("started_at").pk
