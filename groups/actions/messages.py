"""Messages sent, taken back and sent again by their authors."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from audit.record import record
from groups import live, notices
from groups.models import Conversation, Draft, Group, Membership, Message
from groups.policies import messages as rules
from groups.vocabulary import (
    NEWCOMER_MESSAGES,
    POST_SECONDS,
    POSTS,
    TEXT_LIMIT,
    MembershipStatus,
    MessageKind,
    MessageStatus,
    Mode,
)
from moderation.actions import reviews
from moderation.screening import screen
from people import keep_apart, limiter
from people.actor import Actor
from people.policy import Refused
from people.vocabulary import Reason, Role
from vault.purpose import keyed_hash

from . import drafts

URGENT = frozenset({"danger", "police", "violence", "child", "suicide"})


@dataclass(frozen=True)
class Verdict:
    """What the mode of the group and the screening make of a text."""

    status: MessageStatus
    findings: tuple
    urgent: bool


def post_message(
    *,
    conversation: Conversation,
    text: str,
    key: str,
    by: Actor,
    language: str = "",
    kind: MessageKind = MessageKind.MESSAGE,
    read_first: bool = False,
    now: datetime | None = None,
) -> Message:
    """Sends a message. The same key and text again is the same message; whatever is refused stays as a draft.

    `read_first`: the page it was written on promised that someone reads it first. That is kept, also when the mode
    of the group became another meanwhile; it can make a message wait, never let one through.
    """
    now = now or timezone.now()
    text = _lines(text)
    text_key = keyed_hash("groups.message.text", by.person_id, conversation.pk, text)
    try:
        rules.write_message.require(by, conversation)
        _require_words(text)
        too_many = _one_too_many(by)
        if too_many:
            return _sent_before(by, key, text_key, otherwise=too_many)
        try:
            return _store(conversation, text, text_key, key, by, language or by.language, kind, read_first, now)
        except IntegrityError:
            return _sent_before(by, key, text_key, otherwise=Refused(Reason.CHANGED_MEANWHILE))
    except Refused as refusal:
        if not refusal.is_hidden and rules.keep_draft.allows(by, conversation):
            drafts.keep(conversation_id=conversation.pk, author_id=by.person_id, text=text, now=now)
        raise


def _require_words(text: str) -> None:
    if not text.strip():
        raise Refused(Reason.EMPTY)
    if len(text) > TEXT_LIMIT:
        raise Refused(Reason.TOO_LONG)


def _one_too_many(by: Actor) -> Refused | None:
    allowance = limiter.take("groups.post", by.person_id, limit=POSTS, seconds=POST_SECONDS)
    return None if allowance.granted else Refused(Reason.TOO_MANY, wait_seconds=allowance.wait_seconds)


def _sent_before(by: Actor, key: str, text_key: str, *, otherwise: Refused) -> Message:
    """What this key sent already: the same text is the same message, another text is refused.

    Asked when the unique key stopped a second row, or when sending often is the reason to stop.
    """
    earlier = Message.objects.select_related("conversation").filter(author_id=by.person_id, client_key=key).first()
    if earlier is None:
        raise otherwise
    if earlier.text_key != text_key:
        raise Refused(Reason.KEY_REUSED)
    return earlier


@transaction.atomic
def _store(
    conversation: Conversation,
    text: str,
    text_key: str,
    key: str,
    by: Actor,
    language: str,
    kind: MessageKind,
    read_first: bool,
    now: datetime,
) -> Message:
    place = _locked_place(conversation.pk)
    members = _members(place.group_id)
    by_staff = Role.PARENT not in by.roles
    verdict = _verdict(place.group, text, language, by, members, by_staff=by_staff, read_first=read_first)
    message = Message(
        conversation=place,
        author_id=by.person_id,
        kind=kind,
        by_staff=by_staff,
        text=text,
        text_key=text_key,
        language=language,
        client_key=key,
        written_at=now,
    )
    message.move(verdict.status)
    if verdict.status == MessageStatus.PUBLISHED:
        give_place(message, place, now=now)
    message.save(force_insert=True)
    Draft.objects.filter(author_id=by.person_id, conversation_id=place.pk).delete()
    _set_off(message, place, verdict, members, by=by, now=now)
    record(
        "groups.message.posted",
        by_id=by.person_id,
        subject="groups.message",
        subject_id=message.pk,
        now=now,
        status=message.status,
    )
    return message


def _set_off(
    message: Message, place: Conversation, verdict: Verdict, members: dict[str, int], *, by: Actor, now: datetime
) -> None:
    if message.status == MessageStatus.PUBLISHED:
        tell_published(message, place, members, now=now)
        return
    reviews.open_review(
        kind="message",
        subject_id=message.pk,
        team_id=place.group_id,
        author_id=by.person_id,
        language=message.language,
        findings=verdict.findings,
        urgent=verdict.urgent,
        now=now,
    )


def _verdict(
    group: Group,
    text: str,
    language: str,
    by: Actor,
    members: dict[str, int],
    *,
    by_staff: bool,
    read_first: bool = False,
) -> Verdict:
    """The team's own words are not read first. A word list never decides alone: it only makes a text wait."""
    if by_staff:
        return Verdict(MessageStatus.PUBLISHED, (), False)
    # Asked under the lock: a member who is leaving this very moment leaves nothing behind.
    if by.person_id not in members:
        raise Refused(Reason.NOT_YOURS)
    screening = screen(text, language)
    must_wait = read_first or group.mode == Mode.FIRST_READ or screening.must_wait
    if group.mode == Mode.NEWCOMERS_FIRST:
        must_wait = must_wait or members[by.person_id] < NEWCOMER_MESSAGES
    status = MessageStatus.HELD if must_wait else MessageStatus.PUBLISHED
    return Verdict(status, screening.findings, bool(URGENT & set(screening.needs)))


