"""Dates and times in words, by the rules of the glossary."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal import moments

BRUSSELS = ZoneInfo("Europe/Brussels")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)  # a Sunday
LANGUAGES = ("nl", "fr", "en", "ar", "tr")


@pytest.mark.parametrize("language", ["nl", "en", "ar", "tr"])
def test_a_time_has_a_colon_and_no_zero_before_the_hour(language):
    assert moments.clock(time(9, 5), language) == "9:05"
    assert moments.clock(time(0, 0), language) == "0:00"
    assert moments.clock(time(21, 30), language) == "21:30"


def test_a_french_time_has_an_h_and_hard_spaces():
    assert moments.clock(time(9, 0), "fr") == "9\u00a0h"
    assert moments.clock(time(9, 5), "fr") == "9\u00a0h\u00a005"
    assert moments.clock(time(19, 30), "fr-be") == "19\u00a0h\u00a030"


def test_a_time_is_told_in_the_zone_of_the_reader_also_over_the_change_of_the_clock():
    assert moments.clock(datetime(2026, 10, 24, 22, 30, tzinfo=UTC), "nl", BRUSSELS) == "0:30"
    assert moments.clock(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "nl", BRUSSELS) == "2:30"
    assert moments.clock(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "nl", BRUSSELS) == "3:30"


@pytest.mark.parametrize(
    ("language", "words", "with_weekday"),
    [
        ("nl", "3 november 2026", "dinsdag 3 november 2026"),
        ("fr", "3 novembre 2026", "mardi 3 novembre 2026"),
        ("en", "3 November 2026", "Tuesday 3 November 2026"),
        ("ar", "3 نونبر 2026", "الثلاثاء 3 نونبر 2026"),
        ("tr", "3 Kasım 2026", "3 Kasım 2026 Salı"),
    ],
)
def test_a_date_in_words(language, words, with_weekday):
    assert moments.date_in_words(date(2026, 11, 3), language) == words
    assert moments.date_in_words(date(2026, 11, 3), language, weekday=True) == with_weekday


def test_the_first_of_a_month_in_french():
    assert moments.date_in_words(date(2027, 5, 1), "fr") == "1er mai 2027"
    assert moments.date_in_words(date(2027, 5, 11), "fr") == "11 mai 2027"


def test_arabic_months_are_those_of_morocco():
    told = [moments.date_in_words(date(2026, month, 1), "ar").split()[1] for month in (5, 7, 8, 9, 11, 12)]
    assert told == ["ماي", "يوليوز", "غشت", "شتنبر", "نونبر", "دجنبر"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_its_months_and_weekdays(language):
    assert len(moments.MONTHS[language].split()) == 12
    assert len(moments.WEEKDAYS[language].split()) == 7
    assert len(moments.NEAR[language]) == 3


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (0, "vandaag"),
        (-1, "gisteren"),
        (1, "morgen"),
        (-2, "vrijdag"),
        (-6, "maandag"),
        (6, "zaterdag"),
        (-7, "15 november 2026"),
        (7, "29 november 2026"),
    ],
)
def test_a_day_is_near_then_a_weekday_then_a_date(away, words):
    today = NOW.date()
    assert moments.day_in_words(today + timedelta(days=away), "nl", today) == words


def test_a_weekday_never_means_today():
    today = NOW.date()
    for away in range(-6, 7):
        for language in LANGUAGES:
            told = moments.day_in_words(today + timedelta(days=away), language, today)
            same_weekday = moments.WEEKDAYS[language].split()[today.weekday()]
            assert told != same_weekday


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "gisteren, 20:14"),
        ("fr", "hier, 20\u00a0h\u00a014"),
        ("en", "yesterday, 20:14"),
        ("ar", "أمس، 20:14"),
        ("tr", "dün, 20:14"),
    ],
)
def test_a_moment_is_a_day_and_a_time(language, words):
    moment = datetime(2026, 11, 21, 19, 14, tzinfo=UTC)
    assert moments.moment_in_words(moment, language, NOW, BRUSSELS) == words


def test_the_day_turns_at_midnight_of_the_reader():
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # 0:30 on the 22nd in Brussels
    assert moments.moment_in_words(late, "nl", NOW, BRUSSELS) == "vandaag, 0:30"


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (0, ("0 min.", "0 min", "0 min", "أقلّ من دقيقة", "0 dk.")),
        (1, ("1 min.", "1 min", "1 min", "دقيقة واحدة", "1 dk.")),
        (2, ("2 min.", "2 min", "2 min", "دقيقتان", "2 dk.")),
        (4, ("4 min.", "4 min", "4 min", "4 دقائق", "4 dk.")),
        (42, ("42 min.", "42 min", "42 min", "42 دقيقة", "42 dk.")),
        (180, ("3 uur", "3 h", "3 hours", "3 ساعات", "3 saat")),
        (2 * 1440, ("2 dagen", "2 jours", "2 days", "يومان", "2 gün")),
    ],
)
def test_waiting_is_told_in_whole_minutes_hours_or_days(minutes, told):
    assert tuple(moments.waiting_in_words(minutes, language) for language in LANGUAGES) == told
    assert moments.waiting_in_words(timedelta(minutes=minutes, seconds=59), "nl") == told[0]


def test_a_turkish_capital_keeps_its_dot():
    assert moments.capital("iki", "tr") == "İki"
    assert moments.capital("iki", "nl") == "Iki"
    assert moments.capital("vandaag", "nl") == "Vandaag"
    assert moments.capital("اليوم", "ar") == "اليوم"


def test_an_unknown_language_is_told_in_english():
    assert moments.date_in_words(date(2026, 11, 3), "xx") == "3 November 2026"
    assert moments.date_in_figures(date(2026, 11, 3)) == "3/11/2026"
