"""The letter: one page in the reader's language, neutral, with a sender only where the card names one."""

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from outreach.channels import letter

from .denied import DENIED

pytestmark = pytest.mark.db_free
LANGUAGES = [code for code, _ in settings.LANGUAGES]


def sheet_of(written: letter.Letter, rf, **more) -> str:
    """What comes on paper, as the page has it."""
    request = rf.get("/nl/work/")
    page = render_to_string("outreach/letter.html", {"letter": written, **more}, request=request)
    sheet = page.split('<article class="sheet">', 1)[1].split("</article>", 1)[0]
    return sheet.split('<p class="small soft noprint">', 1)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_neutral_and_in_the_language_and_direction_of_who_reads_it(rf, language):
    written = letter.compose(language=language)
    shown = sheet_of(written, rf)
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in shown
    assert all(line in shown for line in (written.greeting, *written.lines, written.closing))
    assert DENIED.search(shown) is None
    assert "Kring" not in shown
    assert "http" not in shown
    assert "<img" not in shown
    assert len(written.lines) == 2


def test_each_language_has_words_of_its_own():
    written = [letter.compose(language=language) for language in LANGUAGES]
    for part in ("greeting", "lines", "closing"):
        assert len({getattr(one, part) for one in written}) == len(LANGUAGES)


def test_a_sender_and_a_number_only_when_they_are_given(rf):
    number = "+32470123456"
    written = letter.compose(language="ar", sender="  Huis van het\n Kind ", number=number)
    shown = sheet_of(written, rf, number=number)
    assert "<bdi>Huis van het Kind</bdi>" in shown
    assert f'<b dir="ltr">{number}</b>' in shown
    plain = sheet_of(letter.compose(language="ar"), rf)
    assert "<bdi>" not in plain
    assert "+32" not in plain


def test_what_the_card_says_cannot_write_on_the_page(rf):
    shown = sheet_of(letter.compose(language="nl", sender="<script>alert(1)</script>"), rf)
    assert "<script" not in shown
