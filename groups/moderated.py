"""How messages of groups are reviewed: what moderation may see of one, and how its decisions are applied."""

from collections.abc import Iterable
from datetime import datetime

from moderation.reviewables import Described
from people.actor import Actor
from people.policy import Refused
from people.vocabulary import Reason, Role

from . import queries
from .actions import decisions
from .models import Message
from .policies.relations import facilitated_ids

CONTEXT = 3


class ReviewableMessage:
    """Registered under the kind 'message'. Each decision asks the rule of messages again."""

    kind = "message"

    def describe(self, subject_id: str) -> Described:
        """The words, who wrote them by the name of the group, and the few messages before them."""
        message = self._message(subject_id)
        place = message.conversation
        circle, before = queries.circle_of(place.group_id), self._before(message)
        return Described(
            text=message.text,
            author_id=message.author_id or "",
            author_label=circle.voice_of(message.author_id).name,
            language=message.language,
            team_id=place.group_id,
            where=place.group.name,
            context=[(circle.voice_of(row.author_id).name, row.text) for row in before],
            context_ids=frozenset(row.author_id for row in before if row.author_id),
            stands=message.status == "published",
        )

    def _before(self, message: Message) -> list[Message]:
        rows = queries.messages_shown(message.conversation_id)
        if message.sequence is not None:
            rows = rows.filter(sequence__lt=message.sequence)
        return [row for row in list(rows.order_by("-sequence")[:CONTEXT])[::-1] if row.status == "published"]

    def publish(self, subject_id: str, by: Actor, now: datetime | None = None) -> None:
        decisions.publish_message(message=self._message(subject_id), by=by, now=now)

    def give_back(self, subject_id: str, by: Actor, note: str, now: datetime | None = None) -> None:
        decisions.return_message(message=self._message(subject_id), by=by, note=note, now=now)

    def decline(
        self, subject_id: str, by: Actor, reason_key: str, words: str = "", now: datetime | None = None
    ) -> None:
        decisions.decline_message(message=self._message(subject_id), by=by, reason_key=reason_key, words=words, now=now)

    def remove(self, subject_id: str, by: Actor, because: str, now: datetime | None = None) -> None:
        decisions.remove_message(message=self._message(subject_id), by=by, because=because, now=now)

    def readable_by(self, actor: Actor, team_ids: Iterable[str]) -> set[str]:
        """Those of the teams whose messages this actor may read first."""
        if Role.MODERATOR in actor.roles:
            return set(team_ids)
        return set(team_ids) & facilitated_ids(actor)

    def _message(self, subject_id: str) -> Message:
        message = queries.message_of(subject_id)
        if message is None:
            raise Refused(Reason.NOT_FOUND)
        return message


def teams_of(actor: Actor) -> set[str]:
    """The groups whose queue this actor reads: those one accompanies; on duty, all that are open."""
    if Role.MODERATOR in actor.roles:
        return queries.open_group_ids() | facilitated_ids(actor)
    return set(facilitated_ids(actor))


def names_of(group_ids: Iterable[str]) -> dict[str, str]:
    """How the team calls each of these groups; one question for a whole page of the queue."""
    return queries.group_names(group_ids)
