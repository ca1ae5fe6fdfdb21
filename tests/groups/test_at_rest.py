"""What lies on the disk, and what is asked of it: no word in clear (S2), no row skipped or counted (P3, P11)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups.actions import conversations, decisions, drafts, messages
from groups.models import Message
from moderation.actions import reports, reviews
from moderation.models import Review
from vault.ids import new_id

from .conftest import NOON, actor
from .test_reading import fill


def _rows() -> bytes:
    """Every row of every table, as the database hands it out before our code opens it."""
    with connection.cursor() as cursor:
        kept = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            kept.append(repr(cursor.fetchall()))
    return "\n".join(kept).encode()


def test_no_word_of_a_parent_or_of_the_team_lies_there_in_clear(world):
    """Text, draft, kind word, reason, subject, what was told: ciphertext; the neighbour shows that the search works."""
    amina, els = world.joins("Amina"), world.joins("Els")
    place = world.conversation("Kanarieonderwerp")
    waits = messages.post_message(conversation=place, text="Kanarietekst", key=new_id(), by=actor(amina), now=NOON)
    drafts.save_draft(conversation=place, text="Kanarieklad", by=actor(els), now=NOON)
    review = reviews.claim(review=Review.objects.get(subject_id=waits.pk), by=actor(world.sofie), now=NOON)
    reviews.give_back(review=review, note="Kanarienota", by=actor(world.sofie), now=NOON)
    stands = messages.post_message(conversation=place, text="Kanariepost", key=new_id(), by=actor(amina), now=NOON)
    decisions.publish_message(message=stands, by=actor(world.sofie), now=NOON)
    reports.tell_team(
        kind="message", subject_id=stands.pk, team_id=world.ouders.pk, by=actor(els), words="Kanariemelding", now=NOON
    )
    reports.take_away(kind="message", subject_id=stands.pk, because="Kanariereden", by=actor(world.sofie), now=NOON)
    conversations.close_conversation(conversation=place, by=actor(world.sofie), now=NOON)
    stored = _rows()
    assert b"Kanarie" not in stored
    assert Message.objects.get(pk=stands.pk).text == "Kanariepost"
    assert stands.pk.encode() in stored


@pytest.mark.parametrize("who", ["amina", "sofie"])
def test_no_statement_counts_messages_or_skips_rows(world, site, who):  # P3 P11
    """Every page that shows messages, the first and a deep one, and sending: the statements themselves are read."""
    amina = world.joins("Amina")
    place = world.conversation()
    fill(place, world.joins("Els"), 60)
    browser = site({"amina": amina, "sofie": world.sofie}[who])
    page = reverse("groups:conversation", args=[place.pk])
    first = browser.get(page).content.decode()
    assert "?before=" in first
    with CaptureQueriesContext(connection) as asked:
        for address in (page, f"{page}?before=41", f"{page}?before=3", f"{page}later/?after=12"):
            assert browser.get(address).status_code == 200
        assert browser.get(reverse("groups:group", args=[world.ouders.pk])).status_code == 200
        assert browser.post(f"{page}send/", {"text": "Nog een.", "key": new_id()}).status_code == 303
    about = [one["sql"].upper() for one in asked if "GROUPS_MESSAGE" in one["sql"].upper()]
    assert len(about) >= 5
    for statement in about:
        assert "OFFSET" not in statement
        assert "COUNT(" not in statement
