"""Invitations and admission: used once, one refusal for everything, nothing learned before one is in."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from groups import queries, ways_in
from groups.actions import decisions, facilitation, invitations, membership, messages
from groups.actions import groups as group_actions
from groups.models import Group, Invitation, Membership
from groups.vocabulary import MembershipStatus
from people import keep_apart
from people.models import Account, KeepApart
from people.policy import Refused
from people.vocabulary import Reason
from tests.side_by_side import at_once

from .conftest import NOON, PASSWORD, actor, build

THE_ONE = Reason.NOT_OPEN_NOW


def mark(one, other):
    KeepApart.objects.create(
        pair=keep_apart.pair_key(one.pk, other.pk), details="x", marked_at=NOON, marked_by_id="staff"
    )


def reason_of(function, **arguments):
    with pytest.raises(Refused) as caught:
        function(**arguments)
    return caught.value.reason


def test_link_and_card_are_strong_and_only_their_hashes_are_kept(world):  # G13
    issued = world.invite()
    row = Invitation.objects.get()
    assert len(issued.link) == 32
    assert len(issued.code) == 10
    assert set(issued.code) <= set(ways_in.CROCKFORD)
    stored = {str(value) for value in Invitation.objects.values().get().values()}
    assert not stored & {issued.link, issued.code}
    assert row.expires_at - row.issued_at == timedelta(days=7)
    assert ways_in.folded(f" {issued.code[:5].lower()}-{issued.code[5:]} ") == ways_in.folded(issued.code)


def test_invitation_lasts_thirty_days_at_most(world):
    issued = invitations.issue_invitation(group=world.ouders, by=actor(world.sofie), days=300, now=NOON)
    assert issued.invitation.expires_at - NOON == timedelta(days=30)


def test_only_a_facilitator_of_the_group_invites(world):
    for person in (world.youssef, world.marc):
        assert (
            reason_of(invitations.issue_invitation, group=world.ouders, by=actor(person), now=NOON) == Reason.NOT_YOURS
        )


def test_looking_consumes_nothing_and_every_dead_link_gets_one_answer(world):  # G13
    issued = world.invite()
    for _ in range(3):
        assert invitations.open_by_link(link=issued.link, now=NOON).pk == issued.invitation.pk
    assert invitations.open_by_code(code=issued.code.lower(), network="wifi", now=NOON).pk == issued.invitation.pk
    later = NOON + timedelta(days=8)
    revoked = world.invite()
    invitations.revoke_invitation(invitation=revoked.invitation, by=actor(world.sofie), now=NOON)
    answers = {
        reason_of(invitations.open_by_link, link=issued.link, now=later),
        reason_of(invitations.open_by_link, link=revoked.link, now=NOON),
        reason_of(invitations.open_by_link, link="a" * 32, now=NOON),
        reason_of(invitations.open_by_code, code="AAAAAAAAAA", network="wifi", now=NOON),
    }
    assert answers == {Reason.LINK_USED}


def test_same_form_twice_is_one_account_another_form_is_refused(world):  # G21
    issued = world.invite()
    form = {"invitation_id": issued.invitation.pk, "language": "nl", "password": PASSWORD, "pseudonym": "Linde"}
    first = invitations.enter_with_invitation(**form, key="key-one-one", now=NOON)
    again = invitations.enter_with_invitation(**form, key="key-one-one", now=NOON)
    assert first.pk == again.pk
    assert reason_of(invitations.enter_with_invitation, **form, key="key-two-two", now=NOON) == Reason.LINK_USED
    form["password"] = "another-password-9"
    assert reason_of(invitations.enter_with_invitation, **form, key="key-one-one", now=NOON) == Reason.LINK_USED
    assert Membership.objects.count() == 1


def test_before_admission_nothing_of_the_group_can_be_learned(world):  # G14
    waiting = world.applies("Linde")
    who = actor(waiting.person)
    assert queries.groups_of(who) == []
    assert queries.is_waiting(who)
    place = world.conversation()
    from groups.policies.groups import read_group
    from groups.policies.messages import read_conversation

    assert read_group.reason(who, world.ouders) == Reason.NOT_YOURS
    assert read_conversation.reason(who, place) == Reason.NOT_YOURS


def test_a_name_that_is_taken_is_only_asked_again_inside(world):  # G18
    world.joins("Linde")
    waiting = world.applies("LINDE")
    admitted = membership.admit(membership=waiting, by=actor(world.sofie), now=NOON)
    assert admitted.pseudonym_key is None
    who = admitted.person
    assert (
        reason_of(membership.choose_pseudonym, group=world.ouders, name="linde", by=actor(who), now=NOON)
        == Reason.NAME_TAKEN
    )
    membership.choose_pseudonym(group=world.ouders, name="Iris", by=actor(who), now=NOON)
    assert world.of(who).pseudonym_key


@pytest.mark.parametrize("name", ["Lіndе", "LINDE.", "lìnde", "1inde", "Linde\u0640", "Sofie", "Sоfie", "sofie (CAW)"])
def test_nobody_passes_for_another_parent_nor_for_one_of_the_team(world, name):
    """By letters of another alphabet, marks, dots, a stretched letter; or by taking the name of a facilitator."""
    world.joins("Linde")
    amina = world.joins("Amina")
    choose = {"group": world.ouders, "name": name, "by": actor(amina), "now": NOON}
    assert reason_of(membership.choose_pseudonym, **choose) in (Reason.NAME_TAKEN, Reason.NAME_MIXED)
    waiting = world.applies("Soﬁe")
    assert membership.admit(membership=waiting, by=actor(world.sofie), now=NOON).pseudonym_key is None


@pytest.mark.parametrize("name", ["ᎪnnA", "ᎪᏁᏁᎪ", "Annа", "ꓮnna", "Линdе", "ᗅnna"])
def test_a_name_of_two_alphabets_or_of_one_that_nobody_here_has_is_refused(world, name):
    amina = world.joins("Amina")
    choose = {"group": world.ouders, "name": name, "by": actor(amina), "now": NOON}
    assert reason_of(membership.choose_pseudonym, **choose) == Reason.NAME_MIXED


@pytest.mark.parametrize(
    "name", ["Özgür", "Łucja", "Мария", "سارة", "محمد Ali", "Aïcha d’Oran", "Ｉris", "ⵜⴰⵏⵉⵔⵜ", "李娜", "İpek 2"]
)
def test_a_name_in_any_one_alphabet_is_a_name(world, name):
    amina = world.joins("Amina")
    membership.choose_pseudonym(group=world.ouders, name=name, by=actor(amina), now=NOON)
    assert world.of(amina).pseudonym_key


@pytest.mark.parametrize(
    "name",
    [
        "Groepsbegeleider", "T e a m", "b.e.g.e.l.e.i.d.e.r", "سارة المرافقة", "فريق المرافقة", "الإدارة",
        "Co-moderator",
        "Sofie (facilitator)", "Sofie V.", "begeleider", "Team", "Begeleidster An", "moderatоr", "Équipe Kring",
        "M0derator", "Danışman", "Koordinatör", "فريق الأمل", "Marc – coördinator",
    ],
)  # fmt: skip
def test_nobody_takes_a_name_that_speaks_for_the_team(world, name):
    """The name stands unread before all: with that of a facilitator in it, or of what she is, it would be believed."""
    amina = world.joins("Amina")
    choose = {"group": world.ouders, "name": name, "by": actor(amina), "now": NOON}
    assert reason_of(membership.choose_pseudonym, **choose) == Reason.NAME_TAKEN


def test_nobody_finds_out_by_trying_names_who_is_here(world):  # G12 G18
    """Who never wrote a word, or is kept apart from who tries, would be found by a name that is taken."""
    world.joins("Linde")
    amina = world.joins("Amina")
    choose = {"group": world.ouders, "by": actor(amina), "now": NOON}
    answers = [reason_of(membership.choose_pseudonym, name="Linde", **choose) for _ in range(12)]
    assert answers == [Reason.NAME_TAKEN] * 10 + [Reason.TOO_MANY] * 2
    assert reason_of(membership.choose_pseudonym, name="Iris", **choose) == Reason.TOO_MANY
    assert world.of(amina).pseudonym == "Amina"


def test_who_comes_back_changes_nothing_inside_before_being_let_in(world):
    """Her old words still stand there: with a name of another beside them she would speak as that other."""
    amina = world.joins("Amina")
    world.joins("Linde")
    place = world.conversation()
    sent = messages.post_message(conversation=place, text="Dag.", key="key-of-dag", by=actor(amina), now=NOON)
    decisions.publish_message(message=sent, by=actor(world.sofie), now=NOON)
    for _ in range(2):
        membership.end_membership(membership=world.of(amina), because="Rust.", by=actor(world.sofie), now=NOON)
        again = world.invite().invitation.pk
        back = invitations.apply_with_invitation(invitation_id=again, pseudonym="Linde", by=actor(amina), now=NOON)
        assert back.status == MembershipStatus.APPLIED
        assert queries.circle_of(world.ouders.pk).voice_of(amina.pk).name == "Amina"
    membership.admit(membership=back, by=actor(world.sofie), now=NOON)
    assert world.of(amina).pseudonym_key


@pytest.mark.parametrize(
    "name", ["0470 12 34 56", "els@demo.invalid", "www.kijk-hier.be", "Kerkstraat 12", "+32 470 123 456 bel"]
)
def test_a_name_is_no_way_to_say_a_number_an_address_or_a_link(world, name):
    """It would stand before all, unread, beside everything she ever wrote."""
    amina = world.joins("Amina")
    choose = {"group": world.ouders, "name": name, "by": actor(amina), "now": NOON}
    assert reason_of(membership.choose_pseudonym, **choose) == Reason.NAME_TELLS


@pytest.mark.parametrize("name", ["Amina 2", "Mama van 3", "محمد جهاد", "Zoë-Lou", "O’Brien", "Şule Çağrı", "Mevr. D."])
def test_what_people_are_called_is_taken(world, name):
    amina = world.joins("Amina")
    membership.choose_pseudonym(group=world.ouders, name=name, by=actor(amina), now=NOON)
    assert world.of(amina).pseudonym == name


def test_a_name_does_not_change_as_often_as_somebody_would_write(world):
    amina = world.joins("Amina")
    for number in range(5):
        membership.choose_pseudonym(group=world.ouders, name=f"Hoi {number}", by=actor(amina), now=NOON)
    choose = {"group": world.ouders, "name": "Hoi allemaal", "by": actor(amina), "now": NOON}
    assert reason_of(membership.choose_pseudonym, **choose) == Reason.TOO_MANY
    assert world.of(amina).pseudonym == "Hoi 4"


def test_full_closed_and_kept_apart_are_one_refusal_with_the_same_work(world, django_assert_num_queries):  # G11 G12
    els = world.joins("Els")
    fatma = world.applies("Fatma")
    mark(els, fatma.person)
    seen = []
    for situation in ("apart", "full", "closed"):
        if situation == "full":
            KeepApart.objects.all().delete()
            Group.objects.filter(pk=world.ouders.pk).update(cap=1)
        if situation == "closed":
            Group.objects.filter(pk=world.ouders.pk).update(cap=20, closed_at=NOON)
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            assert reason_of(membership.admit, membership=fatma, by=actor(world.sofie), now=NOON) == THE_ONE
        seen.append(len(asked))
    assert len(set(seen)) == 1
    assert world.of(fatma.person).status == MembershipStatus.APPLIED


def test_kept_apart_also_counts_for_staff(world):
    waiting = world.applies("Fatma")
    mark(world.sofie, waiting.person)
    assert reason_of(membership.admit, membership=waiting, by=actor(world.sofie), now=NOON) == THE_ONE


def test_professional_cap_shows_who_is_there(world):  # rule 4
    Group.objects.filter(pk=world.ouders.pk).update(professional_cap=1)
    assert (
        reason_of(
            facilitation.appoint_facilitator,
            group=world.ouders,
            person=world.youssef,
            by=actor(world.marc),
            now=NOON,
        )
        == Reason.FULL
    )
    assert [one.person.name for one in queries.present_team(world.ouders)] == ["sofie"]


def test_leaving_is_at_once_and_coming_back_needs_an_invitation(world):
    amina = world.joins("Amina")
    membership.leave_group(group=world.ouders, by=actor(amina), now=NOON)
    assert queries.groups_of(actor(amina)) == []
    issued = world.invite()
    back = invitations.apply_with_invitation(
        invitation_id=issued.invitation.pk, pseudonym="Amina", by=actor(amina), now=NOON
    )
    assert back.status == MembershipStatus.APPLIED
    membership.admit(membership=back, by=actor(world.sofie), now=NOON)
    assert [group.pk for group in queries.groups_of(actor(amina))] == [world.ouders.pk]


def test_not_now_says_nothing_and_ends_the_waiting(world):
    waiting = world.applies("Linde")
    membership.not_admit(membership=waiting, by=actor(world.sofie), now=NOON)
    assert not queries.is_waiting(actor(waiting.person))
    assert reason_of(membership.admit, membership=waiting, by=actor(world.sofie), now=NOON) == Reason.CHANGED_MEANWHILE


def test_ending_a_membership_needs_a_reason(world):
    amina = world.joins("Amina")
    one = world.of(amina)
    assert reason_of(membership.end_membership, membership=one, by=actor(world.sofie), now=NOON) == Reason.NEEDS_REASON
    membership.end_membership(membership=one, by=actor(world.sofie), because="Afgesproken", now=NOON)
    assert world.of(amina).status == MembershipStatus.ENDED


def test_closed_groups_are_gone_for_new_invitations(world):
    issued = world.invite()
    group_actions.close_group(group=world.ouders, by=actor(world.marc), now=NOON)
    assert reason_of(invitations.open_by_link, link=issued.link, now=NOON) == Reason.LINK_USED


def wrong_codes(count: int) -> list[str]:
    """Codes that nobody has, each with another beginning."""
    return [f"{ways_in.CROCKFORD[n % 32]}{ways_in.CROCKFORD[n // 32 % 32]}Z{n:07d}" for n in range(count)]


def test_one_who_guesses_shuts_out_nobody_but_the_own_network(world):  # G13
    issued = world.invite()
    reasons = [
        reason_of(invitations.open_by_code, code=code, network="198.51.100.7", now=NOON) for code in wrong_codes(310)
    ]
    assert reasons == [Reason.LINK_USED] * 60 + [Reason.TOO_MANY] * 250
    for _ in range(40):  # a parent who looks again and again, from another line
        assert invitations.open_by_code(code=issued.code, network="192.0.2.1", now=NOON).pk == issued.invitation.pk
    assert reason_of(invitations.open_by_code, code=issued.code, network="198.51.100.7") == Reason.TOO_MANY


@pytest.mark.parametrize("row", ["198.51.100.{}", "2001:db8:1:{:x}::/64"])
def test_who_guesses_from_a_whole_row_of_networks_shuts_out_nobody_but_that_row(world, row):  # G13
    issued = world.invite()
    reasons = [
        reason_of(invitations.open_by_code, code=code, network=row.format(at % 250), now=NOON)
        for at, code in enumerate(wrong_codes(500))
    ]
    assert reasons == [Reason.LINK_USED] * 120 + [Reason.TOO_MANY] * 380
    assert invitations.open_by_code(code=issued.code, network="192.0.2.1", now=NOON).pk == issued.invitation.pk
    assert reason_of(invitations.open_by_code, code=issued.code, network=row.format(251)) == Reason.TOO_MANY


@pytest.mark.django_db(transaction=True)
def test_guesses_at_one_beginning_never_overrun_however_parallel():  # G13 G16
    build()

    def guess(number):
        return invitations.open_by_code(code=f"AAAA{number:06d}", network=f"198.51.100.{number}", now=NOON)

    answers = at_once(*(partial(guess, number) for number in range(40)))
    assert answers.count(Reason.LINK_USED) == 10
    assert answers.count(Reason.TOO_MANY) == 30


@pytest.mark.django_db(transaction=True)
def test_fifty_redemptions_at_once_make_one_account():  # G13 G21
    world = build()
    issued = world.invite()
    before = Account.objects.count()

    def redeem(number):
        return invitations.enter_with_invitation(
            invitation_id=issued.invitation.pk,
            language="nl",
            password=PASSWORD,
            pseudonym="Linde",
            key=f"key-number-{number}",
            now=NOON,
        ).pk

    answers = at_once(*(partial(redeem, number) for number in range(50)))
    assert answers.count(Reason.LINK_USED) == 49
    assert Account.objects.count() == before + 1
    assert Membership.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_form_to_invite_that_is_sent_twenty_times_makes_one_card():  # G21
    world = build()
    group, by = world.ouders, actor(world.sofie)

    def press(number):
        return invitations.issue_invitation(group=group, by=by, for_name="Mevrouw", key="one-form", now=NOON).link

    links = at_once(*(partial(press, number) for number in range(20)))
    assert len(links) == 20
    assert len(set(links)) == Invitation.objects.count() == 1
    other_form = invitations.issue_invitation(group=group, by=by, key="other-form", now=NOON)
    other_group = invitations.issue_invitation(group=world.vaders, by=actor(world.youssef), key="one-form", now=NOON)
    assert len({*links, other_form.link, other_group.link}) == Invitation.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_kept_apart_never_both_come_in_however_they_race():  # G11
    world = build()
    pairs = [(world.applies(f"A{number}"), world.applies(f"B{number}")) for number in range(6)]
    for one, other in pairs:
        mark(one.person, other.person)
    waiting = [one for pair in pairs for one in pair]
    at_once(*(lambda one=one: membership.admit(membership=one, by=actor(world.sofie), now=NOON) for one in waiting))
    for pair in pairs:
        admitted = [one for one in pair if world.of(one.person).status == MembershipStatus.ADMITTED]
        assert len(admitted) == 1
