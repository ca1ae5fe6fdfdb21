"""The two pages of a parent: saying how much contact, and what stands in the app."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.utils import timezone

from outreach import subjects, worker
from outreach.actions import reach
from outreach.models import Notice, SafeContact
from outreach.vocabulary import Purpose
from outreach.wish import hard_days_from
from people.actor import ANONYMOUS
from people.models import ContactNeeds
from people.policy import Refused
from people.vocabulary import Rhythm

from .conftest import make_parent, wants
from .pages import part, text_of

pytestmark = pytest.mark.django_db
LANGUAGES = ["nl", "fr", "en", "ar", "tr"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_someone_who_chose_nothing_sees_the_choices_and_none_is_made_for_them(visit, language):
    answer = visit(make_parent(), "my:contact", language=language)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count('name="rhythm"') == 5
    assert not re.search(r'name="rhythm"[^>]* checked', page)
    assert "<title>Kring</title>" in page


def test_a_parent_chooses_part_by_part_and_reads_how_it_was_understood(visit):
    person = make_parent()
    answer = visit(person, "my:contact", part("rhythm", rhythm="often"))
    assert (answer.status_code, answer["Location"]) == (302, "/en/my/contact/?kept=rhythm#rhythm")
    visit(person, "my:contact", part("ways", on="email"))
    visit(person, "my:contact", part("ways", on="call"))
    visit(person, "my:contact", part("ways", up="call"))
    visit(person, "my:contact", part("hours", quiet_from="20:00", quiet_to="8:00"))
    visit(person, "my:contact", part("whole_day", whole_day="4"))
    visit(person, "my:contact", part("hours", on_day="3", quiet_from="22:00", quiet_to="9:00"))
    visit(person, "my:contact", part("who", who_may="contact_person"))
    visit(person, "my:contact", part("events", around_events="leave_me_be"))
    visit(person, "my:contact", part("kind", kind="news", off="email"))
    visit(person, "my:contact", part("kind", kind="events", on="visit"))
    visit(
        person, "my:contact", part("hard_day", day="2026-12-03", yearly="on", reach_out="no", own_words="her birthday")
    )
    needs = ContactNeeds.objects.get()
    assert (needs.rhythm, needs.channels, needs.discreet) == (Rhythm.OFTEN, ["call", "email"], True)
    assert needs.channels_by_kind == {"news": [], "events": ["call", "email", "visit"]}
    assert [(one["weekday"], one["from"], one["to"]) for one in needs.quiet_hours] == [
        *((day, "20:00", "08:00") for day in (0, 1, 2)),
        (3, "22:00", "09:00"),
        *((day, "20:00", "08:00") for day in (4, 5, 6)),
        (4, "00:00", "00:00"),
    ]
    said = text_of(visit(person, "my:contact"))
    for sentence in (
        "At most once a week a message",
        "In this order: e-mail.",
        "Not possible yet: phone call, home visit.",
        "Never from 20:00 to 8:00.",
        "Friday: nothing.",
        "Thursday: not from 22:00 to 9:00.",
        "You have none yet, so nobody does.",
        "we leave you be",
        "3 December 2026",
        "her birthday",
    ):
        assert sentence in said, sentence
    visit(person, "my:contact", part("no_other_hours", weekday="3"))
    visit(person, "my:contact", part("no_hard_day", which=hard_days_from(needs.hard_days)[0].key))
    visit(person, "my:contact", part("ways", off="call"))
    needs.refresh_from_db()
    assert (len(needs.quiet_hours), needs.hard_days, needs.channels) == (2, "", ["email"])


def test_quiet_until_a_day_ends_at_midnight_of_that_day_on_their_own_clock(visit):
    person = make_parent(time_zone="Africa/Casablanca")
    day = (timezone.now() + timedelta(days=5)).date()
    visit(person, "my:contact", part("rhythm", rhythm="quiet", quiet_day=day.isoformat()))
    until = ContactNeeds.objects.get().quiet_until
    from zoneinfo import ZoneInfo

    assert until.astimezone(ZoneInfo("Africa/Casablanca")).isoformat().startswith(f"{day.isoformat()}T00:00:00")
    assert "Until then we send nothing" in text_of(visit(person, "my:contact"))


def test_a_pause_is_lifted_by_one_choice_though_its_day_still_stands_in_the_form(visit):
    person = make_parent()
    day = timezone.localdate() + timedelta(days=5)
    for rhythm in ("often", "quiet"):
        visit(
            person, "my:contact", part("rhythm", rhythm=rhythm, quiet_day=day.isoformat() if rhythm == "quiet" else "")
        )
    assert f'value="{day.isoformat()}"' in visit(person, "my:contact").content.decode()
    answer = visit(person, "my:contact", part("rhythm", rhythm="often", quiet_day=day.isoformat()))
    assert answer.status_code == 302
    needs = ContactNeeds.objects.get()
    assert (needs.rhythm, needs.quiet_until) == (Rhythm.OFTEN, None)
    visit(person, "my:contact", part("rhythm", rhythm="quiet", quiet_day=day.isoformat()))
    other = part("rhythm", rhythm="often", quiet_day=(day + timedelta(days=1)).isoformat())
    assert "Some quiet for now" in text_of(visit(person, "my:contact", other))  # a day that was typed now is no slip


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (part("rhythm"), "Choose how much contact you want."),
        (part("rhythm", rhythm="never"), "Choose how much contact you want."),
        (part("rhythm", rhythm="often", quiet_day="2999-01-01"), "Choose a day from tomorrow on"),
        (part("rhythm", rhythm="quiet", quiet_day="2020-01-01"), "Choose a day from tomorrow on"),
        (part("rhythm", rhythm="quiet", quiet_day="soon"), "Choose a day in the calendar."),
        (part("hours", quiet_from="20:00"), "Write both times."),
        (part("hours"), "Write both times."),
        (part("hours", quiet_from="20:00", quiet_to="20:00"), "Choose two different times."),
        (part("hours", quiet_from="late", quiet_to="8:00"), "Write a time"),
        (part("hours", on_day="7", quiet_from="13:00", quiet_to="14:00"), "Choose one of these."),
        (part("evening", evening="3:00"), "Choose one of these."),
        (part("whole_day", whole_day="9"), "Choose one of these."),
        (part("quiet_for", days="400"), "Choose one of these."),
        (part("hard_day", day="", reach_out="no"), "Choose a day in the calendar."),
        (part("hard_day", day="2026-12-03", reach_out="no", own_words="x" * 121), "at most 120 signs"),
        (part("who", who_may="everybody"), "Choose one of these."),
        (part("events", around_events=""), "Choose one of these."),
        (part("language", language="xx"), "Choose one of these."),
        (part("clock", time_zone="Mars"), "Choose one of these."),
        (part("discreet", discreet="loud"), "Choose one of these."),
    ],
)
def test_what_does_not_fit_comes_back_with_a_sentence_and_what_was_chosen(visit, data, sentence):
    answer = visit(make_parent(), "my:contact", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert not ContactNeeds.objects.exists()
    if data.get("rhythm") in ("often", "quiet"):
        assert re.search(rf'value="{data["rhythm"]}"[^>]* checked', page)
    if data.get("own_words"):
        assert data["own_words"] in page


def test_a_part_that_does_not_exist_is_no_page(visit):
    with pytest.raises(Http404):
        visit(make_parent(), "my:contact", part("everything"))


def test_a_day_without_the_choice_of_quiet_is_asked_about(visit):
    day = (timezone.now() + timedelta(days=5)).date().isoformat()
    answer = visit(make_parent(), "my:contact", part("rhythm", rhythm="often", quiet_day=day))
    assert "Some quiet for now" in text_of(answer)
    assert answer.status_code == 422


def test_a_way_without_an_address_says_that_it_is_not_possible_yet(visit):
    person = make_parent(email=None)
    visit(person, "my:contact", part("ways", on="email"))
    assert "not possible yet" in text_of(visit(person, "my:contact"))


def test_language_and_clock_hold_at_once(visit):
    person = make_parent()
    visit(person, "my:contact", part("language", language="tr"))
    visit(person, "my:contact", part("clock", time_zone="Europe/Istanbul"))
    person.refresh_from_db()
    assert (person.language, person.time_zone) == ("tr", "Europe/Istanbul")


def test_the_card_is_kept_encrypted_and_a_wrong_number_comes_back(visit):
    person = make_parent()
    answer = visit(person, "my:card", {"phone": "12", "if_someone_else": "ask", "hours": "in the morning"})
    assert answer.status_code == 422
    assert "Write the number in full" in text_of(answer)
    assert "in the morning" in answer.content.decode()
    card = {"phone": "0470 12 34 56", "may_text": "on", "if_someone_else": "ask", "code_word": "the soup is ready"}
    assert visit(person, "my:card", card).status_code == 302
    row = SafeContact.objects.get()
    assert (row.phone, row.may_text, row.code_word) == ("+32470123456", True, "the soup is ready")
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, code_word FROM outreach_safecontact")
        assert not any("470" in value or "soup" in value for value in cursor.fetchone())
    assert "the number for text messages" in text_of(
        visit(person, "my:card", {"may_text": "on", "if_someone_else": "ask"})
    )


def test_a_parent_reads_what_was_sent_and_what_was_not_and_why(visit, outbox):
    person = make_parent()
    wants(person, Rhythm.MATTERS)
    reach(person_id=person.pk, purpose=Purpose.NEW_IN_SPACE, subject="x", subject_id="1")
    reach(person_id=person.pk, purpose=Purpose.DECISION, subject="x", subject_id="2")
    worker.run_once()
    said = text_of(visit(person, "my:sent"))
    assert "everyday news, so it was not sent" in said
    assert "e-mail · sent" in said


def test_a_wish_written_down_by_the_team_is_shown_as_such(visit):
    person = make_parent()
    wants(person)
    ContactNeeds.objects.update(changed_by_id="somebody else")
    assert "Someone from the team wrote this down with you" in text_of(visit(person, "my:contact"))


def test_notices_say_why_and_nothing_else(visit, monkeypatch):
    monkeypatch.setitem(
        subjects._SUBJECTS, "story", subjects.Subject(address=lambda person_id, thing: f"/en/g/{thing}/")
    )
    person = make_parent(name="KANARIE")
    reach(person_id=person.pk, purpose=Purpose.NEW_IN_SPACE, subject="story", subject_id="KANARIE-thing")
    reach(person_id=person.pk, purpose=Purpose.STAFF_WORD, by_id="KANARIE-by")
    answer = visit(person, "my:notices")
    said = text_of(answer)
    assert "Someone wrote something in your group." in said
    assert "Someone from the team wrote to you." in said
    assert "Why do I get this?" in said
    assert "KANARIE" not in answer.content.decode()


@pytest.mark.parametrize(
    ("purpose", "place"),
    [
        (Purpose.NEW_IN_SPACE, "kind_news"),
        (Purpose.DECISION, "kind_answers"),
        (Purpose.STAFF_WORD, "kind_words"),
        (Purpose.OCCASION, "kind_events"),
    ],
)
def test_less_of_this_leads_to_the_ways_of_its_kind_and_they_stand_open(visit, purpose, place):
    person = make_parent()
    reach(person_id=person.pk, purpose=purpose)
    link = re.search(r'href="/en/my/contact/\?open=(\w+)#(\w+)"', visit(person, "my:notices").content.decode())
    assert link.groups() == (place, place)
    page = visit(person, "my:contact", query={"open": place}).content.decode()
    assert re.findall(r'<details class="fold" id="(kind_\w+)" open', page) == [place]
    assert "It holds from now on" not in page  # nothing was changed yet


def test_opening_marks_read_and_leads_there(visit, monkeypatch):
    monkeypatch.setitem(
        subjects._SUBJECTS, "story", subjects.Subject(address=lambda person_id, thing: f"/en/g/{thing}/")
    )
    person = make_parent()
    reach(person_id=person.pk, purpose=Purpose.NEW_IN_SPACE, subject="story", subject_id="c1")
    answer = visit(person, "my:notice_open", {}, notice_id=Notice.objects.get().pk)
    assert answer["Location"] == "/en/g/c1/"
    assert Notice.objects.get().read_at is not None


def test_looking_at_the_list_changes_nothing_and_reading_everything_does(visit):
    person = make_parent()
    reach(person_id=person.pk, purpose=Purpose.STAFF_WORD)
    visit(person, "my:notices")
    assert Notice.objects.get().read_at is None
    visit(person, "my:notices_read", {})
    assert Notice.objects.get().read_at is not None
    assert visit(person, "my:notices").status_code == 200


@pytest.mark.parametrize("name", ["my:notice_open", "my:notices_read"])
def test_nothing_is_marked_by_following_a_link(visit, name):
    person = make_parent()
    reach(person_id=person.pk, purpose=Purpose.STAFF_WORD)
    ids = {"notice_id": Notice.objects.get().pk} if name.endswith("open") else {}
    assert visit(person, name, **ids).status_code == 405


def test_anothers_notice_does_not_exist(visit):
    person, other = make_parent(), make_parent(2)
    reach(person_id=other.pk, purpose=Purpose.STAFF_WORD)
    for notice_id in (Notice.objects.get().pk, "A" * 22):
        with pytest.raises(Refused) as refusal:
            visit(person, "my:notice_open", {}, notice_id=notice_id)
        assert refusal.value.is_hidden


@pytest.mark.parametrize("name", ["my:contact", "my:notices"])
def test_visitors_are_led_to_the_sign_in(visit, name):
    with pytest.raises(Refused):
        visit(make_parent(), name, actor_is=ANONYMOUS)


@pytest.mark.parametrize(("name", "most"), [("my:contact", 5), ("my:notices", 2)])
def test_pages_cost_the_same_with_one_and_with_twenty(visit, name, most, django_assert_max_num_queries):
    person = make_parent()
    wants(person)
    for how_many in (1, 20):
        for number in range(how_many):
            reach(person_id=person.pk, purpose=Purpose.STAFF_WORD, subject="x", subject_id=f"{how_many}-{number}")
        with django_assert_max_num_queries(most):
            visit(person, name)
