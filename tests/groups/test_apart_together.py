"""Two who are kept apart and share a group: hidden from one another at once, with no sign of it (G11, G12)."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups import live, queries
from groups.actions import decisions, messages
from groups.models import Message
from live import hints
from people.actions import keep_apart
from vault.ids import new_id

from .conftest import NOON, actor

WORDS = "Onze oudste belde vanmorgen."


@pytest.fixture
def told(monkeypatch):
    """The hints that open pages get."""
    heard = []
    monkeypatch.setattr(hints, "publish", lambda topic, sequence=0, *, item=None, **_: heard.append((topic, item)))
    return heard


def said(world, place, person, words=WORDS):
    sent = messages.post_message(conversation=place, text=words, key=new_id(), by=actor(person), now=NOON)
    decisions.publish_message(message=sent, by=actor(world.sofie), now=NOON)
    return Message.objects.get(pk=sent.pk)


def listed(answer):
    """The list of conversations on the page of a group."""
    return re.search(r'<section[^>]*aria-labelledby="conversations">.*?</section>', answer.content.decode(), re.S)[0]


def kept_from(world, one, other):
    return keep_apart.mark(one=one.pk, other=other.pk, because="Oude ruzie", by=actor(world.sofie), now=NOON)


def test_open_pages_let_go_of_the_words_of_the_other(world, told, django_capture_on_commit_callbacks):
    amina, els, nour = (world.joins(name) for name in ("Amina", "Els", "Nour"))
    place = world.conversation()
    hers, theirs = said(world, place, amina), said(world, place, els)
    said(world, place, nour)
    told.clear()
    with django_capture_on_commit_callbacks(execute=True):
        kept_from(world, amina, els)
    assert {item for topic, item in told if topic == live.topic_of(place.pk)} == {hers.pk, theirs.pk}
    (item,) = live.since(place.pk, 0, theirs.pk)
    assert live.hides(place.pk, [actor(amina), actor(nour)], [item]) == {amina.pk: {els.pk}}
    line = live.blank(item)
    assert f"m-{theirs.pk}" in line
    assert "hidden" in line
    assert WORDS not in line
    assert "Els" not in line


def test_the_line_is_that_of_a_message_taken_back(world):
    """What the one gets cannot be told from what everyone gets when an author takes words back."""
    amina, els = world.joins("Amina"), world.joins("Els")
    place = world.conversation()
    theirs = said(world, place, els)
    (item,) = live.since(place.pk, 0, theirs.pk)
    line = live.blank(item)
    messages.withdraw_message(message=theirs, by=actor(els), now=NOON)
    (item,) = live.since(place.pk, 0, theirs.pk)
    assert live.render([item], "nl", live.audience(actor(amina))) == [line]


def test_the_list_of_conversations_does_not_move_by_the_other(world, site):
    """A moment beside a conversation, or its place in the list, would say that someone unseen wrote there."""
    amina, els = world.joins("Amina"), world.joins("Els")
    older, newer = world.conversation("Ouder"), world.conversation("Nieuwer")
    said(world, newer, amina)
    page = reverse("groups:group", args=[world.ouders.pk])
    kept_from(world, amina, els)
    before = queries.conversations_of(actor(amina), world.ouders)
    shown = listed(site(amina).get(page))
    said(world, older, els)
    after = queries.conversations_of(actor(amina), world.ouders)
    assert [one.pk for one in after] == [one.pk for one in before] == [newer.pk, older.pk]
    assert after[1].lately is None
    assert listed(site(amina).get(page)) == shown
    assert [one.pk for one in queries.conversations_of(actor(els), world.ouders)] == [older.pk, newer.pk]


@pytest.mark.parametrize("name", ["groups:group", "groups:conversation", "groups:later"])
def test_pages_ask_as_much_with_a_mark_as_without(world, site, name):
    amina, els = world.joins("Amina"), world.joins("Els")
    place = world.conversation()
    said(world, place, els)
    said(world, place, amina)
    page = reverse(name, args=[world.ouders.pk if name == "groups:group" else place.pk])
    asked = []
    for _ in range(2):
        browser = site(amina)
        browser.get(page)
        with CaptureQueriesContext(connection) as seen:
            answer = browser.get(page)
        assert answer.status_code == 200
        asked.append(len(seen))
        kept_from(world, amina, els)
    assert asked[0] == asked[1]
    assert WORDS in site(amina).get(reverse("groups:conversation", args=[place.pk])).content.decode()  # her own
    assert "Els" not in site(amina).get(reverse("groups:conversation", args=[place.pk])).content.decode()


def test_every_door_to_a_message_of_the_other_is_that_of_none(world, site):
    """Page, telling the team, taking back, changing, and asking what came later; G2."""
    amina, els = world.joins("Amina"), world.joins("Els")
    place = world.conversation()
    theirs = said(world, place, els)
    kept_from(world, amina, els)
    browser = site(amina)
    for name, send in (
        ("groups:message", browser.get),
        ("groups:told", browser.get),
        ("groups:change", browser.get),
        ("groups:tell", browser.post),
        ("groups:withdraw", browser.post),
    ):
        real, never = send(reverse(name, args=[theirs.pk])), send(reverse(name, args=[new_id()]))
        assert (real.status_code, never.status_code) == (404, 404), name
        assert real.content == never.content, name
    later = browser.get(reverse("groups:later", args=[place.pk]) + "?after=0")
    assert (later.content.strip(), later["X-Seq"]) == (b"", "0")


def test_no_place_on_a_page_tells_that_the_other_wrote(world, site):
    """Neither where the page says to go on from, nor what a page without a socket is told is gone."""
    amina, els = world.joins("Amina"), world.joins("Els")
    place = world.conversation()
    said(world, place, amina)
    kept_from(world, amina, els)
    page, later = reverse("groups:conversation", args=[place.pk]), reverse("groups:later", args=[place.pk])
    went_on = re.compile(r'data-after="(\d+)"')
    before = went_on.search(site(amina).get(page).content.decode())[1]
    theirs = Message.objects.get(pk=said(world, place, els, "Later.").pk)
    Message.objects.filter(pk=theirs.pk).update(published_at=NOON + timedelta(minutes=1))
    assert went_on.search(site(amina).get(page).content.decode())[1] == before
    for _ in range(2):
        told = site(amina).get(f"{later}?after={theirs.sequence}&first=1")
        assert told.content.strip() == b""
        messages.withdraw_message(message=theirs, by=actor(els), now=NOON)
