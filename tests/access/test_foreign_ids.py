"""What is not yours is answered as what does not exist (G2): every address with an id, every role, every method.

Byte for byte, with the same headers. Who is not signed in is sent to sign in, whatever the id; there the address asked
for stands in the answer, so the two ids are made alike before the two answers are compared.
"""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from groups.actions.invitations import issue_invitation
from groups.models import Conversation, Facilitation, Membership, Message
from groups.vocabulary import MembershipStatus, MessageStatus
from moderation.actions import reports
from moderation.models import Review
from outreach.actions import rounds
from outreach.actions.override import ask_override, confirm_override
from outreach.actions.words import write_word
from outreach.models import Around, ContactMoment, DutyShift, Leave, Notice, Place
from people.actions.recovery import issue_new_way_in
from people.models import Account, NewWayIn
from people.queries import actor_of
from people.vocabulary import Role
from vault.ids import new_id

from .addresses import example_for, examples, own_sign_in
from .test_matrix import MATRIX, address_of, ask, expected, private_addresses

pytestmark = pytest.mark.django_db

NOW, DAY = datetime(2026, 11, 3, 11, tzinfo=UTC), timedelta(days=1)
# What differs between two answers to the very same request.
ONCE = re.compile(
    rb"(?:nonce-|nonce=\")[A-Za-z0-9_+/=-]+"
    rb"|(?:name=\"csrfmiddlewaretoken\" value|name=\"keep_for\" value|data-token)=\"[^\"]+\""
)
MOMENTS = ("Date", "Expires")
OTHERS = ("put", "patch", "delete", "options")  # taken in turn: each pair of address and role meets one of them
ONE_DATABASE = pytest.mark.db_free  # they ask the database what GET and POST ask
METHODS = ("get", pytest.param("head", marks=ONE_DATABASE), "post", pytest.param("in turn", marks=ONE_DATABASE))


def with_an_id():
    return [one for one in private_addresses() if set(one.pattern.pattern.converters) - {"kind"}]


def answer(response, *ids: str) -> tuple:
    """All that leaves the server, with what is new in every answer and the ids asked for made alike."""

    def plain(text: bytes) -> bytes:
        for one in ids:
            text = text.replace(one.encode(), b"ID")
        return ONCE.sub(b"", text)

    headers = {name: name in MOMENTS or plain(value.encode()) for name, value in response.headers.items()}
    cookies = {name: (one["path"], one["max-age"]) for name, one in response.cookies.items()}
    return response.status_code, plain(response.content), headers, cookies


def difference(one: tuple, other: tuple) -> str:
    """Where two answers part, in a few words."""
    if one[1] != other[1]:
        at = next((at for at, pair in enumerate(zip(one[1], other[1], strict=False)) if len(set(pair)) > 1), 0)
        return f"{one[1][max(at - 40, 0) : at + 60]!r} and {other[1][max(at - 40, 0) : at + 60]!r}"
    return f"{one[0]} {sorted(one[2].items() ^ other[2].items())} and {other[0]} {one[3]} {other[3]}"


def compared(client, method: str, address, foreign: dict[str, str], invented: dict[str, str]) -> str:
    """Asks for a thing and for one that was never made; gives how the two answers differ, if they do."""
    answers = []
    for ids in (foreign, invented):
        with translation.override("nl"):
            url = reverse(address.name, kwargs=ids)
        answers.append(answer(ask(client, url, method), *(ids[name] for name in ids if name != "kind")))
    return "" if answers[0] == answers[1] else difference(*answers)


def never_made(ids: dict[str, str]) -> dict[str, str]:
    return {name: value if name == "kind" else new_id() for name, value in ids.items()}


@pytest.mark.parametrize("method", METHODS)
def test_a_foreign_id_is_answered_as_one_that_was_never_given(town, method):
    values, wrong, asked = examples(town), [], 0
    clients = {role: town.client(role) for role in Role}
    for address in with_an_id():
        own = example_for(address, values, town)
        for role in Role:
            if expected(MATRIX[address.name], role) == "opens":
                continue
            asked += 1
            used = OTHERS[asked % len(OTHERS)] if method == "in turn" else method
            if wrongly := compared(clients[role], used, address, own, never_made(own)):
                wrong.append(f"{used} {address.name} as {role.value}: {wrongly}")
    assert wrong == []
    assert asked > 400


def of_another_group(town) -> dict[str, str]:
    """The same kinds of things, of the group `vaders` and of a father in it: foreign also to the people of `ouders`."""
    group, youssef = town.world.groups["vaders"], town.world.actor("youssef")
    father = Account.objects.select_related("person").get(pk=town.accounts[Role.KEPT_APART_PARENT].pk)
    place = Conversation.objects.filter(group=group, messages__status=MessageStatus.PUBLISHED).first()
    words = Message.objects.filter(conversation=place, status=MessageStatus.PUBLISHED).first()
    reports.tell_team(
        kind="message", subject_id=words.pk, team_id=group.pk, by=actor_of(father, second_factor=True), words="Au."
    )
    issue_new_way_in(account=father, by=youssef, group_id=group.pk)
    return {
        "group_id": group.pk,
        "team_id": group.pk,
        "shift_id": DutyShift.objects.filter(team_id=group.pk).first().pk,
        "conversation_id": place.pk,
        "message_id": words.pk,
        "membership_id": Membership.objects.get(group=group, person_id=father.person_id).pk,
        "invitation_id": issue_invitation(group=group, by=youssef).invitation.pk,
        "facilitation_id": Facilitation.objects.filter(group=group).first().pk,
        "review_id": Review.objects.filter(subject_id=words.pk).first().pk,
        "sign_in_id": own_sign_in(father),
        "person_id": father.person_id,
        "notice_id": Notice.objects.filter(person_id=town.world.person_id("youssef")).first().pk,
        "way_id": NewWayIn.objects.get(account=father).pk,
        "kind": "message",
        "subject_id": words.pk,
        "parent_id": father.person_id,
        **_towards(father.person_id, youssef, town),
    }


