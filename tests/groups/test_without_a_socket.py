"""What a page without a socket learns, and what an author can do with words that stand in a conversation."""

import re
from datetime import timedelta

from django.urls import reverse

from groups import live
from groups.actions import decisions, messages

from .conftest import NOON, actor
from .test_apart_together import kept_from, said


def at(name, *parts):
    return reverse(name, args=parts)


def test_a_page_without_a_socket_hears_what_is_gone(world, site):
    """Taken away leaves its mark, taken back leaves nothing, and what was never shown is not told."""
    amina, els = world.joins("Amina"), world.joins("Els")
    place = world.conversation()
    rows = [said(world, place, els, f"Woord {n}") for n in range(3)]
    reader, address = site(amina), at("groups:later", place.pk)
    asked = f"{address}?after={rows[2].sequence}&first={rows[0].sequence}"
    assert reader.get(asked).content.decode().strip() == ""
    decisions.remove_message(message=rows[1], because="Een naam.", by=actor(world.sofie))
    messages.withdraw_message(message=rows[2], by=actor(els))
    told = reader.get(asked).content.decode()
    assert "Het team haalde het weg" in told
    assert f'id="m-{rows[1].pk}"' in told
    assert re.search(rf'id="m-{rows[2].pk}"[^>]* hidden', told)
    assert f"m-{rows[0].pk}" not in told
    assert "Woord" not in told
    assert reader.get(f"{address}?after={rows[2].sequence}&first={rows[2].sequence}").content.decode().count("<li") == 1


def test_ones_own_words_can_be_taken_back_where_they_stand_and_are_not_told_to_the_team(world, site):
    amina, els = world.joins("Amina"), world.joins("Els")
    place = world.conversation()
    row = said(world, place, els, "Van Els zelf.")
    page = at("groups:conversation", place.pk)
    mine, theirs = site(els).get(page).content.decode(), site(amina).get(page).content.decode()
    assert "Terugnemen" in mine
    assert "Zeg het aan het team" not in mine
    assert "data-mine" in mine
    assert "Terugnemen" not in theirs
    assert "Zeg het aan het team" in theirs
    assert site(els).get(at("groups:message", row.pk)).content.decode().count("/back/") == 1


def test_words_of_someone_kept_apart_go_from_an_open_page_without_a_trace(world, site):
    amina, els = world.joins("Amina"), world.joins("Els")
    place = world.conversation()
    row = said(world, place, els)
    reader, asked = site(amina), f"{at('groups:later', place.pk)}?after={row.sequence}&first={row.sequence}"
    assert reader.get(asked).content.strip() == b""
    kept_from(world, amina, els)
    told = reader.get(asked).content.decode().strip()
    assert told == f'<li id="m-{row.pk}" data-seq="{row.sequence}" hidden></li>'


def test_a_page_that_says_to_be_at_the_beginning_is_handed_the_latest_and_not_all(world, monkeypatch):
    """What waits to be read has no place yet: it neither counts nor comes."""
    monkeypatch.setattr(live, "WINDOW", 3)
    sofie, amina, place = world.sofie, world.joins("Amina"), world.conversation()
    shown = [
        messages.post_message(
            conversation=place, text=f"Nummer {n}", key=f"number-{n}", by=actor(sofie), now=NOON + timedelta(minutes=n)
        )
        for n in range(6)
    ]
    for n in range(4):
        messages.post_message(conversation=place, text=f"Wacht {n}", key=f"waits-{n}", by=actor(amina), now=NOON)
    assert [item.thing.pk for item in live.since(place.pk, 0)] == [one.pk for one in shown[-3:]]
    assert [item.thing.pk for item in live.since(place.pk, shown[-2].sequence)] == [shown[-1].pk]
