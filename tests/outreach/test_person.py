"""The page of one parent: the wish first, the card only while it may be used, what was written down and for whom."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from audit.models import AccessEntry, AuditEntry
from audit.vocabulary import Look
from outreach.actions.asking import ask_for_contact
from outreach.actions.needs import set_needs
from outreach.actions.newcomers import add_newcomer
from outreach.actions.safe_contact import keep_card
from outreach.facts import facts_of
from outreach.models import ContactMoment, Task
from outreach.models.contact_moment import How, MomentOutcome
from outreach.next_step import next_step
from outreach.policies import read_moment
from outreach.queries import readable_moments
from outreach.vocabulary import Channel, Withheld
from outreach.wish import QuietHours
from people.policy import Refused
from people.vocabulary import Reason, Rhythm, Role, WhoMay

from .company import (
    ask,
    asked_for_contact,
    can_be_called,
    facilitator,
    make_facilitator,
    named,
    spoke,
    stands_around,
    text_of,
    written,
)
from .conftest import NOON, actor, make_parent

pytestmark = pytest.mark.django_db
NUMBER, CODE_WORD = "+32470000001", "De soep staat klaar"
ALL_DAY = (QuietHours(time(0), time(0)),)


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def sofie(db):
    return make_facilitator("Sofie")


@pytest.fixture
def amina(sofie):
    parent = named("Amina", 1)
    stands_around(sofie, parent, contact_person=True)
    return parent


def opens(rf, sofie, parent):
    return ask(rf, facilitator(sofie), "work:outreach_card", {}, parent_id=parent.pk)


# --- the card ---------------------------------------------------------------------------------------


def test_the_number_is_shown_once_after_a_tap_and_both_logs_know(rf, sofie, amina):
    can_be_called(amina, code_word=CODE_WORD)
    before = ask(rf, facilitator(sofie), "work:outreach_person", parent_id=amina.pk).content.decode()
    shown = opens(rf, sofie, amina).content.decode()
    after = ask(rf, facilitator(sofie), "work:outreach_person", parent_id=amina.pk).content.decode()
    assert [(NUMBER in page, CODE_WORD in page) for page in (before, shown, after)] == [
        (False, False),
        (True, True),
        (False, False),
    ]
    assert f'href="tel:{NUMBER}"' in shown
    assert AccessEntry.objects.filter(person_id=amina.pk, purpose=Look.CALL_CARD, shown_to_person=True).count() == 1
    assert AuditEntry.objects.filter(kind="outreach.safe_contact.opened", subject_id=amina.pk).count() == 1


def test_coming_to_the_card_by_its_address_shows_nothing(rf, sofie, amina):
    can_be_called(amina)
    answer = ask(rf, facilitator(sofie), "work:outreach_card", parent_id=amina.pk)
    assert (answer.status_code, NUMBER in answer.content.decode()) == (302, False)
    assert not AccessEntry.objects.filter(purpose=Look.CALL_CARD).exists()


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        ({"rhythm": Rhythm.QUIET}, Withheld.QUIET),
        ({"rhythm": Rhythm.MINE}, Withheld.COMES_BY_THEMSELVES),
        ({"rhythm": Rhythm.MATTERS}, Withheld.ONLY_WHAT_MATTERS),
        ({"quiet_hours": ALL_DAY}, Withheld.QUIET_HOURS),
        ({"quiet_hours": (QuietHours(time(10), time(17)),)}, Withheld.QUIET_HOURS),
        ({"channels_by_kind": {}}, Withheld.NOT_THIS_WAY),
    ],
)
def test_against_the_wish_the_card_stays_shut_and_the_page_says_why(rf, sofie, amina, wish, reason):
    can_be_called(amina)
    set_needs(person_id=amina.pk, by=actor(amina), now=NOON, **wish)
    page = text_of(ask(rf, facilitator(sofie), "work:outreach_person", parent_id=amina.pk))
    with translation.override("en"):
        assert reason.beforehand in page
    assert "You are opening personal details" not in page
    with pytest.raises(Refused) as refusal:
        opens(rf, sofie, amina)
    assert refusal.value.reason == Reason.NOT_BY_WISH
    assert not AccessEntry.objects.filter(purpose=Look.CALL_CARD).exists()


def test_who_asked_for_contact_may_be_called_though_she_comes_by_herself(rf, sofie, amina):
    can_be_called(amina)
    set_needs(person_id=amina.pk, by=actor(amina), now=NOON, rhythm=Rhythm.MINE)
    asked_for_contact(amina)
    page = opens(rf, sofie, amina)
    assert NUMBER in page.content.decode()
    assert "Asked for contact: today." in text_of(page)


def test_the_letter_is_printed_only_where_a_letter_is_the_wish(rf, sofie, amina):
    can_be_called(amina)
    keep_card(person_id=amina.pk, by=actor(amina), address="Een straat 1", say_from="de school", now=NOON)
    with pytest.raises(Refused) as refusal:
        ask(rf, facilitator(sofie), "work:outreach_letter", {}, parent_id=amina.pk)
    assert refusal.value.reason == Reason.NOT_BY_WISH
    set_needs(person_id=amina.pk, by=actor(amina), now=NOON, channels=(Channel.LETTER,), channels_by_kind={})
    page = ask(rf, facilitator(sofie), "work:outreach_letter", {}, parent_id=amina.pk).content.decode()
    assert "de school" in page
    assert "Amina" not in page
    assert AccessEntry.objects.filter(purpose=Look.CALL_CARD).exists()
    assert ask(rf, facilitator(sofie), "work:outreach_letter", parent_id=amina.pk).status_code == 302


def test_only_the_contact_person_dials_when_that_is_the_wish(rf, sofie, amina):
    can_be_called(amina)
    set_needs(person_id=amina.pk, by=actor(amina), now=NOON, who_may=WhoMay.CONTACT_PERSON)
    hanne = make_facilitator("Hanne")
    stands_around(hanne, amina)
    assert NUMBER in opens(rf, sofie, amina).content.decode()
    with pytest.raises(Refused):
        opens(rf, hanne, amina)


def test_a_number_shows_nothing_of_the_address_while_a_visit_is_not_wanted(rf, sofie, amina):
    can_be_called(amina, address="Dorpsstraat 1")
    page = opens(rf, sofie, amina).content.decode()
    assert (NUMBER in page, "Dorpsstraat" in page) == (True, False)


# --- the next step ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rhythm", "days_ago", "what", "at"),
    [
        (Rhythm.OFTEN, None, "now", None),
        (Rhythm.OFTEN, 2, "from", datetime(2026, 11, 8, 11, tzinfo=UTC)),
        (Rhythm.SOMETIMES, 31, "now", None),
        (Rhythm.MATTERS, None, "matters", None),
        (Rhythm.MINE, None, "mine", None),
        (Rhythm.QUIET, None, "quiet", None),
    ],
)
def test_the_next_step_follows_the_rhythm(sofie, rhythm, days_ago, what, at):
    parent = named("Amina", 7, rhythm)
    if days_ago:
        spoke(sofie, parent, NOON - timedelta(days=days_ago))
    step = next_step(facts_of([parent.pk], NOON)[parent.pk].needs, sofie.pk, NOON)
    assert (step.what, step.at) == (what, at)


@pytest.mark.parametrize(
    ("quiet", "says"),
    [((), "Asked for contact: today. Now by: e-mail."), (ALL_DAY, "Asked for contact: today. ")],
)
def test_who_asked_is_answered_in_the_way_that_stands_beside_it(rf, sofie, amina, quiet, says):
    set_needs(person_id=amina.pk, by=actor(amina), now=NOON, quiet_hours=quiet)
    ask_for_contact(by=actor(amina), now=NOON)
    said = text_of(ask(rf, facilitator(sofie), "work:outreach_person", parent_id=amina.pk))
    assert says in said
    assert ("Now by" in said) == (not quiet)


def test_who_asked_in_quiet_hours_is_answered_when_they_end(rf, sofie, amina):
    until_one = (QuietHours(time(9), time(13)),)
    set_needs(person_id=amina.pk, by=actor(amina), now=NOON, quiet_hours=until_one)
    ask_for_contact(by=actor(amina), now=NOON)
    said = text_of(ask(rf, facilitator(sofie), "work:outreach_person", parent_id=amina.pk))
    assert "Asked for contact: today. E-mail · today, 13:00 ." in said
    with translation.override("en"):
        assert str(Withheld.QUIET_HOURS.beforehand) in said


def test_who_has_no_account_has_no_app_either(rf, sofie):
    parent = add_newcomer(name="Zineb", language="ar", by=facilitator(sofie), now=NOON)
    page = text_of(ask(rf, facilitator(sofie), "work:outreach_person", parent_id=parent.pk))
    on_the_phone = text_of(ask(rf, facilitator(sofie), "work:needs", parent_id=parent.pk))
    for said in (page.partition("The next step")[0], on_the_phone.partition("This is how we read it")[2]):
        assert "We send nothing." in said
        assert "the app" not in said


# --- contact moments --------------------------------------------------------------------------------


def test_written_twice_by_a_double_tap_it_stands_once(rf, sofie, amina):
    given = {"how": "call", "outcome": "spoke", "day": "2026-11-03", "note": "Belt zelf donderdag.", "key": "k" * 22}
    given["parent_may_read"] = "on"
    for _ in range(2):
        answer = ask(rf, facilitator(sofie), "work:outreach_moment", given, parent_id=amina.pk)
        assert answer.status_code == 302
    moment = ContactMoment.objects.get()
    assert (moment.note, moment.parent_may_read, moment.by_id) == ("Belt zelf donderdag.", True, sofie.pk)
    assert AuditEntry.objects.filter(kind="outreach.moment.written").count() == 1


def test_the_database_refuses_a_second_moment_of_one_form(sofie, amina):
    row = written(sofie, amina)
    row.pk = "x" * 22
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_key_of_another_parent_writes_nothing_there(sofie, amina):
    other = named("Els", 2)
    stands_around(sofie, other)
    written(sofie, amina)
    with pytest.raises(Refused) as refusal:
        written(sofie, other)
    assert refusal.value.reason == Reason.KEY_REUSED
    assert ContactMoment.objects.count() == 1


def test_the_note_is_encrypted_and_in_no_log(sofie, amina):
    from django.db import connection

    written(sofie, amina, note="Een feit dat niemand anders leest")
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM outreach_contactmoment")
        assert "feit" not in str(cursor.fetchone()[0])
    assert "feit" not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize(
    ("outcome", "how", "is_done"),
    [
        (MomentOutcome.SPOKE, How.CALL, True),
        (MomentOutcome.SPOKE, How.MET, True),
        (MomentOutcome.DID_NOT_WANT, How.CALL, True),
        (MomentOutcome.NO_ANSWER, How.CALL, False),
        (MomentOutcome.NOT_SAFE, How.CALL, False),
    ],
)
def test_what_reached_her_does_the_task_and_a_try_leaves_it_open(sofie, amina, outcome, how, is_done):
    can_be_called(amina)
    asked_for_contact(amina)
    moment = written(sofie, amina, outcome, how=how)
    task = Task.objects.get()
    assert (task.done_at is not None, moment.task_id == task.pk) == (is_done, is_done)
    assert task.done_by_id == (sofie.pk if is_done else "")


def test_a_task_of_a_colleague_stays_theirs(sofie, amina):
    hanne = make_facilitator("Hanne")
    stands_around(hanne, amina)
    can_be_called(amina)
    asked_for_contact(amina)
    written(hanne, amina)
    assert Task.objects.get().done_at is None


def test_a_parent_reads_what_may_be_read_and_nothing_else(rf, sofie, amina):
    written(sofie, amina, note="Ze belt donderdag terug.", key="a" * 22)
    written(sofie, amina, note="Niet op een gsm te lezen.", key="b" * 22, parent_may_read=False)
    other = named("Els", 2)
    stands_around(sofie, other)
    written(sofie, other, note="Van een ander.", key="c" * 22)
    page = text_of(ask(rf, actor(amina), "my:moments"))
    assert "Ze belt donderdag terug." in page
    assert "Sofie" in page
    for word in ("Niet op een gsm", "Van een ander"):
        assert word not in page
    staff = text_of(ask(rf, facilitator(sofie), "work:outreach_person", parent_id=amina.pk))
    assert "Niet op een gsm te lezen." in staff
    assert "Van een ander" not in staff


def test_which_moments_and_may_this_one_agree(sofie, amina):
    hanne, other = make_facilitator("Hanne"), named("Els", 2)
    stands_around(hanne, other)
    written(sofie, amina, key="a" * 22)
    written(sofie, amina, key="b" * 22, parent_may_read=False)
    written(hanne, other, key="c" * 22)
    seen = []
    people = [facilitator(sofie), facilitator(hanne), facilitator(sofie, Role.COORDINATOR), actor(amina), actor(other)]
    for one in people:
        which = set(readable_moments(one, ContactMoment.objects.all()).values_list("pk", flat=True))
        assert which == {row.pk for row in ContactMoment.objects.all() if read_moment.allows(one, row)}
        seen.append(len(which))
    assert seen == [2, 1, 0, 1, 1]


@pytest.mark.parametrize("day", ["2026-11-04", "2020-01-01", "", "morgen"])
def test_a_day_that_cannot_be_comes_back_with_what_was_typed(rf, sofie, amina, day):
    given = {"how": "call", "outcome": "no_answer", "day": day, "note": "Bewaard", "key": "k" * 22}
    answer = ask(rf, facilitator(sofie), "work:outreach_moment", given, parent_id=amina.pk)
    assert (answer.status_code, "Bewaard" in answer.content.decode()) == (422, True)
    assert not ContactMoment.objects.exists()


def test_nobody_outside_her_company_writes_reads_or_dials(rf, sofie, amina):
    can_be_called(amina)
    stranger = facilitator(make_facilitator("Hanne"))
    for name, data in (
        ("work:outreach_person", None),
        ("work:outreach_card", {}),
        ("work:outreach_letter", {}),
        ("work:outreach_moment", {"how": "call", "outcome": "spoke", "day": "2026-11-03", "key": "k" * 22}),
    ):
        with pytest.raises(Refused) as refusal:
            ask(rf, stranger, name, data, parent_id=amina.pk)
        assert refusal.value.is_hidden
    assert not ContactMoment.objects.exists()
    with pytest.raises(Refused):
        ask(rf, facilitator(sofie), "work:outreach_person", parent_id=make_parent(9).pk)
    assert Channel.CALL in facts_of([amina.pk], NOON)[amina.pk].needs.reachable


# --- the wish in words ------------------------------------------------------------------------------

YOU = re.compile(r"\b(you|your|yours)\b", re.IGNORECASE)


@pytest.mark.parametrize("rhythm", list(Rhythm))
@pytest.mark.parametrize("who_may", list(WhoMay))
def test_staff_read_the_wish_as_words_about_the_parent_and_the_parent_as_words_to_her(rf, sofie, rhythm, who_may):
    els = named("Els", 2, rhythm, who_may=who_may, channels=(Channel.EMAIL,))
    stands_around(sofie, els)
    page = ask(rf, facilitator(sofie), "work:outreach_person", parent_id=els.pk).content.decode()
    wish = page.partition('id="wish">')[2].partition("</section>")[0]
    assert "<p>" in wish
    assert not YOU.search(wish)
    phone = ask(rf, facilitator(sofie), "work:needs", parent_id=els.pk).content.decode()
    assert not YOU.search(phone.partition('id="so">')[2].partition("</aside>")[0])
    if rhythm in (Rhythm.QUIET, Rhythm.MINE, Rhythm.OFTEN):
        own = ask(rf, actor(els), "my:contact").content.decode()
        assert YOU.search(own.partition('id="so">')[2].partition("</aside>")[0])
