"""The two pages of a parent: saying how much contact, and what stands in the app."""

import re
from datetime import timedelta

import pytest
from django.urls import resolve, reverse
from django.utils import timezone, translation

from outreach import subjects
from outreach.actions import reach
from outreach.models import Notice
from outreach.vocabulary import Purpose
from people.actor import ANONYMOUS
from people.models import ContactNeeds
from people.policy import Refused
from people.vocabulary import Rhythm

from .conftest import actor, make_parent, wants

pytestmark = pytest.mark.django_db
LANGUAGES = ["nl", "fr", "en", "ar", "tr"]


@pytest.fixture
def visit(rf):
    """Asks a page as a person, past the middleware that finds out who that is."""

    def ask(person, name, data=None, *, language="en", actor_is=None, **ids):
        with translation.override(language):
            address = reverse(name, kwargs=ids)
            request = rf.post(address, data) if data is not None else rf.get(address)
            request.actor = actor_is or actor(person)
            request.user = person.account
            request.LANGUAGE_CODE = language
            found = resolve(address)
            answer = found.func(request, **found.kwargs)
            if hasattr(answer, "render"):
                answer.render()
            return answer

    return ask


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_someone_who_chose_nothing_sees_the_choices_and_none_is_made_for_them(visit, language):
    answer = visit(make_parent(), "my:contact", language=language)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count('name="rhythm"') == 5
    assert " checked" not in page
    assert "<title>Kring</title>" in page


def test_a_parent_chooses_and_reads_how_it_was_understood(visit):
    person = make_parent()
    answer = visit(
        person, "my:contact", {"rhythm": "often", "by_email": "on", "quiet_from": "20:00", "quiet_to": "8:00"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/en/my/contact/?kept")
    needs = ContactNeeds.objects.get()
    assert (needs.rhythm, needs.channels, needs.discreet) == (Rhythm.OFTEN, ["email"], True)
    said = text_of(visit(person, "my:contact"))
    assert "At most once a week an e-mail" in said
    assert "Never from 20:00 to 8:00." in said


def test_quiet_until_a_day_ends_at_midnight_of_that_day_on_their_own_clock(visit):
    person = make_parent(time_zone="Africa/Casablanca")
    day = (timezone.now() + timedelta(days=5)).date()
    visit(person, "my:contact", {"rhythm": "quiet", "quiet_day": day.isoformat()})
    until = ContactNeeds.objects.get().quiet_until
    from zoneinfo import ZoneInfo

    assert until.astimezone(ZoneInfo("Africa/Casablanca")).isoformat().startswith(f"{day.isoformat()}T00:00:00")
    assert "Until then we send nothing" in text_of(visit(person, "my:contact"))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose how much contact you want."),
        ({"rhythm": "never"}, "Choose how much contact you want."),
        ({"rhythm": "often", "quiet_from": "20:00"}, "Write both times, or leave both empty."),
        ({"rhythm": "often", "quiet_from": "20:00", "quiet_to": "20:00"}, "Choose two different times."),
        ({"rhythm": "often", "quiet_from": "late", "quiet_to": "8:00"}, "Write a time"),
        ({"rhythm": "often", "quiet_day": "2999-01-01"}, "Choose a day from tomorrow on"),
        ({"rhythm": "quiet", "quiet_day": "2020-01-01"}, "Choose a day from tomorrow on"),
        ({"rhythm": "quiet", "quiet_day": "soon"}, "Choose a day in the calendar."),
    ],
)
def test_what_does_not_fit_comes_back_with_a_sentence_and_what_was_chosen(visit, data, sentence):
    answer = visit(make_parent(), "my:contact", {**data, "by_email": "on"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert not ContactNeeds.objects.exists()
    if data.get("rhythm") in ("often", "quiet"):
        assert re.search(rf'value="{data["rhythm"]}"[^>]* checked', page)


def test_a_day_without_the_choice_of_quiet_is_asked_about(visit):
    day = (timezone.now() + timedelta(days=5)).date().isoformat()
    answer = visit(make_parent(), "my:contact", {"rhythm": "often", "quiet_day": day})
    assert "Some quiet for now" in text_of(answer)
    assert answer.status_code == 422


def test_without_an_address_e_mail_cannot_be_chosen(visit):
    person = make_parent(email=None)
    page = visit(person, "my:contact").content.decode()
    assert 'name="by_email"' not in page
    visit(person, "my:contact", {"rhythm": "often", "by_email": "on"})
    assert ContactNeeds.objects.get().channels == []


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


@pytest.mark.parametrize(("name", "most"), [("my:contact", 3), ("my:notices", 2)])
def test_pages_cost_the_same_with_one_and_with_twenty(visit, name, most, django_assert_max_num_queries):
    person = make_parent()
    wants(person)
    for how_many in (1, 20):
        for number in range(how_many):
            reach(person_id=person.pk, purpose=Purpose.STAFF_WORD, subject="x", subject_id=f"{how_many}-{number}")
        with django_assert_max_num_queries(most):
            visit(person, name)