def _towards(father_id: str, youssef, town) -> dict[str, str]:
    """What the other team does towards a father: a round, a word, past the wish, and who stands around him."""
    one = rounds.start_round(kind="trial", day=date(2026, 11, 3), title="Zitting", by=youssef)
    word, _ = write_word(person_id=father_id, text="Ik denk aan je.", key="k" * 22, by=youssef)
    asked = ask_override(person_id=father_id, danger="child", because="Een oefening.", by=youssef)
    return {
        "round_id": one.pk,
        "line_id": one.lines.get(person_id=father_id).pk,
        "word_id": word.pk,
        "moment_id": _moment(father_id, youssef.person_id).pk,
        "override_id": confirm_override(override=asked, by=town.actor(Role.MODERATOR)).pk,
        "around_id": _around(father_id, youssef.person_id).pk,
        "leave_id": Leave.objects.create(staff_id=youssef.person_id, starts_at=NOW, ends_at=NOW + DAY).pk,
    }


def _moment(person_id: str, staff_id: str) -> ContactMoment:
    return ContactMoment.objects.create(
        person_id=person_id, by_id=staff_id, at=NOW, how="call", outcome="spoke", written_at=NOW
    )


def _around(person_id: str, staff_id: str) -> Around:
    place = Place.objects.create(family_id=person_id, staff_id=staff_id, number=1, ceiling=3)
    return Around.objects.create(
        person_id=person_id, staff_id=staff_id, place=place, asked_at=NOW, asked_by_id=staff_id
    )


@pytest.mark.parametrize("method", [pytest.param("get", marks=pytest.mark.db_free), "post"])
def test_whoever_has_a_group_finds_nothing_of_another_one(town, method):
    """Those for whom an address opens, asked for what is behind the same address of somebody else."""
    values, wrong, asked = of_another_group(town), [], 0
    clients = {role: town.client(role) for role in Role}
    everywhere = {Role.COORDINATOR, Role.MODERATOR, Role.TECHNICAL_ADMINISTRATOR}
    for address in with_an_id():
        own = {name: values[name] for name in address.pattern.pattern.converters}
        roles = {Role.PARENT, Role.FACILITATOR, Role.FORMER_MEMBER, Role.INVITED, Role.PARENT_OF_ANOTHER_GROUP}
        # A parent is not of the staff, whoever asks; other things of a group, whoever reads all groups may open.
        roles |= everywhere if "person_id" in own else set()
        for role in sorted(roles):
            asked += 1
            if wrongly := compared(clients[role], method, address, own, never_made(own)):
                wrong.append(f"{method} {address.name} as {role.value}: {wrongly}")
    assert wrong == []
    assert asked > 200


def test_an_id_in_a_form_is_no_way_around_either(town):
    """Forms that name someone by id: of a person outside the reach of this desk they say what they say of nobody."""
    ours, theirs = examples(town), of_another_group(town)
    tried = [
        (Role.FACILITATOR, "work:apart", ours, "mark-other", theirs["membership_id"], {"mark-because": "Zo gevraagd."}),
        (Role.FACILITATOR, "work:apart_lift", ours, "lift-other", theirs["membership_id"], {"lift-because": "Goed."}),
        (Role.FACILITATOR, "work:household", ours, "other", theirs["membership_id"], {}),
        (Role.COORDINATOR, "work:group_appoint", ours, "person", theirs["person_id"], {}),
        (Role.COORDINATOR, "work:group_appoint", ours, "person", ours["membership_id"], {}),
    ]
    for role, name, ids, field, foreign, more in tried:
        address, client = next(one for one in with_an_id() if one.name == name), town.client(role)
        with translation.override("nl"):
            url = reverse(name, kwargs=example_for(address, ids, town))
        answers = []
        for value in (foreign, new_id()):
            response = client.post(url, {field: value, **more})
            assert response.status_code == 422, (name, response.status_code)
            answers.append(answer(response, value))
        assert answers[0] == answers[1], (name, difference(*answers))
    assert not Membership.objects.filter(pk=theirs["membership_id"]).exclude(status=MembershipStatus.ADMITTED).exists()


def test_every_kind_of_thing_with_an_id_of_its_own_in_an_address_has_an_example(town):
    """A new kind of id in an address must get a foreign example here, or nothing is proved about it."""
    values = examples(town)
    names = {name for address in with_an_id() for name in address.pattern.pattern.converters}
    assert names <= set(values)
    assert len(names - {"kind"}) >= 10
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", values[name]) for name in names - {"kind"})


def test_the_one_who_may_see_it_gets_another_answer(town):
    """The control: for the role an address opens for, the two ids are answered differently."""
    values, differ = examples(town), 0
    clients = {role: town.client(role) for role in Role}
    for address in with_an_id():
        own = example_for(address, values, town)
        role = next((role for role in Role if expected(MATRIX[address.name], role) == "opens"), None)
        if role is None:
            continue
        seen = ask(clients[role], address_of(address, town, values))
        with translation.override("nl"):
            nowhere = reverse(address.name, kwargs={name: own[name] if name == "kind" else new_id() for name in own})
        differ += seen.status_code != ask(clients[role], nowhere).status_code
    assert differ > 30
