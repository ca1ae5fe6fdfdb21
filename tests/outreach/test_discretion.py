"""How much a mail or a text message says: what kind it is, to who wanted that, and never anything more (G34)."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import translation

from outreach import saying, worker
from outreach.actions import reach
from outreach.actions.needs import set_needs
from outreach.channels import email, text_message
from outreach.models import SafeContact
from outreach.planner import Needs
from outreach.vocabulary import Channel, Kind, Purpose
from people.vocabulary import Rhythm
from tests.text_gateway import TextGateway

from .conftest import NOON, actor, make_parent, wants
from .denied import DENIED

LANGUAGES = [code for code, _ in settings.LANGUAGES]
NEUTRAL = "Er is iets nieuws voor jou."
ANSWER, WORDS, NEWS = "Er is een antwoord voor jou.", "Iemand wil graag met jou praten.", "Er is nieuws voor jou."


def tell(person, *purposes, now=NOON):
    for place, purpose in enumerate(purposes):
        reach(person_id=person.pk, purpose=purpose, subject="x", subject_id=f"{place}", now=now)
    worker.run_once(now)


def subjects(outbox) -> list[str]:
    return [text.subject for _, text, _ in outbox]


def test_it_is_on_for_who_never_chose_and_then_no_kind_is_said():
    assert Needs().discreet
    assert {saying.kind_to_say(Needs(), [purpose]) for purpose in Purpose} == {None}


@pytest.mark.parametrize("kind", [None, *Kind])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_short_and_tells_no_more_than_its_kind(language, kind):
    written, text = email.compose(language=language, kind=kind), text_message.compose(language, kind)
    assert written.subject == text == written.body.splitlines()[0]
    assert DENIED.search(f"{written.subject}\n{written.body}") is None
    assert 0 < len(text) <= text_message.LONGEST
    with translation.override(language):
        assert len({saying.sentence(one) for one in (None, *Kind)}) == len(Kind) + 1


def test_codes_word_of_ones_own_access_and_danger_say_no_kind():
    loud = Needs(discreet=False)
    silent = {purpose for purpose in Purpose if saying.kind_to_say(loud, [purpose]) is None}
    assert silent == {Purpose.SIGN_IN_CODE, Purpose.RECOVERY_CODE, Purpose.ACCESS_CHANGED, Purpose.URGENT}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("purposes", "said"),
    [
        ([Purpose.DECISION], ANSWER),
        ([Purpose.STAFF_WORD], WORDS),
        ([Purpose.ANNOUNCEMENT], NEWS),
        ([Purpose.NEW_IN_SPACE, Purpose.STAFF_WORD], WORDS),  # told by one mail, which says what matters most of it
        ([Purpose.NEW_IN_SPACE, Purpose.DECISION], ANSWER),
    ],
)
def test_who_wanted_that_reads_what_kind_it_is(outbox, purposes, said):
    person = make_parent()
    wants(person, discreet=False)
    tell(person, *purposes)
    assert subjects(outbox) == [said]


@pytest.mark.django_db
def test_it_is_written_at_the_moment_of_sending_as_the_wish_is_then(outbox):
    person = make_parent()
    wants(person, discreet=False)
    tell(person, Purpose.NEW_IN_SPACE)
    tell(person, Purpose.STAFF_WORD)  # waits for its week
    set_needs(person_id=person.pk, by=actor(person), discreet=True, now=NOON)
    worker.run_once(NOON + timedelta(days=7))
    assert subjects(outbox) == [NEWS, NEUTRAL]


@pytest.mark.django_db
def test_what_goes_another_way_or_is_kept_back_is_not_said(outbox):
    person = make_parent()
    ways = {Kind.ANSWERS: (Channel.TEXT,), Kind.WORDS: ()}
    SafeContact.objects.create(person=person, phone="+32470123456", may_text=True, changed_at=NOON)
    wants(person, discreet=False, channels_by_kind=ways)
    later = NOON + timedelta(minutes=1)  # so that the mail goes first, and the others still wait beside it
    for purpose, at in ((Purpose.NEW_IN_SPACE, NOON), (Purpose.DECISION, later), (Purpose.STAFF_WORD, later)):
        reach(person_id=person.pk, purpose=purpose, subject="x", subject_id=purpose, now=at)
    worker.run_once(later)
    assert subjects(outbox) == [NEWS]


@pytest.mark.django_db
@pytest.mark.parametrize(("discreet", "said"), [(True, NEUTRAL), (False, ANSWER)])
def test_a_text_message_too(settings, discreet, said):
    person = make_parent()
    SafeContact.objects.create(person=person, phone="+32470123456", may_text=True, changed_at=NOON)
    wants(person, Rhythm.OFTEN, channels=(Channel.TEXT,), discreet=discreet)
    with TextGateway() as gateway:
        settings.TEXT_GATEWAY_URL, settings.TEXT_GATEWAY_TOKEN = gateway.url, "a token"
        tell(person, Purpose.DECISION)
    assert [text for _, text in gateway.texts.values()] == [said]
