"""Whom to call: by what someone wrote about and in which language (domain rule 9, emergency first)."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from moderation.screening import NEEDS_IN_ORDER, screen
from resources import numbers

pytestmark = pytest.mark.db_free
LANGUAGES = ("nl", "fr", "en", "ar", "tr")


def dials(needs, language):
    return [told.dial for told in numbers.by_needs(needs, language)]


@pytest.mark.parametrize(
    ("needs", "language", "expected"),
    [
        (("suicide", "talk"), "nl", ["112", "1813", "106"]),
        (("suicide", "talk"), "fr", ["112", "080032123", "107"]),
        (("suicide", "talk"), "ar", ["112", "1813", "080032123", "106", "107"]),
        (("danger", "violence"), "fr", ["112", "101", "1712"]),
        (("violence", "child"), "nl", ["112", "101", "1712", "102"]),
        (("violence", "child"), "fr", ["112", "101", "1712", "103"]),
    ],
)
def test_the_numbers_fit_the_need_and_the_language(needs, language, expected):
    assert dials(needs, language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("need", NEEDS_IN_ORDER)
def test_every_need_has_someone_to_call_and_never_too_many(need, language):
    found = dials((need,), language)
    assert found[0] == "112"
    assert 2 <= len(found) <= 5
    assert len(set(found)) == len(found)
    assert set(found) <= numbers.ALLOWED


@pytest.mark.parametrize(
    ("language", "words", "line"),
    [
        ("nl", "Ik wil niet meer leven.", "1813"),
        ("fr", "Je ne veux plus vivre.", "080032123"),
        ("en", "I want to kill myself.", "1813"),
        ("ar", "أريد أن أموت.", "1813"),
        ("tr", "Artık yaşamak istemiyorum.", "1813"),
    ],
)
def test_who_writes_of_ending_a_life_sees_the_line_for_that(language, words, line):
    needs = screen(words, language).needs
    with translation.override(language):
        assert f"tel:{line}" in render_to_string("groups/_call_now.html", {"needs": needs})
