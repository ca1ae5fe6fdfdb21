"""Who took over from a colleague: what stands on her pages until the parent was asked, as far as the wish allows it."""

import pytest

from audit.models import AccessEntry
from audit.vocabulary import Look
from outreach.actions import around as acts
from outreach.actions.card import open_card
from outreach.actions.needs import set_needs
from outreach.actions.newcomers import add_newcomer
from outreach.actions.taking_over import take_over
from outreach.alone_with import known_to_nobody
from outreach.desk import desk_of
from outreach.models import Around, SafeContact
from outreach.vocabulary import Channel, Purpose
from outreach.ways_now import ways_now
from people.actions.staff import withdraw_role
from people.actor import PORTAL
from people.policy import Refused
from people.vocabulary import Rhythm, Role, WhoMay

from .company import ask, facilitator, make_facilitator, text_of
from .conftest import BEFORE, NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_no_groups")]
HERE = "With you because a colleague stopped"
INTRODUCE = "A colleague stopped. Say who you are, and ask whether it is all right."


@pytest.fixture
def zineb(sofie):
    """She may be called; only what matters, and only by her contact person."""
    parent = add_newcomer(name="Zineb", language="ar", by=facilitator(sofie), now=BEFORE)
    SafeContact.objects.create(person=parent, phone="+32470000001", changed_at=BEFORE, changed_by_id=sofie.pk)
    wish(parent, sofie, rhythm=Rhythm.MATTERS, channels=(Channel.CALL,), who_may=WhoMay.CONTACT_PERSON)
    return parent


def wish(parent, staff, **changes) -> None:
    set_needs(person_id=parent.pk, by=facilitator(staff), now=BEFORE, **changes)


def taken_over(sofie, hanne) -> Around:
    withdraw_role(person=sofie, role=Role.FACILITATOR, by=PORTAL, now=NOON)
    marc = facilitator(make_facilitator("Marc"), Role.COORDINATOR)
    take_over(staff_id=hanne.pk, by=marc, now=NOON)
    return Around.objects.get(staff=hanne, ended_at__isnull=True)


def page(rf, staff, parent, name="work:outreach_person", language="en") -> str:
    return text_of(ask(rf, facilitator(staff), name, parent_id=parent.pk, language=language))


def may_call(staff, parent) -> bool:
    return next(one for one in ways_now(parent.pk, staff.pk, NOON) if one.way == Channel.CALL).is_open


def test_until_she_was_asked_it_is_something_to_do_and_the_card_opens_for_it(zineb, sofie, hanne, rf):
    assert not may_call(sofie, zineb)  # a call without a reason is nothing that matters
    taken_over(sofie, hanne)
    to_do = desk_of(facilitator(hanne), NOON).tasks
    assert [(one.who.name, one.purpose, one.way) for one in to_do] == [("Zineb", Purpose.INTRODUCTION, Channel.CALL)]
    assert INTRODUCE in text_of(ask(rf, facilitator(hanne), "work:outreach"))
    said = page(rf, hanne, zineb)
    assert HERE in said
    assert INTRODUCE in said
    assert "not asked yet" in page(rf, hanne, zineb, "work:outreach_around")
    assert open_card(person=zineb, by=facilitator(hanne), now=NOON).card.phone == "+32470000001"


def test_her_yes_takes_it_away_and_with_it_the_reason_to_call(zineb, sofie, hanne, rf):
    around = taken_over(sofie, hanne)
    answer = ask(rf, facilitator(hanne), "work:around_yes", {}, around_id=around.pk)
    assert answer.url.endswith(f"/work/outreach/{zineb.pk}/?kept")
    assert HERE not in page(rf, hanne, zineb)
    assert "contact person" in page(rf, hanne, zineb, "work:outreach_around")
    assert desk_of(facilitator(hanne), NOON).tasks == []
    assert not may_call(hanne, zineb)


@pytest.mark.parametrize("rhythm", [Rhythm.QUIET, Rhythm.MINE])
def test_who_wants_quiet_is_not_called_for_it_either(zineb, sofie, hanne, rf, rhythm):
    wish(zineb, sofie, rhythm=rhythm)
    taken_over(sofie, hanne)
    desk = desk_of(facilitator(hanne), NOON)
    assert (desk.tasks, desk.wanted, [one.name for one in desk.quiet]) == ([], [], ["Zineb"])
    assert not may_call(hanne, zineb)
    with pytest.raises(Refused):
        open_card(person=zineb, by=facilitator(hanne), now=NOON)
    said = page(rf, hanne, zineb)
    assert HERE in said
    assert INTRODUCE not in said
    assert "Nothing: " in said


def test_where_there_is_no_way_it_stays_to_do_and_says_so(zineb, sofie, hanne, rf):
    wish(zineb, sofie, channels=())
    taken_over(sofie, hanne)
    assert [one.way for one in desk_of(facilitator(hanne), NOON).tasks] == [None]
    assert "There is no way yet to call, visit or write." in text_of(ask(rf, facilitator(hanne), "work:outreach"))


def test_a_sending_is_never_the_way_to_introduce_oneself(zineb, sofie, hanne):
    SafeContact.objects.update(may_text=True)
    wish(zineb, sofie, channels=(Channel.TEXT,))
    taken_over(sofie, hanne)
    assert [one.way for one in desk_of(facilitator(hanne), NOON).tasks] == [None]


def test_her_no_is_said_first_and_one_more_tap_does_it(zineb, sofie, hanne, rf):
    around = taken_over(sofie, hanne)
    said = text_of(ask(rf, facilitator(hanne), "work:around_no", around_id=around.pk))
    assert "At once you see nothing of this parent any more." in said
    assert "Nobody else knows this parent." in said
    assert known_to_nobody() == set()
    assert AccessEntry.objects.filter(staff_id=hanne.pk, person_id=zineb.pk, purpose=Look.AROUND).exists()
    answer = ask(rf, facilitator(hanne), "work:around_no", {}, around_id=around.pk)
    assert answer.url.endswith("/work/outreach/")
    assert known_to_nobody() == {zineb.pk}


def test_about_a_colleague_it_says_so_and_leads_back_to_who_is_around_her(zineb, sofie, hanne, rf):
    around = acts.propose(person=zineb, staff_id=hanne.pk, by=facilitator(sofie), said_yes=True, now=BEFORE)
    said = text_of(ask(rf, facilitator(sofie), "work:around_no", around_id=around.pk))
    assert "At once this colleague sees nothing" in said
    assert "Nobody else knows this parent." not in said
    answer = ask(rf, facilitator(sofie), "work:around_no", {}, around_id=around.pk)
    assert answer.url.endswith(f"/work/outreach/{zineb.pk}/around/")


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar", "tr"])
def test_the_pages_stand_in_every_language(zineb, sofie, hanne, rf, language):
    around = taken_over(sofie, hanne)
    said = ask(rf, facilitator(hanne), "work:outreach_person", parent_id=zineb.pk, language=language)
    for name in ("yes", "no"):
        assert f"/{language}/work/outreach/around/{around.pk}/{name}/" in said.content.decode()
    assert (HERE in text_of(said)) == (language == "en")
