"""What two people do with one message at the same moment: one of them is first, and nobody waits in a ring."""

import threading

import pytest
from django.db import connection, transaction

from groups.actions import facilitation, groups, membership, messages
from groups.models import Draft, Facilitation, Message
from groups.vocabulary import MessageStatus
from moderation.actions import reports, reviews
from moderation.models import Review
from outreach.actions import reach, retention
from outreach.actions.needs import set_needs
from outreach.vocabulary import Channel, Purpose
from people.actions import own_data
from people.actions.staff import grant_role, withdraw_role
from people.models import Account, Limit, Person
from people.vocabulary import Reason, Rhythm, Role
from tests.side_by_side import why_not_at_once
from vault.ids import new_id

from .conftest import actor, build

TIMES = 8
QUICKER = {Reason.ALREADY_DONE, Reason.CHANGED_MEANWHILE, Reason.NOT_FOUND, Reason.NOT_YOURS}


def waits(world, author, place):
    """A message of hers that waits, in the hands of who reads it."""
    Limit.objects.all().delete()
    sent = messages.post_message(conversation=place, text="Dag", key=new_id(), by=actor(author))
    review = Review.objects.get(subject_id=sent.pk, settled_at=None)
    return sent, reviews.claim(review=review, by=actor(world.sofie))


def stands(world, author, place, teller):
    """A message of hers that stands there and that another told the team about, in the hands of who reads it."""
    sent, review = waits(world, author, place)
    reviews.publish(review=review, by=actor(world.sofie))
    told = reports.tell_team(kind="message", subject_id=sent.pk, team_id=place.group_id, by=actor(teller))
    return Message.objects.get(pk=sent.pk), reviews.claim(review=told.review, by=actor(world.sofie))


@pytest.mark.django_db(transaction=True)
def test_published_or_taken_back_never_a_fault():  # G21 G40
    world = build()
    amina, place = world.joins("Amina"), world.conversation()
    for _ in range(TIMES):
        sent, review = waits(world, amina, place)
        decided, taken = why_not_at_once(
            lambda review=review: reviews.publish(review=review, by=actor(world.sofie)),
            lambda sent=sent: messages.withdraw_message(message=sent, by=actor(amina)),
        )
        assert taken is None  # her own words come back, before or after they stood there
        assert decided is None or decided in QUICKER
        assert Message.objects.get(pk=sent.pk).status == MessageStatus.WITHDRAWN


@pytest.mark.django_db(transaction=True)
def test_taken_away_or_taken_back_never_a_fault():  # G40
    world = build()
    amina, els, place = world.joins("Amina"), world.joins("Els"), world.conversation()
    for _ in range(TIMES):
        sent, review = stands(world, amina, place, els)
        became = why_not_at_once(
            lambda review=review: reports.remove(review=review, because="Een naam.", by=actor(world.sofie)),
            lambda sent=sent: messages.withdraw_message(message=sent, by=actor(amina)),
        )
        assert all(one is None or one in QUICKER for one in became), became
        assert None in became


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("goes", ["leaves", "erased"])
def test_who_goes_while_somebody_decides_is_gone(goes, settings, tmp_path):  # G40 G43
    settings.DATA = tmp_path
    world = build()
    place, els = world.conversation(), world.joins("Els")
    for number, name in enumerate(("Merel", "Specht", "Kwikstaart", "Zwaluw", "Boomklever", "Winterkoning")):
        person = world.joins(name)
        account = person.account
        make = waits if number % 2 else lambda *three: stands(*three, els)
        _, review = make(world, person, place)
        decide = reviews.publish if number % 2 else lambda **it: reports.remove(because="Een naam.", **it)
        herself = actor(person)
        go = {
            "leaves": lambda by=herself: membership.leave_group(group=world.ouders, by=by),
            "erased": lambda by=herself, account=account: own_data.erase(account=account, by=by),
        }[goes]
        decided, gone = why_not_at_once(
            lambda decide=decide, review=review: decide(review=review, by=actor(world.sofie)),
            go,
        )
        assert gone is None
        assert decided is None or decided in QUICKER, decided