def _members(group_id: str) -> dict[str, int]:
    """Who is in the group now, and how many messages of each were published: one look for all that follows."""
    rows = Membership.objects.filter(group_id=group_id, status=MembershipStatus.ADMITTED)
    return dict(rows.values_list("person_id", "published_count"))


def give_place(message: Message, place: Conversation, *, now: datetime) -> None:
    """The next place of a locked conversation: readers meet messages in this order.

    It is the moment, in milliseconds. Counted one by one, a number that is missing would tell who does not see all that
    there is something to see. A clock set back changes no order: then it is one more than the last.
    """
    place.last_sequence = max(place.last_sequence + 1, int(now.timestamp() * 1000))
    place.last_published_at = now
    place.save(update_fields=["last_sequence", "last_published_at"])
    message.sequence, message.published_at = place.last_sequence, now


def tell_published(
    message: Message, place: Conversation, members: dict[str, int] | None = None, *, now: datetime
) -> None:
    """Counts it for an author who is still new, tells the other members, and sets off the open pages."""
    members = _members(place.group_id) if members is None else members
    if members.get(message.author_id, NEWCOMER_MESSAGES) < NEWCOMER_MESSAGES:
        Membership.objects.filter(group_id=place.group_id, person_id=message.author_id).update(
            published_count=F("published_count") + 1
        )
    others = set(members) - {message.author_id}
    others -= keep_apart.marked_among(message.author_id, others)
    notices.new_in_conversation(
        place,
        person_ids=sorted(others),
        by_id=message.author_id or "",
        announced=message.kind == MessageKind.ANNOUNCEMENT,
        now=now,
    )
    live.hint_new(place.pk, message.sequence)


@transaction.atomic
def withdraw_message(*, message: Message, by: Actor, now: datetime | None = None) -> Message:
    """Takes one's own words back, before or after they were read. Nobody reads them any more."""
    now = now or timezone.now()
    rules.withdraw_message.require(by, message)
    # The review before the message: whoever decides takes them in this order, too.
    reviews.settle(kind="message", subject_id=message.pk, outcome="withdrawn", now=now)
    row = locked_message(message.pk)
    if row.status == MessageStatus.WITHDRAWN:
        return row
    row.move(MessageStatus.WITHDRAWN)
    row.text = ""
    row.decided_at, row.decided_by_id = now, by.person_id
    row.save(update_fields=["status", "text", "decided_at", "decided_by_id"])
    if row.sequence is not None:
        live.hint_changed(row.conversation_id, row.pk)
    record("groups.message.withdrawn", by_id=by.person_id, subject="groups.message", subject_id=row.pk, now=now)
    return row


def resubmit(*, message: Message, text: str, by: Actor, now: datetime | None = None) -> Message:
    """Sends a returned message again, changed. The rules of the group apply anew."""
    now = now or timezone.now()
    text = _lines(text)
    try:
        rules.change_message.require(by, message)
        _require_words(text)
        too_many = _one_too_many(by)
        if too_many:
            raise too_many
        return _store_again(message, text, by, now)
    except Refused as refusal:
        if not refusal.is_hidden and rules.keep_draft.allows(by, message.conversation):
            drafts.keep(conversation_id=message.conversation_id, author_id=by.person_id, text=text, now=now)
        raise


@transaction.atomic
def _store_again(message: Message, text: str, by: Actor, now: datetime) -> Message:
    place = _locked_place(message.conversation_id)
    row = locked_message(message.pk)
    rules.change_message.require(by, row)
    members = _members(place.group_id)
    verdict = _verdict(place.group, text, row.language, by, members, by_staff=row.by_staff)
    row.move(verdict.status)
    row.text, row.text_key = text, keyed_hash("groups.message.text", by.person_id, place.pk, text)
    row.written_at, row.note, row.decided_at, row.decided_by_id = now, "", None, ""
    if row.status == MessageStatus.PUBLISHED:
        give_place(row, place, now=now)
    row.save()
    _set_off(row, place, verdict, members, by=by, now=now)
    record(
        "groups.message.sent_again",
        by_id=by.person_id,
        subject="groups.message",
        subject_id=row.pk,
        now=now,
        status=row.status,
    )
    return row


def locked_message(message_id: str) -> Message:
    rows = Message.objects.select_for_update(of=("self",)).select_related("conversation__group")
    return rows.get(pk=message_id)


def _locked_place(conversation_id: str) -> Conversation:
    """The conversation as it is now. Refuses one that closed while the message was written.

    The group is looked at once the lock is there: looked up together with it, it would be the group from before the
    waiting, and the last words would come into one that closed meanwhile.
    """
    place = Conversation.objects.select_for_update().get(pk=conversation_id)
    place.group = Group.objects.get(pk=place.group_id)
    if not place.group.is_open:
        raise Refused(Reason.GROUP_CLOSED)
    if place.closed_at is not None:
        raise Refused(Reason.READ_ONLY_NOW)
    return place


def _lines(text: str) -> str:
    """What browsers send with CRLF, without signs that no reader can see; NUL cannot be stored."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
