"""A contact that was written down wrongly: put right by who wrote it, and what stood there before is nowhere."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import AuditEntry
from outreach.actions.moments import correct
from outreach.actions.needs import set_needs
from outreach.facts import facts_of
from outreach.models import ContactMoment, Task
from outreach.models.contact_moment import MomentOutcome
from outreach.own_data import tell
from outreach.vocabulary import Withheld
from people.policy import Refused
from people.vocabulary import Rhythm, Role, WhoMay

from .company import (
    ask,
    asked_for_contact,
    can_be_called,
    facilitator,
    make_facilitator,
    named,
    stands_around,
    text_of,
    written,
)
from .conftest import NOON, actor

pytestmark = pytest.mark.django_db


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


def corrected(sofie, moment, *, by=None, now=NOON + timedelta(hours=1), **right) -> bool:
    was = {name: getattr(moment, name) for name in ("how", "outcome", "note", "parent_may_read", "at")}
    return correct(moment=moment, by=by or facilitator(sofie), now=now, **was | right)


def test_what_was_wrong_is_nowhere_and_everyone_who_reads_it_sees_that_it_was_put_right(rf, sofie, amina):
    moment = written(sofie, amina, note="Haar zoon belt donderdag.")
    assert corrected(sofie, moment, note="Haar dochter belt vrijdag.")
    for reader, name, ids in ((actor(amina), "my:moments", {}), (facilitator(sofie), "work:outreach_person", None)):
        page = text_of(ask(rf, reader, name, **({"parent_id": amina.pk} if ids is None else ids)))
        assert "Haar dochter belt vrijdag." in page
        assert "Corrected on 3 November 2026" in page
        assert "donderdag" not in page
    assert "donderdag" not in str([ContactMoment.objects.get().note, *AuditEntry.objects.values()])
    entry = AuditEntry.objects.get(kind="outreach.moment.corrected")
    assert (entry.by_id, entry.subject_id) == (sofie.pk, amina.pk)
    assert entry.details == {"moment": moment.pk, "parts": "note"}
    assert "dochter" not in str(entry.details)
    own = str([part for part in tell(amina.pk) if part.items])
    assert ("vrijdag" in own, "donderdag" in own, repr(ContactMoment.objects.get().corrected_at) in own) == (
        True,
        False,
        True,
    )


def test_what_the_parent_may_no_longer_read_is_gone_for_her(rf, sofie, amina):
    moment = written(sofie, amina, note="Niet op een gsm te lezen.")
    corrected(sofie, moment, parent_may_read=False)
    page = text_of(ask(rf, actor(amina), "my:moments"))
    assert "Niet op een gsm" not in page
    assert "Corrected" not in page
    assert "Niet op een gsm" not in str(tell(amina.pk))


def test_only_its_author_in_her_company_puts_it_right(rf, sofie, amina):
    hanne, moment = make_facilitator("Hanne"), written(sofie, amina, note="Zoals het was.")
    stands_around(hanne, amina)
    for someone in (facilitator(hanne), facilitator(sofie, Role.COORDINATOR), actor(amina)):
        with pytest.raises(Refused):
            corrected(sofie, moment, by=someone, note="Anders.")
    assert text_of(ask(rf, facilitator(hanne), "work:outreach_person", parent_id=amina.pk)).count("Correct") == 0
    amina.around.all().delete()
    with pytest.raises(Refused) as refusal:
        corrected(sofie, moment, note="Anders.")
    assert refusal.value.is_hidden
    assert ContactMoment.objects.get().note == "Zoals het was."
    assert ContactMoment.objects.get().corrected_at is None


def test_nothing_changed_is_no_correction(sofie, amina):
    moment = written(sofie, amina, note="Zoals het was.")
    assert not corrected(sofie, moment)
    assert corrected(sofie, moment, note="Anders.")
    assert not corrected(sofie, ContactMoment.objects.get(), note=" Anders. ")
    assert AuditEntry.objects.filter(kind="outreach.moment.corrected").count() == 1


def test_a_try_that_was_written_down_as_a_talk_opens_its_task_again_and_back(sofie, amina):
    can_be_called(amina)
    asked_for_contact(amina)
    moment = written(sofie, amina)
    assert Task.objects.get().done_at
    corrected(sofie, moment, outcome=MomentOutcome.NO_ANSWER)
    assert (Task.objects.get().done_at, ContactMoment.objects.get().task) == (None, None)
    assert facts_of([amina.pk], NOON)[amina.pk].needs.reached_at is None  # nobody reached her
    corrected(sofie, ContactMoment.objects.get(), outcome=MomentOutcome.SPOKE)
    assert (Task.objects.get().done_by_id, ContactMoment.objects.get().task) == (sofie.pk, Task.objects.get())


def test_what_was_done_for_another_parent_stays_done(sofie, amina):
    els = named("Els", 2)
    stands_around(sofie, els)
    for parent in (amina, els):
        can_be_called(parent)
        asked_for_contact(parent)
    written(sofie, els, key="e" * 22)
    moment = written(sofie, amina)
    corrected(sofie, moment, outcome=MomentOutcome.NO_ANSWER)
    assert [Task.objects.get(person=parent).done_at is None for parent in (amina, els)] == [True, False]


def test_a_task_that_opens_again_obeys_the_wish_of_today(sofie, amina):
    can_be_called(amina)
    asked_for_contact(amina)
    moment = written(sofie, amina)
    set_needs(person_id=amina.pk, by=actor(amina), now=NOON, channels_by_kind={}, channels=())
    set_needs(person_id=amina.pk, by=actor(amina), now=NOON, who_may=WhoMay.CONTACT_PERSON, rhythm=Rhythm.QUIET)
    corrected(sofie, moment, outcome=MomentOutcome.NO_ANSWER)
    task = Task.objects.get()
    assert (task.done_at, task.withdrawn_at is not None, task.reason) == (None, True, Withheld.NO_WAY_CHOSEN)


def test_a_note_put_right_leaves_the_tasks_as_they_are(sofie, amina):
    can_be_called(amina)
    asked_for_contact(amina)
    moment = written(sofie, amina)
    before = Task.objects.get().done_at
    corrected(sofie, moment, note="Belt donderdag.")
    assert Task.objects.get().done_at == before


def test_the_page_shows_what_stands_there_and_puts_it_right(rf, sofie, amina):
    moment = written(sofie, amina, note="Haar zoon belt.", parent_may_read=False)
    shown = ask(rf, facilitator(sofie), "work:outreach_moment_correct", moment_id=moment.pk).content.decode()
    assert "Haar zoon belt." in shown
    assert 'value="2026-11-03"' in shown
    given = {"how": "call", "outcome": "spoke", "day": "2026-11-03", "note": "Haar dochter belt."}
    answer = ask(rf, facilitator(sofie), "work:outreach_moment_correct", given, moment_id=moment.pk)
    assert answer.status_code == 302
    right = ContactMoment.objects.get()
    assert (right.note, right.parent_may_read, right.at) == ("Haar dochter belt.", False, NOON)
    given["day"] = "2026-11-04"
    answer = ask(rf, facilitator(sofie), "work:outreach_moment_correct", given, moment_id=moment.pk)
    assert answer.status_code == 422


def test_a_moment_of_long_ago_keeps_its_day_and_hour(rf, sofie, amina):
    at = NOON - timedelta(days=200, hours=2)
    moment = written(sofie, amina, note="Haar zoon belt.", at=at)
    day = timezone.localdate(at).isoformat()
    given = {"how": "call", "outcome": "spoke", "day": day, "note": "Haar dochter belt.", "parent_may_read": "on"}
    answer = ask(rf, facilitator(sofie), "work:outreach_moment_correct", given, moment_id=moment.pk)
    assert (answer.status_code, ContactMoment.objects.get().at) == (302, at)
