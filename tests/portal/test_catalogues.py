"""Translations that are compiled at the first start are spoken at once, also the default language, loaded before."""

import re

import pytest
from django.utils import translation
from django.utils.translation import trans_real

from portal import catalogues

pytestmark = pytest.mark.db_free
SENTENCE = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "A lamp"\nmsgstr "Een lamp"\n'


@pytest.fixture
def fresh_clone(tmp_path, settings, monkeypatch):
    """A folder of translations as git gives it: sources, nothing compiled."""
    file = tmp_path / "nl" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(SENTENCE)
    settings.LOCALE_PATHS = [tmp_path]

    def here(language):
        return tmp_path / language / "LC_MESSAGES" / "django.po"

    monkeypatch.setattr(catalogues, "catalogue_file", here)
    trans_real._translations = {}
    trans_real._default = None
    yield
    catalogues.translation_file_changed(None, file.with_suffix(".mo"))


def test_the_first_start_speaks_dutch(fresh_clone):
    with translation.override("nl"):
        assert translation.gettext("A lamp") == "A lamp"
    assert catalogues.compile_all() == 1
    with translation.override("nl"):
        assert translation.gettext("A lamp") == "Een lamp"
    assert catalogues.compile_all() == 0


def _sentences(language):
    for message in catalogues.read(language):
        if message.id:
            yield from message.string if isinstance(message.string, tuple) else (message.string,)


def test_french_signs_never_start_a_line():
    """A hard space before : and inside the quotation marks, a narrow one before ? ! ; (docs: glossary)."""
    assert [one for one in _sentences("fr") if re.search(r" [:?!;»]|« |\u00a0[?!;]|\u202f[:»]", one)] == []


def test_dutch_speaks_as_in_flanders():
    """'Je kan' and 'je wil', and one logs in and out: 'aanmelden' is asking for care (docs: glossary)."""
    strange = re.compile(r"\b(kunt?|wilt|(aan|af)(ge)?meld\w*|aan te melden|af te melden)\b", re.IGNORECASE)
    assert [one for one in _sentences("nl") if strange.search(one)] == []
