"""Every part of a wish is changed by one tap once its fold is open, and what was tapped holds."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from outreach.facts import facts_of
from outreach.forms import PARTS
from outreach.forms.part import TapForm
from outreach.views.wish_parts import keep
from outreach.vocabulary import Channel, Kind
from people.models import Person
from people.vocabulary import AroundEvents, Rhythm, WhoMay

from .conftest import actor, make_parent, wants
from .pages import part

pytestmark = pytest.mark.django_db


def now_of(person: Person):
    return facts_of([person.pk], timezone.now())[person.pk].needs


@pytest.mark.parametrize(
    ("tapped", "holds"),
    [
        (part("who", who_may="contact_person"), lambda needs: needs.who_may == WhoMay.CONTACT_PERSON),
        (part("events", around_events="leave_me_be"), lambda needs: needs.around_events == AroundEvents.LEAVE_ME_BE),
        (part("clock", time_zone="Africa/Tunis"), lambda needs: needs.time_zone == "Africa/Tunis"),
        (part("discreet", discreet="no"), lambda needs: not needs.discreet),
        (part("evening", evening="20:00"), lambda needs: str(needs.quiet_hours[0].start) == "20:00:00"),
        (part("whole_day", whole_day="6"), lambda needs: needs.quiet_hours[0].weekday == 6),
        (part("ways", on="call"), lambda needs: needs.channels == (Channel.EMAIL, Channel.CALL)),
        (part("kind", kind="words", on="visit"), lambda needs: needs.ways_for(Kind.WORDS)[1] == Channel.VISIT),
        (part("quiet_for", days="7"), lambda needs: needs.rhythm == Rhythm.QUIET and needs.quiet_until),
    ],
)
def test_one_tap_holds_and_the_page_opens_where_it_was(visit, tapped, holds):
    person = make_parent()
    wants(person)
    answer = visit(person, "my:contact", tapped)
    assert answer.status_code == 302
    place = answer["Location"].partition("#")[2]
    assert holds(now_of(person))
    page = visit(person, "my:contact").content.decode()
    assert re.search(rf'id="{place}"', page)


def test_the_language_too(visit):
    person = make_parent(time_zone="Africa/Tunis")
    visit(person, "my:contact", part("language", language="ar"))
    person.refresh_from_db()
    assert (person.language, person.time_zone) == ("ar", "Africa/Tunis")


def test_each_choice_of_each_part_stands_there_as_a_button_and_one_says_that_it_holds(visit):
    page = visit(make_parent(), "my:contact").content.decode()
    for form in PARTS.values():
        if not issubclass(form, TapForm):
            continue
        name, field = next(iter(form.base_fields.items()))
        for value, _ in field.choices:
            assert re.search(rf'<button class="pick" name="{name}" value="{value}"', page), (name, value)
        pressed = len(re.findall(rf'name="{name}" value="[^"]*" aria-pressed="true"', page))
        assert pressed == (0 if form.part in ("whole_day", "quiet_for") else 1), form.part


def test_a_week_of_quiet_ends_at_midnight_on_their_own_clock(visit):
    person = make_parent(time_zone="Asia/Damascus")
    visit(person, "my:contact", part("quiet_for", days="7"))
    until = now_of(person).quiet_until.astimezone(ZoneInfo("Asia/Damascus"))
    assert (until.hour, until.minute) == (0, 0)
    assert until.date() - timezone.now().astimezone(until.tzinfo).date() == timedelta(days=7)


def test_an_order_of_its_own_begins_with_what_holds_and_can_be_given_up(visit):
    person = make_parent()
    wants(person, channels=(Channel.EMAIL, Channel.CALL, Channel.PUSH))
    visit(person, "my:contact", part("kind", kind="news", up="push"))
    assert now_of(person).channels_by_kind == {Kind.NEWS: (Channel.PUSH, Channel.EMAIL)}  # nobody calls with news
    visit(person, "my:contact", part("kind", kind="words", up="call"))
    assert now_of(person).ways_for(Kind.WORDS) == (Channel.CALL, Channel.EMAIL, Channel.PUSH)
    assert now_of(person).ways_for(Kind.EVENTS) == (Channel.EMAIL, Channel.CALL, Channel.PUSH)
    visit(person, "my:contact", part("kind", kind="words", as_usual="on"))
    assert set(now_of(person).channels_by_kind) == {Kind.NEWS}


def test_a_way_that_makes_no_sense_for_a_kind_is_not_taken(visit):
    person = make_parent()
    wants(person)
    visit(person, "my:contact", part("kind", kind="news", on="visit"))
    assert now_of(person).channels_by_kind == {}
    answer = visit(person, "my:contact", part("kind", kind="gossip", on="email"))
    assert answer.status_code == 422


def test_what_changed_between_the_page_and_the_tap_is_not_undone_by_it(rf):
    """E-mail is stopped by its link while she taps 'phone call too': the call is added, and e-mail stays off."""
    person = make_parent()
    wants(person, channels=(Channel.EMAIL, Channel.TEXT))
    form = PARTS["ways"](part("ways", on="call"), facts=facts_of([person.pk], timezone.now())[person.pk])
    assert form.is_valid()
    wants(person, channels=(Channel.TEXT,), now=timezone.now())
    request = rf.post("/")
    request.actor = actor(person)
    keep(form, request)
    assert now_of(person).channels == (Channel.TEXT, Channel.CALL)


def forms_of(page: str, name: str) -> list[dict]:
    """What a browser sends of each form of this part."""
    sent = []
    for form in re.findall(r"<form[^>]*>.*?</form>", page, re.S):
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) | {"csrfmiddlewaretoken": ""}
        if fields.get("part") == name:
            sent.append(fields)
    return sent


def two_hard_days(visit, person) -> str:
    for day, words in (("2026-12-01", "proces"), ("2026-12-05", "verjaardag")):
        visit(person, "my:contact", part("hard_day", day=day, yearly="on", reach_out="no", own_words=words))
    return visit(person, "my:contact").content.decode()


@pytest.mark.parametrize("times", [1, 2])
def test_a_tap_that_comes_twice_takes_away_one_hard_day_and_no_other(visit, times):  # G21
    person = make_parent()
    first, _ = forms_of(two_hard_days(visit, person), "no_hard_day")
    for _ in range(times):
        assert visit(person, "my:contact", first).status_code == 302
    assert [one.words for one in now_of(person).hard_days] == ["verjaardag"]


@pytest.mark.parametrize("times", [1, 2])
def test_an_old_page_turns_the_day_that_it_showed_and_only_once(visit, times):
    """Meanwhile the team wrote down an earlier day with her: counted by its place it would be that one."""
    person = make_parent()
    _, second = forms_of(two_hard_days(visit, person), "turn_hard_day")
    visit(person, "my:contact", part("hard_day", day="2026-11-30", reach_out="no", own_words="afscheid"))
    for _ in range(times):
        visit(person, "my:contact", second)
    assert [one.words for one in now_of(person).hard_days if one.reach_out] == ["verjaardag"]


def test_the_same_day_again_is_the_newer_wish_about_it(visit):
    person = make_parent()
    for reach_out in ("no", "yes"):
        visit(person, "my:contact", part("hard_day", day="2026-12-01", reach_out=reach_out, own_words="proces"))
    assert [one.reach_out for one in now_of(person).hard_days] == [True]


@pytest.mark.parametrize("times", [1, 2])
def test_a_day_without_contact_is_kept_by_a_tap_that_comes_twice(visit, times):  # G21
    person = make_parent()
    (shown,) = forms_of(visit(person, "my:contact").content.decode(), "whole_day")
    for _ in range(times):
        visit(person, "my:contact", shown | {"whole_day": "6"})
    assert [one.weekday for one in now_of(person).quiet_hours] == [6]
    (shown,) = forms_of(visit(person, "my:contact").content.decode(), "whole_day")
    for _ in range(times):
        visit(person, "my:contact", shown | {"whole_day": "6"})
    assert now_of(person).quiet_hours == ()
