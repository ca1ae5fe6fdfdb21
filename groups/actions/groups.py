"""Groups made, named, set and closed."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from audit.record import record
from groups import notices
from groups.models import Conversation, Group, Membership, Message
from groups.policies import groups as rules
from groups.vocabulary import GROUP_CAP, PRESENT, PROFESSIONAL_CAP, ConversationKind, MessageStatus, Mode, Programme
from moderation.actions import reviews
from people.actor import Actor
from people.own_words import one_line
from people.policy import Refused
from people.signals import access_ended
from people.vocabulary import Reason
from vault.purpose import id_of_form


@transaction.atomic
def make_group(
    *,
    name: str,
    programme: str,
    by: Actor,
    mode: str = Mode.FIRST_READ,
    language: str = "nl",
    key: str | None = None,
    cap: int = GROUP_CAP,
    professional_cap: int = PROFESSIONAL_CAP,
    form_key: str = "",
    now: datetime | None = None,
) -> Group:
    """A group with its place for announcements. Refuses an empty name. The same form sent twice is one group."""
    rules.make_group.require(by)
    now, name = now or timezone.now(), _named(name)
    group, is_new = Group.objects.get_or_create(
        pk=id_of_form("groups.group.form", form_key, by.person_id, name, programme, mode, language),
        defaults={
            "name": name,
            "key": key,
            "programme": Programme(programme),
            "mode": Mode(mode),
            "language": language,
            "cap": cap,
            "professional_cap": professional_cap,
            "made_at": now,
            "made_by_id": by.person_id,
        },
    )
    if not is_new:
        return group
    Conversation.objects.create(
        group=group,
        kind=ConversationKind.ANNOUNCEMENTS,
        language=language,
        opened_at=now,
        opened_by_id=by.person_id,
    )
    record("groups.group.made", by_id=by.person_id, subject="groups.group", subject_id=group.pk, now=now)
    return group


@transaction.atomic
def name_group(*, group: Group, name: str, by: Actor, now: datetime | None = None) -> Group:
    group = locked(group.pk)
    rules.name_group.require(by, group)
    name = _named(name)
    if name != group.name:
        group.name = name
        group.save(update_fields=["name"])
        record("groups.group.named", by_id=by.person_id, subject="groups.group", subject_id=group.pk, now=now)
    return group


@transaction.atomic
def set_mode(*, group: Group, mode: str, by: Actor, now: datetime | None = None) -> Group:
    """From now on; what waits to be read goes on waiting."""
    group = locked(group.pk)
    rules.set_mode.require(by, group)
    mode = Mode(mode)
    if mode != group.mode:
        group.mode = mode
        group.save(update_fields=["mode"])
        record(
            "groups.group.mode_set",
            by_id=by.person_id,
            subject="groups.group",
            subject_id=group.pk,
            now=now,
            mode=mode.value,
        )
    return group


@transaction.atomic
def close_group(*, group: Group, by: Actor, now: datetime | None = None) -> Group:
    """Gone for its members at once; held messages go back to their authors. Done already: nothing happens."""
    now = now or timezone.now()
    group = locked(group.pk)
    rules.close_group.require(by, group)
    if not group.is_open:
        return group
    settle_reviews(Message.objects.filter(conversation__group=group), "group_closed", now)
    hold_conversations(group.pk)
    group.closed_at, group.closed_by_id = now, by.person_id
    group.save(update_fields=["closed_at", "closed_by_id"])
    _give_back_held(group, by=by, now=now)
    record("groups.group.closed", by_id=by.person_id, subject="groups.group", subject_id=group.pk, now=now)
    people = Membership.objects.filter(group=group, status__in=PRESENT).values_list("person_id", flat=True)
    for person_id in people:
        end_access_on_commit(person_id, group.pk)
    return group


def _give_back_held(group: Group, *, by: Actor, now: datetime) -> None:
    held = Message.objects.select_for_update(of=("self",)).filter(conversation__group=group, status=MessageStatus.HELD)
    for message in held:
        message.move(MessageStatus.RETURNED)
        message.decided_at, message.decided_by_id = now, by.person_id
        message.save(update_fields=["status", "decided_at", "decided_by_id"])
        reviews.settle(kind="message", subject_id=message.pk, outcome="group_closed", now=now)
        notices.decided(message, by_id=by.person_id, now=now)


def end_access_on_commit(person_id: str, group_id: str) -> None:
    """Open pages of this person in this group close as soon as the change is real."""
    transaction.on_commit(
        partial(access_ended.send, sender=Group, person_id=person_id, scope=f"group:{group_id}", sign_in_id=None)
    )


def locked(group_id: str) -> Group:
    """The group as it is now, and nobody changes it until this transaction ends."""
    return Group.objects.select_for_update().get(pk=group_id)


def settle_reviews(messages, outcome: str, now: datetime) -> None:
    """Ends the reviews of those that wait. Before any other lock: whoever decides holds the review first."""
    for message_id in list(messages.filter(status=MessageStatus.HELD).values_list("pk", flat=True)):
        reviews.settle(kind="message", subject_id=message_id, outcome=outcome, now=now)


def hold_conversations(group_id: str) -> None:
    """Whoever posts or publishes holds the lock of a conversation: after this nothing new can wait in the group.

    Locks are always taken in this order, so that none waits for another in a ring: group, review, conversation,
    message, membership.
    """
    rows = Conversation.objects.select_for_update().filter(group_id=group_id).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _named(name: str) -> str:
    name = one_line(name)
    if not name:
        raise Refused(Reason.EMPTY)
    return name
