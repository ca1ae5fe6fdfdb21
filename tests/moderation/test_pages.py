"""The queue and the review as pages: what is shown before a claim, what works without a script, what costs how much."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from audit.models import AccessEntry
from moderation import live, queries, wording
from moderation.actions import reports, reviews
from moderation.models import Decision, Review
from people.models import Authenticator
from tests.worlds import session_of

from .conftest import OTHER_TEAM, TEAM

SECRET = "zilverlinde"


def browser(desk, who: str) -> Client:
    account = desk.people[who].account
    Authenticator.objects.get_or_create(
        user=account, name="app", defaults={"key": "JBSWY3DPEHPK3PXP", "confirmed": True}
    )
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(account)
    return client


def page(name, *args):
    with translation.override("nl"):
        return reverse(f"work:{name}", args=args)


def now_held(desk, text=SECRET, **more):
    return desk.held(text, now=timezone.now() - timedelta(minutes=5), **more)


# --- the queue ----------------------------------------------------------------------------------------


def test_the_queue_shows_no_word_of_a_text(desk):
    now_held(desk, f"{SECRET} bel 0478 12 34 56")
    answer = browser(desk, "hanne").get(page("reviews")).content.decode()
    assert "Ouders" in answer
    assert SECRET not in answer
    assert "0478 12" not in answer
    assert desk.people["maan"].pk not in answer


def test_the_most_urgent_comes_first_then_the_oldest(desk):
    start = timezone.now()
    calm, later = (desk.held(now=start - timedelta(minutes=one)) for one in (30, 20))
    urgent = desk.held(urgent=True, now=start)
    listed = queries.waiting(desk.actor("hanne"))
    assert [row.id for row in listed.rows] == [urgent.pk, calm.pk, later.pk]
    assert [row.order for row in listed.rows] == sorted(row.order for row in listed.rows)


def test_a_page_goes_on_from_a_known_row(desk):
    start = timezone.now() - timedelta(hours=2)
    made = [desk.held(urgent=one % 5 == 0, now=start + timedelta(minutes=one // 2)) for one in range(70)]
    seen, after = [], ""
    while True:
        queue = queries.waiting(desk.actor("hanne"), after=after)
        seen += [row.id for row in queue.rows]
        after = queue.after
        if not after:
            break
    assert len(seen) == len(set(seen)) == len(made)
    assert seen[:14] == [one.pk for one in sorted(made, key=lambda one: (not one.urgent, one.opened_at, one.pk))][:14]


def test_tabs_and_languages_narrow_the_list(desk):
    actor = desk.actor("duty")
    held = [now_held(desk), now_held(desk, urgent=True, language="ar"), now_held(desk, team_id=OTHER_TEAM)]
    reviews.claim(review=held[0], by=actor)
    assert {row.id for row in queries.waiting(actor).rows} == {one.pk for one in held}
    assert [row.id for row in queries.waiting(actor, tab="urgent").rows] == [held[1].pk]
    assert [row.id for row in queries.waiting(actor, tab="with_me").rows] == [held[0].pk]
    assert [row.id for row in queries.waiting(actor, language="ar").rows] == [held[1].pk]
    assert queries.waiting(actor, tab="my_groups").rows == []
    assert queries.counts(actor) == queries.Counts(waiting=3, urgent=1, with_me=1, my_groups=0)
    for address in ("", "?tab=urgent", "?language=ar", "?tab=x&language=y&after=z", "?after=%00"):
        assert browser(desk, "duty").get(page("reviews") + address).status_code == 200


def test_the_queue_costs_the_same_with_one_row_and_with_twenty(desk):  # P3
    client = browser(desk, "hanne")

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(page("reviews")).status_code == 200
        return len(found)

    reviews.claim(review=now_held(desk), by=desk.actor("bram"))
    asked()
    one = asked()
    for _ in range(19):
        reviews.claim(review=now_held(desk), by=desk.actor("bram"))
    assert asked() == one


def test_nothing_to_read_is_good_news(desk):
    answer = browser(desk, "hanne").get(page("reviews")).content.decode()
    assert 'class="empty card"' in answer


def test_an_old_browser_asks_what_is_new(desk):
    first = now_held(desk)
    client = browser(desk, "hanne")
    answer = client.get(page("reviews_news") + "?after=0")
    assert f"m-{first.pk}" in answer.content.decode()
    assert answer["X-Seq"] == str(first.sequence)
    again = client.get(page("reviews_news") + f"?after={first.sequence}")
    assert first.pk not in again.content.decode()
    for odd in ("x", "-1", "²", "9" * 40):
        assert client.get(page("reviews_news"), {"after": odd}).status_code == 200


# --- one review ---------------------------------------------------------------------------------------


def test_the_text_opens_by_claiming_and_is_logged(desk):
    review = now_held(desk)
    client = browser(desk, "hanne")
    assert SECRET not in client.get(page("review", review.pk)).content.decode()
    assert not AccessEntry.objects.exists()
    answer = client.post(page("claim", review.pk), follow=True)
    assert SECRET in answer.content.decode()
    assert AccessEntry.objects.get().person_id == desk.people["maan"].pk
    assert SECRET not in browser(desk, "bram").get(page("review", review.pk)).content.decode()


def test_a_stranger_to_the_team_finds_nothing(desk):
    review = now_held(desk)
    for who in ("other", "coordinator", "editor", "tech"):
        client = browser(desk, who)
        for name, method in (("review", "get"), ("claim", "post"), ("release", "post"), ("decide", "post")):
            answer = getattr(client, method)(page(name, review.pk))
            assert answer.status_code == 404
            assert SECRET not in answer.content.decode()
    assert Review.objects.get().claimed_at is None


def test_marks_carry_numbers_and_each_is_explained(desk):
    review = now_held(desk, "Bel 0478 12 34 56 of Kerkstraat 12")
    answer = browser(desk, "hanne").post(page("claim", review.pk), follow=True).content.decode()
    assert "<mark>0478 12 34 56<sup>1</sup></mark>" in answer
    assert "<mark>Kerkstraat 12<sup>2</sup></mark>" in answer
    assert answer.count("<li><span><b>") == 2 == len(wording.findings_in_words(review))


def test_a_pill_brings_the_page_back_with_a_sentence_in_the_authors_language(desk):
    review = now_held(desk, language="nl")
    client = browser(desk, "hanne")
    client.post(page("claim", review.pk))
    typed = {"start": "place", "words": "Dag Maan.", "decision": "give_back", "reason": ""}
    answer = client.post(page("decide", review.pk), typed)
    assert answer.status_code == 200
    words = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", answer.content.decode(), re.S)[1]
    assert words.startswith("Dag Maan. ")
    assert len(words) > len("Dag Maan. ")
    assert re.search(r'value="give_back" checked', answer.content.decode())
    assert Review.objects.get().is_open


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ({"decision": "publish"}, "published"),
        ({"decision": "give_back", "words": "Zonder de naam?"}, "returned"),
        ({"decision": "decline", "reason": "names"}, "declined"),
    ],
)
def test_after_a_decision_the_next_one_comes(desk, typed, outcome):
    review = now_held(desk)
    following = now_held(desk)
    client = browser(desk, "hanne")
    client.post(page("claim", review.pk))
    answer = client.post(page("decide", review.pk), typed)
    assert (answer.status_code, answer["Location"]) == (302, page("review", following.pk))
    assert Decision.objects.get().outcome == outcome
    assert "Dit is het volgende." in client.post(page("claim", following.pk), follow=True).content.decode()
    assert client.post(page("decide", following.pk), {"decision": "publish"})["Location"] == page("reviews")
    done = client.get(page("reviews")).content.decode()
    assert "Gedaan: het bericht is geplaatst." in done
    assert "Gedaan: het bericht" not in client.get(page("reviews")).content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"decision": "give_back", "words": "  "},
        {"decision": "decline", "words": "Mijn woorden"},
        {"decision": "decline", "reason": "other"},
        {"decision": "dismiss"},
        {"decision": "publish", "words": "x" * 2001},
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(desk, typed):
    review = now_held(desk)
    client = browser(desk, "hanne")
    client.post(page("claim", review.pk))
    answer = client.post(page("decide", review.pk), typed)
    assert answer.status_code == 422
    assert "field__wrong" in answer.content.decode()
    assert typed.get("words", "").strip()[:100] in answer.content.decode()
    assert Review.objects.get().is_open


def test_what_was_told_is_decided_in_the_same_queue(desk):
    subject = desk.standing(SECRET)
    told = reports.tell_team(kind="note", subject_id=subject, team_id=TEAM, by=desk.actor("roos"), words="Een naam")
    client = browser(desk, "hanne")
    answer = client.post(page("claim", told.review_id), follow=True).content.decode()
    assert "Een naam" in answer
    assert desk.people["roos"].pk not in answer
    assert desk.people["roos"].name not in answer.replace("<bdi>Roos</bdi>", "")
    assert client.post(page("decide", told.review_id), {"decision": "take_away"}).status_code == 422
    client.post(page("decide", told.review_id), {"decision": "take_away", "words": "Noemt een gezin"})
    assert desk.notes.things[subject]["status"] == "removed"


def test_taking_away_from_the_page_where_it_stands(desk):
    subject = desk.standing(SECRET)
    client = browser(desk, "hanne")
    where = page("take_away", "note", subject)
    assert SECRET in client.get(where).content.decode()
    assert client.post(where, {"because": " "}).status_code == 422
    back = f"/nl/g/{'a' * 22}/"
    assert client.post(where, {"because": "Een naam", "back": back})["Location"] == back
    assert client.get(where).status_code == 404
    other = page("take_away", "note", desk.standing())
    assert client.post(other, {"because": "Een naam", "back": "https://evil.example/"})["Location"] == page("reviews")


def test_what_still_waits_is_not_read_by_the_back_door(desk):
    review = now_held(desk)
    client = browser(desk, "hanne")
    for kind, subject in (("note", review.subject_id), ("note", "x" * 22), ("thing", review.subject_id)):
        answer = client.get(page("take_away", kind, subject))
        assert answer.status_code == 404
        assert SECRET not in answer.content.decode()


def test_one_cannot_decide_by_a_link(desk):  # G8
    review = now_held(desk)
    client = browser(desk, "hanne")
    for name in ("claim", "release", "decide"):
        assert client.get(page(name, review.pk)).status_code == 405


# --- live ---------------------------------------------------------------------------------------------


def test_a_row_reaches_those_of_the_team_and_says_who_reads_it(desk):
    review = now_held(desk)
    hanne, other = desk.actor("hanne"), desk.actor("other")
    assert live.allowed("queue", [hanne, other, desk.actor("maan")]) == {hanne.person_id, other.person_id}
    hidden = live.hides("queue", [hanne, other], [])
    assert review.team_id not in hidden[hanne.person_id]
    assert review.team_id in hidden[other.person_id]
    (item,) = live.since("queue", 0)
    assert live.since("queue", item.sequence) == []
    assert "formaction" in live.render([item], "nl", hanne.person_id)[0]
    reviews.claim(review=review, by=hanne)
    (item,) = live.since("queue", 0, review.pk)
    assert "formaction" not in live.render([item], "nl", desk.people["bram"].pk)[0]
    assert "Hanne" in live.render([item], "nl", desk.people["bram"].pk)[0]
    assert reverse("work:review", args=[review.pk])[3:] in live.render([item], "nl", hanne.person_id)[0]


def test_a_settled_row_stays_hidden_from_other_teams_and_says_that_it_is_done(desk):
    review = now_held(desk)
    reviews.claim(review=review, by=desk.actor("hanne"))
    reviews.publish(review=review, by=desk.actor("hanne"))
    (item,) = live.since("queue", 0, review.pk)
    hidden = live.hides("queue", [desk.actor("other")], [item])
    assert live.reviews.author(item.thing) in hidden[desk.people["other"].pk]
    row = live.render([item], "nl", desk.people["bram"].pk)[0]
    assert "item--calm" in row
    assert "formaction" not in row
    assert live.since("queue", 0) == []  # a page that opens now never meets what is done


def test_a_change_sends_one_hint_without_words(desk, monkeypatch, django_capture_on_commit_callbacks):
    sent = []
    monkeypatch.setattr("live.hints._send", sent.append)
    with django_capture_on_commit_callbacks(execute=True):
        review = now_held(desk)
    with django_capture_on_commit_callbacks(execute=True):
        reviews.claim(review=review, by=desk.actor("hanne"))
    assert [one["topic"] for one in sent] == ["reviews:queue", "reviews:queue"]
    assert sent[1]["item"] == review.pk
    assert SECRET not in json.dumps(sent)


# --- notices ------------------------------------------------------------------------------------------


def test_a_notice_is_of_use_while_this_person_may_still_read(desk):
    review = now_held(desk)
    assert queries.is_waiting_for(desk.people["hanne"].pk, review.pk)
    assert not queries.is_waiting_for(desk.people["other"].pk, review.pk)
    assert not queries.is_waiting_for(desk.people["maan"].pk, review.pk)
    reviews.settle(kind="note", subject_id=review.subject_id, outcome="withdrawn")
    assert not queries.is_waiting_for(desk.people["hanne"].pk, review.pk)


def test_the_queue_reads_its_own_index_only(desk):
    rows = queries.open_reviews(desk.actor("duty")).order_by("-urgent", "opened_at", "id")[:31]
    if connection.vendor == "sqlite":
        assert "moderation_queue" in rows.explain()
    assert "settled_at" in str(rows.query)
