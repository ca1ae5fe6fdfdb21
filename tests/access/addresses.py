"""Every address of ours by its name, with an example that exists in the demo town, seen from the group `ouders`."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from groups.actions.invitations import issue_invitation
from groups.models import Facilitation, Membership, Message
from groups.vocabulary import MessageStatus
from moderation.models import Review
from outreach.actions.leave import tell_parents, write_leave
from outreach.actions.override import ask_override, confirm_override
from outreach.actions.taking_over import take_over
from outreach.actions.words import write_word
from outreach.models import Around, ContactMoment, DutyShift, Notice, RoundLine
from outreach.models.override import Danger
from people.actions.recovery import issue_new_way_in
from people.actions.sessions import start
from people.models import Account, NewWayIn, Person
from people.vocabulary import Role
from tests.worlds import Town
from vault.ids import new_id

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
        "invitation_id": issue_invitation(group=group, by=town.actor(Role.FACILITATOR)).invitation.pk,
        "facilitation_id": Facilitation.objects.filter(group=group).first().pk,
        "review_id": Review.objects.filter(subject_id=held.pk).first().pk,
        "sign_in_id": own_sign_in(town.accounts[Role.PARENT]),
        "person_id": town.accounts[Role.FACILITATOR].person_id,
        "parent_id": author,
        "around_id": Around.objects.filter(person_id=author, ended_at__isnull=True).first().pk,
        "leave_id": _leave(town),
        "team_id": group.pk,
        "shift_id": DutyShift.objects.filter(team_id=group.pk, staff_id=town.accounts[Role.FACILITATOR].person_id)
        .first()
        .pk,
        "notice_id": Notice.objects.filter(person_id=author).first().pk,
        **_round(town, author),
        "taken_over_id": _taken_over(town),
        "override_id": _decided(town, author).pk,
        "word_id": _word(town, author),
        "moment_id": ContactMoment.objects.filter(person_id=author).first().pk,
        "way_id": _way_in(town, author, group),
        "token": "x" * 22,
        "kind": "message",
        "subject_id": (shown or held).pk,
        "key": "caw",
    }


def _round(town: Town, person_id: str) -> dict[str, str]:
    """A round that the facilitator started in the demo and did not confirm yet, and the line of the parent in it."""
    line = RoundLine.objects.get(round__confirmed_at__isnull=True, person_id=person_id)
    return {"round_id": line.round_id, "line_id": line.pk}


def _decided(town: Town, person_id: str):
    """What the facilitator asked and the moderator on duty confirmed: one message past the wish of the parent."""
    asked = ask_override(
        person_id=person_id, danger=Danger.CHILD, because="Een oefening.", by=town.actor(Role.FACILITATOR)
    )
    return confirm_override(override=asked, by=town.actor(Role.MODERATOR))


def _word(town: Town, person_id: str) -> str:
    """A word that the facilitator wrote to the parent."""
    word, _ = write_word(person_id=person_id, text="Ik denk aan je.", key="k" * 22, by=town.actor(Role.FACILITATOR))
    return word.pk


def _leave(town: Town) -> str:
    """Days away of the facilitator, of which the parents whose contact person she is were told."""
    now = timezone.now()
    by = town.actor(Role.FACILITATOR)
    leave = write_leave(starts_at=now + timedelta(days=2), ends_at=now + timedelta(days=4), by=by)
    tell_parents(now)
    return leave.pk


def _taken_over(town: Town) -> str:
    """A parent without an account, whom the facilitator took over and did not ask yet; another waits for somebody."""
    now, colleague = timezone.now(), town.accounts[Role.FACILITATOR].person_id
    Person.objects.create(name="Zineb", language="ar", created_at=now)
    take_over(staff_id=colleague, by=town.actor(Role.COORDINATOR))
    Person.objects.create(name="Rosa", language="nl", created_at=now)
    return Around.objects.get(staff_id=colleague, unasked_since__isnull=False).pk


def _way_in(town: Town, person_id: str, group) -> str:
    """A new way in that the facilitator handed out: hers to know of, a colleague's to confirm."""
    account = Account.objects.select_related("person").get(person_id=person_id)
    issue_new_way_in(account=account, by=town.actor(Role.FACILITATOR), group_id=group.pk)
    return NewWayIn.objects.get(account=account).pk


def example_for(address: Address, values: dict[str, str], town: Town) -> dict[str, str]:
    """The values of one address; some acts need another message than the parent's own published one."""
    own = dict(values)
    if address.name in ("work:around_yes", "work:around_no"):
        own["around_id"] = values["taken_over_id"]
    if address.name == "work:round_outcome":
        own["line_id"] = RoundLine.objects.get(
            round__confirmed_at__isnull=False, person_id=town.accounts[Role.PARENT].person_id
        ).pk
    if address.name in ("groups:tell", "groups:told"):
        own["message_id"] = _message_of(town, "els", MessageStatus.PUBLISHED)
    return {name: own[name] for name in address.pattern.pattern.converters}


def _message_of(town: Town, key: str, status: MessageStatus) -> str:
    person = town.world.person_id(key)
    place = town.world.conversations["Wat zeggen jullie tegen de andere kinderen?"]
    return Message.objects.filter(author_id=person, status=status, conversation=place).first().pk


def own_sign_in(account) -> str:
    return start(account=account, session_key=f"s{new_id()}").pk
