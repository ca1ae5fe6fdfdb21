"""One word of its own for every private text in the town, and who may meet it.

Whoever adds an encrypted field without saying here who may meet it breaks the test. The answers are written from the
relations themselves, not from the policies that they check.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.apps import apps

from groups.models import Conversation, Facilitation, Membership, Message
from groups.vocabulary import MembershipStatus, MessageStatus
from outreach.models import Around
from outreach.wish import hard_days_from
from people.keep_apart import marked_among
from people.models import Account, ContactNeeds, Person, RoleGrant
from people.vocabulary import Role
from vault.fields import EncryptedTextField

# Held by the portal for itself, or in a form of its own: their words are looked for as they are.
AS_THEY_ARE = {
    "vault.MasterSecret.value",
    "people.Authenticator.key",
    "outreach.Delivery.payload",
    "audit.AuditEntry.because",
    "people.KeepApart.details",
    "outreach.PushSubscription.endpoint",
    "outreach.PushSubscription.p256dh",
    "outreach.PushSubscription.auth",
    "people.ContactNeeds.hard_days",
}


@dataclass
class Canaries:
    """Each word, the field it stands in, and the persons who may meet it (`None`: everybody)."""

    places: dict[str, str] = field(default_factory=dict)
    allowed: dict[str, set[str] | None] = field(default_factory=dict)

    def add(self, word: str, place: str, allowed: set[str] | None) -> None:
        if word:
            self.places[word], self.allowed[word] = place, allowed

    def met_in(self, text: str) -> set[str]:
        return {word for word in self.places if word in text}


def private_fields() -> dict[str, tuple]:
    """Every field of ours that is stored encrypted, by `area.Model.field`."""
    return {
        f"{model._meta.label}.{one.name}": (model, one.name)
        for model in apps.get_models()
        for one in model._meta.get_fields()
        if isinstance(one, EncryptedTextField)
    }


def strew(keep_apart_words: tuple[str, ...]) -> Canaries:
    """Puts a word of its own into every private text there is, and tells where each lies."""
    found, number = Canaries(), 0
    for place, (model, name) in private_fields().items():
        if place in AS_THEY_ARE:
            continue
        for row in model.objects.all():
            if not getattr(row, name):
                continue
            number += 1
            word = f"Kanarie{number:05d}q"
            model.objects.filter(pk=row.pk).update(**{name: word})
            found.add(word, place, WHO[place](row))
    for row in ContactNeeds.objects.exclude(hard_days=""):
        for one in hard_days_from(row.hard_days):
            found.add(one.words, "people.ContactNeeds.hard_days", WHO["people.ContactNeeds.hard_days"](row))
    for place in AS_THEY_ARE - {"people.KeepApart.details", "people.ContactNeeds.hard_days"}:
        model, name = private_fields()[place]
        for row in model.objects.all():
            found.add(getattr(row, name), place, WHO[place](row))
    for word in keep_apart_words:
        found.add(word, "people.KeepApart.details", with_role(Role.FACILITATOR) | with_role(Role.COORDINATOR))
    for account in Account.objects.select_related("person"):
        for name in ("email", "sign_in_name"):
            found.add(getattr(account, name) or "", f"people.Account.{name}", _about_account(account))
    return found


def with_role(role: Role) -> set[str]:
    return set(RoleGrant.objects.filter(role=role, withdrawn_at=None).values_list("person_id", flat=True))


def team(group_id: str) -> set[str]:
    rows = Facilitation.objects.filter(group_id=group_id, withdrawn_at=None)
    return set(rows.values_list("person_id", flat=True))


def members(group_id: str) -> set[str]:
    rows = Membership.objects.filter(group_id=group_id, status=MembershipStatus.ADMITTED)
    return set(rows.values_list("person_id", flat=True))


def readers(group_id: str) -> set[str]:
    """Who decides about what waits in a group: its facilitators, and whoever is on duty."""
    return team(group_id) | with_role(Role.MODERATOR)


def _group(row) -> set[str]:
    return members(row.pk) | readers(row.pk) | with_role(Role.COORDINATOR)


def _conversation(row: Conversation) -> set[str]:
    return members(row.group_id) | readers(row.group_id)


def _name(row: Membership) -> set[str]:
    inside = members(row.group_id) if row.status == MembershipStatus.ADMITTED else set()
    return (inside - marked_among(row.person_id, inside)) | readers(row.group_id) | {row.person_id}


def _words(row: Message) -> set[str]:
    group, author = row.conversation.group_id, {row.author_id} - {None}
    if row.status == MessageStatus.PUBLISHED:
        inside = members(group)
        return (inside - marked_among(row.author_id or "", inside)) | readers(group) | author
    if row.status in (MessageStatus.HELD, MessageStatus.RETURNED, MessageStatus.DECLINED):
        return readers(group) | author
    return author


def _decided(row: Message) -> set[str]:
    return readers(row.conversation.group_id) | ({row.author_id} - {None})


def _told(row) -> set[str]:
    """What someone told the team: the team alone, never the one it is about."""
    about = Message.objects.select_related("conversation").get(pk=row.review.subject_id)
    return readers(about.conversation.group_id)


def _judged(row) -> set[str]:
    about = Message.objects.select_related("conversation").get(pk=row.review.subject_id)
    return readers(about.conversation.group_id) | ({about.author_id} - {None})


def _about_account(account: Account) -> set[str]:
    """One's own settings; staff of those who manage staff; a parent's sign-in name for who hands out a new way in."""
    managers = with_role(Role.COORDINATOR) | with_role(Role.TECHNICAL_ADMINISTRATOR)
    return {account.person_id} | (managers if account.person.is_staff else accompanying(account.person_id))


def accompanying(person_id: str) -> set[str]:
    groups = Membership.objects.filter(person_id=person_id, status=MembershipStatus.ADMITTED)
    return {one for group in groups.values_list("group_id", flat=True) for one in team(group)}


def around(person_id: str) -> set[str]:
    """Who stands around her with her yes, and who accompanies her."""
    rows = Around.objects.filter(person_id=person_id, agreed_at__isnull=False, ended_at=None)
    return set(rows.values_list("staff_id", flat=True)) | accompanying(person_id)


def _about_her(row) -> set[str]:
    return around(row.person_id) | {row.person_id}


def _moment(row) -> set[str]:
    return around(row.person_id) | ({row.person_id} if row.parent_may_read else set())


def _called(row: Person) -> set[str] | None:
    """Staff are known by name to all who write with them; how a parent is called is known to their own team."""
    return None if row.is_staff else around(row.pk)


def _in_rounds(rounds) -> set[str]:
    """Who started a round, and who accompanies somebody in it."""
    started = {one.started_by_id for one in rounds}
    return started | {staff for one in rounds for line in one.lines.all() for staff in accompanying(line.person_id)}


def _nobody(_row) -> set[str]:
    return set()


WHO: dict[str, Callable] = {
    "audit.AuditEntry.because": _nobody,
    "groups.Conversation.subject": _conversation,
    "groups.Draft.text": lambda row: {row.author_id},
    "groups.Group.name": _group,
    "groups.Invitation.for_name": lambda row: team(row.group_id),
    "groups.Membership.pseudonym": _name,
    "groups.Message.note": _decided,
    "groups.Message.reason": _decided,
    "groups.Message.text": _words,
    "moderation.Decision.words": _judged,
    "moderation.Report.words": _told,
    "outreach.ContactMoment.note": _moment,
    "outreach.Delivery.payload": _nobody,
    "outreach.Occasion.title": lambda row: _in_rounds(row.rounds.all()),
    "outreach.Override.because": lambda row: (
        accompanying(row.person_id) | with_role(Role.MODERATOR) | ({row.person_id} if row.confirmed_at else set())
    ),
    "outreach.PushSubscription.auth": _nobody,
    "outreach.PushSubscription.endpoint": _nobody,
    "outreach.PushSubscription.p256dh": _nobody,
    "outreach.SafeContact.address": _about_her,
    "outreach.SafeContact.code_word": _about_her,
    "outreach.SafeContact.hours": _about_her,
    "outreach.SafeContact.phone": _about_her,
    "outreach.SafeContact.say_from": _about_her,
    "outreach.Round.closing_note": lambda row: _in_rounds([row]),
    "outreach.StaffWord.text": lambda row: {row.person_id, row.by_id},
    "people.Authenticator.key": _nobody,
    "people.ContactNeeds.hard_days": _about_her,
    "people.KeepApart.details": _nobody,
    "people.Person.name": _called,
    "vault.MasterSecret.value": _nobody,
}
