"""Reading: who may read what, which rows agree with it, pages by keyset with a constant number of statements."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import AccessEntry
from groups import live, queries
from groups.actions import decisions, messages, retention
from groups.actions import groups as group_actions
from groups.actions.drafts import keep_lost_text, save_draft
from groups.models import Conversation, Draft, Group, Invitation, Message
from groups.policies import groups as group_rules
from groups.policies import membership as membership_rules
from groups.policies import messages as message_rules
from groups.vocabulary import Mode
from moderation.actions import reviews
from moderation.models import Review
from people.actor import ANONYMOUS, Hold
from people.vocabulary import Reason, Role

from .conftest import NOON, actor, staff
from .test_entering import mark


def fill(place, author, number, start=1):
    rows = [
        Message(
            conversation=place,
            author=author,
            status="published",
            sequence=start + at,
            text=f"Nummer {start + at}",
            language="nl",
            client_key=f"fill-{place.pk}-{start + at}",
            text_key="x",
            written_at=NOON,
            published_at=NOON,
        )
        for at in range(number)
    ]
    Message.objects.bulk_create(rows)
    Conversation.objects.filter(pk=place.pk).update(last_sequence=start + number - 1)
    place.last_sequence = start + number - 1


def test_truth_table_of_reading_a_group(world):  # G1 G2
    amina, karim = world.joins("Amina"), world.joins("Karim", world.vaders)
    waiting = world.applies("Wacht").person
    editor = staff(Role.EDITOR, name="lien")
    partner = staff(Role.PARTNER, name="nora")
    tech = staff(Role.TECHNICAL_ADMINISTRATOR, name="tess")
    table = {
        "anonymous": (ANONYMOUS, Reason.SIGN_IN),
        "member": (actor(amina), None),
        "of another group": (actor(karim), Reason.NOT_YOURS),
        "waiting": (actor(waiting), Reason.NOT_YOURS),
        "facilitator": (actor(world.sofie), None),
        "facilitator of another": (actor(world.youssef), Reason.NOT_YOURS),
        "coordinator": (actor(world.marc), Reason.NOT_YOURS),
        "editor": (actor(editor), Reason.NOT_YOURS),
        "partner": (actor(partner), Reason.NOT_YOURS),
        "technical administrator": (actor(tech), Reason.NOT_YOURS),
        "held by a new way in": (
            actor(amina, hold=Hold(world.vaders.pk, NOON + timedelta(days=1))),
            Reason.NOT_OPEN_NOW,
        ),
    }
    for who, (one, reason) in table.items():
        assert group_rules.read_group.reason(one, world.ouders) == reason, who


def test_who_came_in_by_paper_undoes_nothing_in_other_groups(world):
    """The paper may be in other hands: going and taking back cannot be undone."""
    amina = world.joins("Amina")
    place = world.conversation()
    mine = messages.post_message(conversation=place, text="Dag.", key="key-of-dag", by=actor(amina), now=NOON)
    for group, reason in ((world.vaders, Reason.NOT_OPEN_NOW), (world.ouders, None)):
        held = actor(amina, hold=Hold(group.pk, NOON + timedelta(days=1)))
        assert membership_rules.leave_group.reason(held, world.ouders) == reason
        assert message_rules.withdraw_message.reason(held, mine) == reason


def test_which_agrees_with_may_for_everyone_and_every_row(world):  # G2
    amina, els = world.joins("Amina"), world.joins("Els")
    karim = world.joins("Karim", world.vaders)
    here, there = world.conversation(), world.conversation(group=world.vaders)
    held = messages.post_message(conversation=here, text="Een", key="key-held-held", by=actor(amina), now=NOON)
    shown = messages.post_message(conversation=here, text="Twee", key="key-shown-shown", by=actor(amina), now=NOON)
    decisions.publish_message(message=shown, by=actor(world.sofie), now=NOON)
    gone = messages.post_message(conversation=here, text="Drie", key="key-gone-gone", by=actor(els), now=NOON)
    messages.withdraw_message(message=gone, by=actor(els), now=NOON)
    messages.post_message(conversation=there, text="Vier", key="key-four-four", by=actor(karim), now=NOON)
    mark(amina, els)
    seen = 0
    everyone = [actor(one) for one in (amina, els, karim, world.sofie, world.youssef, world.marc)]
    for who in everyone:
        may = {
            row.pk
            for row in Message.objects.select_related("conversation__group")
            if message_rules.read_message.allows(who, row)
        }
        fresh = type(who)(person_id=who.person_id, roles=who.roles)
        which = set(message_rules.readable_messages(fresh, Message.objects.all()).values_list("pk", flat=True))
        assert may == which
        groups = {row.pk for row in Group.objects.all() if group_rules.read_group.allows(who, row)}
        assert groups == set(group_rules.readable_groups(fresh, Group.objects.all()).values_list("pk", flat=True))
        seen += len(may)
    assert seen > 3
    assert message_rules.read_message.allows(actor(amina), Message.objects.get(pk=held.pk))


def test_kept_apart_two_do_not_see_each_others_words(world):  # G11
    amina, els, nour = (world.joins(name) for name in ("Amina", "Els", "Nour"))
    place = world.conversation()
    fill(place, amina, 2)
    fill(place, els, 2, start=3)
    mark(amina, els)
    for who, numbers in ((amina, [1, 2]), (els, [3, 4]), (nour, [1, 2, 3, 4]), (world.sofie, [1, 2, 3, 4])):
        page = queries.page_of_messages(place, actor(who))
        assert [one.sequence for one in page.messages] == numbers
    who = [actor(one) for one in (amina, els, nour, world.sofie)]
    assert live.hides(place.pk, who, live.since(place.pk, 0)) == {amina.pk: {els.pk}, els.pk: {amina.pk}}
    assert live.hides(place.pk, who, live.since(place.pk, 2)) == {amina.pk: {els.pk}}


@pytest.mark.parametrize("number", [1, 20, 50])
def test_page_takes_the_same_statements_whatever_the_number(world, number):  # P3 P11
    amina, els = world.joins("Amina"), world.joins("Els")
    place = world.conversation()
    fill(place, els, number)
    who = actor(amina)
    with CaptureQueriesContext(connection) as asked:
        found = queries.conversation_for(who, place.pk)
        message_rules.read_conversation.require(who, found)
        circle = queries.circle_of(found.group_id)
        page = queries.page_of_messages(found, who, circle=circle)
        [queries.shown(one, circle) for one in page.messages]
        queries.own_strip(found, who)
        queries.reading_for(found.group_id)
    assert len(asked) == 8
    for one in asked:
        assert "OFFSET" not in one["sql"].upper()
        assert "COUNT(" not in one["sql"].upper()
    assert len(page.messages) == min(number, 20)


def test_pages_lead_back_to_the_first_message_and_on_to_the_last(world):
    amina, els = world.joins("Amina"), world.joins("Els")
    place = world.conversation()
    fill(place, els, 45)
    page, seen = queries.page_of_messages(place, actor(amina)), []
    while True:
        seen = [one.sequence for one in page.messages] + seen
        if page.earlier is None:
            break
        page = queries.page_of_messages(place, actor(amina), before=page.earlier)
    assert seen == list(range(1, 46))
    on = queries.page_of_messages(place, actor(amina), after=40)
    assert [one.sequence for one in on.messages] == [41, 42, 43, 44, 45]
    assert on.last == 45


def test_live_asks_afresh_who_may_read(world):  # G7
    amina, karim = world.joins("Amina"), world.joins("Karim", world.vaders)
    place = world.conversation()
    viewers = [actor(one) for one in (amina, karim, world.sofie, world.youssef, world.marc)]
    assert live.allowed(place.pk, viewers) == {amina.pk, world.sofie.pk}
    from groups.actions import membership

    membership.leave_group(group=world.ouders, by=actor(amina), now=NOON)
    assert live.allowed(place.pk, viewers) == {world.sofie.pk}
    group_actions.close_group(group=world.ouders, by=actor(world.marc), now=NOON)
    assert live.allowed(place.pk, viewers) == {world.sofie.pk}


def test_live_renders_one_line_for_all_readers(world):
    amina = world.joins("Amina")
    place = world.conversation()
    fill(place, amina, 3)
    items = live.since(place.pk, 1)
    assert [item.sequence for item in items] == [2, 3]
    lines = live.render(items, "nl", "readers")
    assert len(lines) == 2
    assert f'id="m-{items[0].thing.pk}"' in lines[0]
    assert "Amina" in lines[0]


def test_who_reads_one_message_notes_whose_words_stand_before_it(world):  # G37
    """The moderator on duty reads three lines of a conversation that she does not accompany: each can read that."""
    amina, els, maan = (world.joins(name) for name in ("Amina", "Els", "Maan"))
    place = world.conversation()
    fill(place, amina, 2)
    fill(place, els, 1, start=3)
    held = messages.post_message(conversation=place, text="Mijn tekst", key="k" * 22, by=actor(maan), now=NOON)
    review = reviews.claim(review=Review.objects.get(subject_id=held.pk), by=actor(world.youssef), now=NOON)
    read = reviews.open_text(review=review, by=actor(world.youssef), now=NOON)
    assert [who for who, _ in read.context] == ["Amina", "Amina", "Els"]
    assert set(AccessEntry.objects.values_list("staff_id", "person_id", "purpose")) == {
        (world.youssef.pk, maan.pk, "review"),
        (world.youssef.pk, amina.pk, "group_conversation"),
        (world.youssef.pk, els.pk, "group_conversation"),
    }


def test_lost_text_comes_back_as_a_draft_of_a_member_only(world):  # G48
    amina, karim = world.joins("Amina"), world.joins("Karim", world.vaders)
    place = world.conversation()
    assert keep_lost_text(amina.account, f"conversation:{place.pk}", "Bijna kwijt")
    assert Draft.objects.get().author_id == amina.pk
    assert not keep_lost_text(karim.account, f"conversation:{place.pk}", "Bijna kwijt")
    assert not keep_lost_text(amina.account, "plan:x", "Bijna kwijt")
    assert Draft.objects.count() == 1


def test_old_things_go(world):  # G42
    amina = world.joins("Amina")
    place = world.conversation()
    save_draft(conversation=place, text="Half", by=actor(amina), now=NOON)
    fill(place, amina, 2)
    world.invite()
    assert retention.forget_old(NOON + timedelta(days=6))["drafts"] == 0
    assert retention.forget_old(NOON + timedelta(days=8))["drafts"] == 1
    assert retention.forget_old(NOON + timedelta(days=40))["invitations"] == Invitation.objects.count() + 2
    assert Message.objects.count() == 2
    Message.objects.filter(sequence=1).update(decided_at=NOON, decided_by_id=world.sofie.pk)
    Message.objects.filter(sequence=2).update(status="withdrawn", text="")
    assert retention.forget_old(NOON + timedelta(days=100))["unsent"] == 1  # what stands there stays a year
    assert Message.objects.get(sequence=1).text == "Nummer 1"
    fill(place, amina, 1, start=2)
    assert retention.forget_old(NOON + timedelta(days=366))["messages"] == 2
    assert Message.objects.count() == 0


def test_every_field_is_classified(world):
    from django.apps import apps

    from groups.personal_data import NOT_PERSONAL, PERSONAL

    fields = {
        f"{model.__name__}.{one.name}"
        for model in apps.get_app_config("groups").get_models()
        for one in model._meta.get_fields()
        if one.concrete
    }
    assert fields == set(PERSONAL) | NOT_PERSONAL
    assert not set(PERSONAL) & NOT_PERSONAL


def test_mode_after_posting_needs_the_relation_too(world):
    group_actions.set_mode(group=world.ouders, mode=Mode.AFTER_POSTING, by=actor(world.sofie), now=NOON)
    assert group_rules.set_mode.reason(actor(world.youssef), world.ouders) == Reason.NOT_YOURS
    assert group_rules.set_mode.reason(actor(world.marc), world.ouders) == Reason.NOT_YOURS
