"""Open pages of conversations: hints after a commit, and how the hub asks, finds and renders.

Remembers nothing: sockets live long, so every question goes to the database.
"""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string

from live import hints
from live.topics import Item, Kind
from people import keep_apart
from people.actor import Actor
from people.vocabulary import Role

from . import queries
from .models import Facilitation, Membership, Message
from .policies.groups import IN_THE_GROUP
from .vocabulary import PAGE_LIMIT, MembershipStatus, MessageStatus

KIND = "conversation"
WINDOW = 200


def topic_of(conversation_id: str) -> str:
    return f"{KIND}:{conversation_id}"


def hint_new(conversation_id: str, sequence: int) -> None:
    transaction.on_commit(partial(hints.publish, topic_of(conversation_id), sequence))


def hint_changed(conversation_id: str, message_id: str, but: Iterable[str] = ()) -> None:
    """`but`: whom it would tell that something they never met is there."""
    transaction.on_commit(partial(hints.publish, topic_of(conversation_id), item=message_id, but=tuple(but)))


def hint_apart(group_id: str, person_ids: Iterable[str]) -> None:
    """What these persons wrote here lately is handed to open pages anew: to the one, what the other wrote is gone."""
    rows = Message.objects.filter(
        conversation__group_id=group_id, author_id__in=list(person_ids), status=MessageStatus.PUBLISHED
    )
    for conversation_id, message_id in rows.order_by("-published_at").values_list("conversation_id", "pk")[:WINDOW]:
        transaction.on_commit(partial(hints.publish, topic_of(conversation_id), item=message_id, apart=True))


def hint_own(message: Message) -> None:
    """What happened to a message that only its author sees: the strip of the author's open pages is asked for anew."""
    transaction.on_commit(partial(hints.own_changed, topic_of(message.conversation_id), message.author_id or ""))


def allowed(conversation_id: str, actors: Iterable[Actor]) -> set[str]:
    """Those of the actors who may read the conversation now: `read_conversation`, asked for all at once."""
    actors = list(actors)
    by_role = {role: {one.person_id: one for one in actors if role in one.roles} for role in IN_THE_GROUP}
    return _parents(conversation_id, by_role[Role.PARENT]) | _team(conversation_id, by_role[Role.FACILITATOR])


def _parents(conversation_id: str, actors: dict[str, Actor]) -> set[str]:
    if not actors:
        return set()
    rows = Membership.objects.filter(
        group__conversations=conversation_id,
        group__closed_at__isnull=True,
        person_id__in=actors,
        status=MembershipStatus.ADMITTED,
    ).values_list("person_id", "group_id")
    holds = {person_id: actors[person_id].hold for person_id, _ in rows}
    return {one for one, group_id in rows if holds[one] is None or holds[one].group_id == group_id}


def _team(conversation_id: str, actors: dict[str, Actor]) -> set[str]:
    if not actors:
        return set()
    rows = Facilitation.objects.filter(
        group__conversations=conversation_id, person_id__in=actors, withdrawn_at__isnull=True
    )
    return set(rows.values_list("person_id", flat=True))


def hides(conversation_id: str, actors: Iterable[Actor], items: list[Item]) -> dict[str, set[str]]:
    """For each of these parents, the authors of these messages whose words are kept from them."""
    parents = [actor.person_id for actor in actors if Role.PARENT in actor.roles]
    return keep_apart.marked_between(parents, {item.thing.author_id for item in items} - {None})


def _window(conversation_id: str) -> int:
    """A page further behind than this is loaded anew: nobody is asked about authors of long ago."""
    places = Message.objects.filter(conversation_id=conversation_id, sequence__isnull=False).order_by("-sequence")
    return next(iter(places.values_list("sequence", flat=True)[WINDOW : WINDOW + 1]), 0)


def audience(actor: Actor) -> str:
    """All parents see the same, and so does all of the team; what is mine stands in my own strip."""
    return "readers" if Role.PARENT in actor.roles else "team"


def since(conversation_id: str, after: int, item: str | None = None) -> list[Item]:
    if item is not None:
        rows = Message.objects.filter(Q(sequence__isnull=False), conversation_id=conversation_id, pk=item)
    else:
        after = max(after, _window(conversation_id))
        rows = queries.messages_shown(conversation_id).filter(sequence__gt=after).order_by("sequence")
    return [Item(row.sequence, f"m-{row.pk}", row) for row in rows.select_related("conversation")[:PAGE_LIMIT]]


def render(items: list[Item], language: str, audience: str) -> list[str]:
    authors = {item.thing.author_id for item in items} - {None}
    circle = queries.circle_of(items[0].thing.conversation.group_id, only=authors)
    return [
        render_to_string("groups/_message.html", {"message": queries.shown(item.thing, circle), "audience": audience})
        for item in items
    ]


def blank(item: Item) -> str:
    """The line of a message that its author took back, which is also all that someone kept apart may get."""
    gone = {"is_gone": True, "id": item.thing.pk, "seq": item.sequence}
    return render_to_string("groups/_message.html", {"message": gone})


conversation = Kind(
    name=KIND,
    allowed=allowed,
    audience=audience,
    since=since,
    render=render,
    hides=hides,
    author=lambda message: message.author_id or "",
    blank=blank,
    at_once=PAGE_LIMIT,
)