@pytest.mark.django_db(transaction=True)
def test_appointed_while_the_role_is_taken_away_stands_nowhere():
    """Else the group reads of somebody who does not read along, and the role, given again, would open it by itself."""
    world = build()
    marc, youssef = world.marc, world.youssef
    for _ in range(TIMES):
        grant_role(person=youssef, role=Role.FACILITATOR, by=actor(marc))
        appointed, taken = why_not_at_once(
            lambda: facilitation.appoint_facilitator(group=world.ouders, person=youssef, by=actor(marc)),
            lambda: withdraw_role(person=youssef, role=Role.FACILITATOR, by=actor(marc)),
        )
        assert taken is None
        assert appointed in (None, Reason.NOT_OPEN_NOW)
        assert not Facilitation.objects.filter(person=youssef, withdrawn_at__isnull=True).exists()


def until_another_waits_for_me() -> None:
    """On PostgreSQL: until the other one stands before a lock of this transaction. SQLite lets in one at a time."""
    question = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    for _ in range(1000 if connection.vendor == "postgresql" else 0):
        with connection.cursor() as cursor:
            cursor.execute(question)
            if cursor.fetchone()[0]:
                return
        threading.Event().wait(0.01)


@pytest.mark.django_db(transaction=True)
def test_nothing_comes_into_a_group_that_is_closing(monkeypatch):
    """Who presses Send while it closes waits, and then meets the group as it is: the words stay a draft."""
    world, closing, wait = build(), threading.Event(), until_another_waits_for_me
    amina, place, give_back = world.joins("Amina"), world.conversation(), groups._give_back_held

    def give_back_slowly(*what, **how):
        closing.set()
        wait()
        return give_back(*what, **how)

    def send():
        closing.wait(10)
        messages.post_message(conversation=place, text="Dag", key=new_id(), by=actor(amina))

    monkeypatch.setattr(groups, "_give_back_held", give_back_slowly)
    closed, sent = why_not_at_once(lambda: groups.close_group(group=world.ouders, by=actor(world.marc)), send)
    assert (closed, sent) == (None, Reason.GROUP_CLOSED)
    assert not Message.objects.exists()
    assert Draft.objects.get(author=amina).text == "Dag"


@pytest.mark.django_db(transaction=True)
def test_who_is_erased_while_her_wish_is_written_down_is_gone(settings, tmp_path, monkeypatch):  # G43
    """The one waits for the other, not both in a ring: and whose wish it was does not exist any more."""
    settings.DATA = tmp_path
    world, erasing, wait = build(), threading.Event(), until_another_waits_for_me
    merel, let_go = world.joins("Merel"), retention.leave_everyone_go
    Account.objects.filter(person=merel).update(email="merel@example.org")
    set_needs(person_id=merel.pk, by=actor(merel), rhythm=Rhythm.OFTEN, channels=(Channel.EMAIL,))
    with transaction.atomic():
        reach(person_id=merel.pk, purpose=Purpose.ANNOUNCEMENT, subject="outreach.needs")

    def let_go_slowly(person_id):
        erasing.set()
        wait()
        let_go(person_id)

    def write_down():
        erasing.wait(10)
        set_needs(person_id=merel.pk, by=actor(world.sofie), rhythm=Rhythm.QUIET)

    monkeypatch.setattr(retention, "leave_everyone_go", let_go_slowly)
    herself, account = actor(merel), Account.objects.select_related("person").get(person=merel)
    erased, kept = why_not_at_once(lambda: own_data.erase(account=account, by=herself), write_down)
    assert (erased, kept) == (None, Reason.NOT_FOUND)
    assert not Person.objects.filter(pk=merel.pk).exists()
