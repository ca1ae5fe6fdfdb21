"""The starter texts: five languages, created once, never written over, nothing counted as checked."""

import re

import pytest
from django.core.cache import cache
from django.core.management import call_command

from audit.models import AuditEntry
from people.actions import accounts
from people.actor import PORTAL, Actor
from people.policy import Refused
from people.vocabulary import Role
from resources import numbers, queries
from resources.actions.starter import load_starter
from resources.models import GuidancePage, HelpService, HomePage, InfoPage, NumberCheck, TopicPage

LANGUAGES = ("nl", "fr", "en", "ar", "tr")
TELEPHONE = re.compile(r"\b0\d{1,3}[ ./]?\d{2,3}[ ./]?\d{2}[ ./]?\d{2}\b")


@pytest.fixture
def loaded(db, starter_folder):
    """For one test alone: the others here begin with nothing."""
    cache.clear()
    load_starter(by=PORTAL, publish=True, folder=starter_folder)
    cache.clear()
    yield starter_folder
    cache.clear()


@pytest.mark.django_db
def test_the_real_starter_loads_in_five_languages_once():
    cache.clear()
    call_command("load_starter", "--publish", verbosity=0)
    for model, each in ((HomePage, 1), (TopicPage, 5), (GuidancePage, 6), (InfoPage, 6), (HelpService, 24)):
        for language in LANGUAGES:
            found = model.objects.filter(locale__language_code=language, live=True).count()
            assert found == each, f"{model.__name__} in {language}: {found}"
    assert not GuidancePage.objects.filter(checked_on__isnull=False).exists()
    keys = GuidancePage.objects.values_list("translation_key", flat=True)
    assert len(set(keys)) == 6, "a page has one translation key in all languages"
    for page in GuidancePage.objects.all():
        assert page.calls, f"{page.url_path} names nobody to call"
        known = queries.services_by_key(page.language, [call["service"] for call in page.calls])
        assert {call["service"] for call in page.calls if call["service"]} <= set(known)
        text = " ".join(str(block.value) for block in page.body)
        assert not TELEPHONE.search(text.replace("0800 32 123", "")), f"{page.url_path} shows another number"
    rows = AuditEntry.objects.filter(kind="resources.starter.loaded").count()
    assert rows == 1
    again = load_starter(by=PORTAL, publish=True)
    assert again.total == 0
    assert AuditEntry.objects.filter(kind="resources.starter.loaded").count() == rows, "no change, no event"


def test_what_an_editor_changed_is_never_written_over(loaded):
    page = GuidancePage.objects.get(locale__language_code="nl")
    page.title = "Van ons"
    page.save_revision().publish()
    service = HelpService.objects.get(locale__language_code="nl", key="caw")
    service.cost = "Gratis."
    service.save()
    assert load_starter(by=PORTAL, publish=True, folder=loaded).total == 0
    page.refresh_from_db()
    service.refresh_from_db()
    assert (page.title, service.cost) == ("Van ons", "Gratis.")


def test_without_publish_only_home_and_information_can_be_read(db, client, starter_folder):
    cache.clear()
    load_starter(by=PORTAL, folder=starter_folder)
    cache.clear()
    assert not GuidancePage.objects.filter(live=True).exists()
    assert not HelpService.objects.filter(live=True).exists()
    assert client.get("/nl/").status_code == 200
    assert client.get("/nl/over-nl/").status_code == 200
    assert client.get("/nl/zorgen-nl/").status_code == 404
    assert "CAW" not in client.get("/nl/help/").content.decode()


def test_drafts_of_an_earlier_load_can_be_published_unless_a_person_touched_them(db, client, starter_folder):
    load_starter(by=PORTAL, folder=starter_folder)
    editor = accounts.open_account(language="nl", password="lamp-brug-rivier-42", by=PORTAL)
    touched = GuidancePage.objects.get(locale__language_code="ar")
    touched.save_revision(user=editor)
    taken_away = HelpService.objects.get(locale__language_code="nl", key="awel")
    taken_away.latest_revision.publish()
    taken_away.refresh_from_db()
    taken_away.unpublish()
    loaded = load_starter(by=PORTAL, publish=True, folder=starter_folder)
    assert loaded.counts == {"published": 12}  # 3 topics, 1 of 2 guidance pages, 8 of 9 services
    assert not GuidancePage.objects.get(pk=touched.pk).live
    assert not HelpService.objects.get(pk=taken_away.pk).live
    cache.clear()
    assert client.get("/nl/zorgen-nl/vertrokken-nl/").status_code == 200
    assert load_starter(by=PORTAL, publish=True, folder=starter_folder).total == 0


def test_every_number_waits_for_an_editor(loaded):
    assert set(NumberCheck.objects.values_list("key", flat=True)) == {number.key for number in numbers.every()}
    assert len(queries.unchecked_numbers()) == len(numbers.every())


def test_only_the_allowed_numbers_are_known_and_taken_over(loaded):
    assert {number.dial for number in numbers.every()} == numbers.ALLOWED
    keys = {number.key for number in numbers.every()}
    for page in GuidancePage.objects.all():
        assert {call["number"] for call in page.calls} - {""} <= keys
        assert "0470" not in str([call["number"] for call in page.calls])
    assert {service.number for service in HelpService.objects.all()} - {""} <= keys


def test_a_parent_cannot_load_texts(db, starter_folder):
    parent = Actor(person_id="p", roles=frozenset({Role.PARENT}))
    with pytest.raises(Refused):
        load_starter(by=parent, folder=starter_folder)
    assert not HomePage.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_house_rules_are_there_in_every_language(language):
    rules = queries.house_rules(language)
    assert rules["title"]
    assert rules["accept"]
    assert len(rules["rules"]) >= 5


@pytest.mark.parametrize(("language", "first"), [("nl", "112"), ("fr", "112"), ("ar", "112")])
def test_the_bar_has_five_numbers_with_words(language, first):
    five = numbers.crisis(language)
    assert next(one.dial for one in five) == first
    assert len(five) == 5
    assert all(one.what for one in five)


def test_without_a_list_112_and_101_remain(monkeypatch, tmp_path):
    monkeypatch.setattr(numbers, "FILE", tmp_path / "gone.toml")
    numbers.every.cache_clear()
    numbers.by_dial.cache_clear()
    try:
        assert [one.dial for one in numbers.crisis("nl")] == ["112", "101"]
    finally:
        numbers.every.cache_clear()
        numbers.by_dial.cache_clear()
