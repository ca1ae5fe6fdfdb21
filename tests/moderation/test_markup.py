"""What becomes HTML is only what stands on the list, judged by a third parser, and cleaning twice changes nothing."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moderation import markup
from moderation.templatetags.messages_text import paragraphs

from .grammar import ATTRIBUTE_PARTS, LOOSE, TAGS
from .judge import offences
from .payloads import ALL

pytestmark = pytest.mark.db_free

FROM_MEMBERS = {"tags": {"p", "br", "a"}, "attributes": {"p": {"dir", "lang"}, "a": {"href", "rel"}}}
WITH_MARKS = {"tags": {"p", "br", "mark", "sup"}, "attributes": {"p": {"dir", "lang"}}}

PIECES = st.one_of(
    st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
    st.tuples(st.sampled_from(TAGS), st.lists(st.sampled_from(ATTRIBUTE_PARTS), max_size=3)).map(
        lambda pair: f"<{pair[0]}{''.join(pair[1])}>"
    ),
    st.sampled_from(LOOSE),
    st.text(max_size=6),
)
HOSTILE = st.lists(PIECES, max_size=24).map("".join)
PROPERTY = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck), database=None)


@PROPERTY
@given(HOSTILE)
def test_a_sieved_text_holds_only_what_is_on_the_list(html):  # G25
    cleaned = markup.sanitise_html(html)
    assert offences(cleaned) == []
    assert markup.sanitise_html(cleaned) == cleaned


@PROPERTY
@given(HOSTILE)
def test_words_of_a_member_never_become_a_tag(text):  # G25
    assert offences(markup.as_paragraphs(text, "nl"), **FROM_MEMBERS) == []
    assert offences(markup.with_marks(text, [["x", 0, 5], ["y", 3, 900]]), **WITH_MARKS) == []


def test_the_corpus_is_large_enough():
    assert len(set(ALL)) >= 250


@pytest.mark.parametrize("payload", ALL)
def test_an_attack_leaves_nothing_behind(payload):  # G26
    cleaned = markup.sanitise_html(payload)
    assert offences(cleaned) == []
    assert markup.sanitise_html(cleaned) == cleaned
    assert offences(markup.as_paragraphs(payload), **FROM_MEMBERS) == []
    assert offences(markup.with_marks(payload, [["x", 1, 4]]), **WITH_MARKS) == []


def test_what_is_allowed_stays():
    html = "<h3>Kop</h3><p>Een <strong>sterk</strong> en <em>zacht</em> woord<br>hier</p><ul><li>een</li></ul>"
    assert markup.sanitise_html(html) == html


def test_a_link_that_stays_says_that_it_does_not_vouch():
    assert markup.sanitise_html('<a href="https://a.example">x</a>') == (
        '<a href="https://a.example" rel="nofollow noopener">x</a>'
    )


def test_more_than_a_sieve_can_hold_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="too long"):
        markup.sanitise_html("x" * (markup.MOST + 1))


@pytest.mark.parametrize("sign", ["<p>", "<ul><li>", "<b &", "<p>\u00a0"])
def test_more_tags_than_words_need_are_refused_with_a_sentence(sign):
    with pytest.raises(markup.TooLong, match="in parts"):
        markup.sanitise_html(sign * markup.MOST_COSTLY)


def test_what_is_nested_deeper_than_words_ever_are_comes_out_as_text():
    def nested(deep: int) -> str:
        return "<blockquote>" * deep + "Stil." + "</blockquote>" * deep

    assert markup.sanitise_html(nested(markup.DEEPEST)) == nested(markup.DEEPEST)
    assert markup.sanitise_html(nested(markup.DEEPEST + 1)) == "Stil."


def test_signs_that_begin_no_tag_are_words():
    assert markup.sanitise_html("3 < 4 & 5 > 4\x00") == "3 &lt; 4 &amp; 5 &gt; 4"


def test_plain_text_becomes_paragraphs_lines_and_links():
    html = markup.as_paragraphs("Dag,\r\nhier is het.\n\nZie https://a.example/x", "nl")
    assert html == (
        '<p dir="auto" lang="nl">Dag,<br>hier is het.</p>\n<p dir="auto" lang="nl">Zie '
        '<a href="https://a.example/x" rel="noopener noreferrer nofollow">https://a.example/x</a></p>'
    )


@pytest.mark.parametrize(
    "piled", ["\u0301" * 60, "\u0e49" * 400, "\u0335\u200d" * 60, "\u20dd" * 60, "\ufe00\u0327" * 60], ids=range(5)
)
def test_marks_piled_on_a_letter_do_not_write_over_the_words_of_others(piled):
    """Above, below, or out of the page to the side: where a message stands unread, nobody could read what is near."""
    html = markup.as_paragraphs(f"Za{piled}lgo")
    assert "lgo" in html
    assert sum(unicodedata.category(sign)[0] == "M" for sign in html) <= 4


@pytest.mark.parametrize(
    "text",
    ["أُرِيدُ أَنْ أَفْهَمَ اللَّهَ", "Nguyễn Thị Hằng", "👩\u200d❤\ufe0f\u200d👩 🏴\U000e0067\U000e007f", "บ้านนี้"],
    ids=range(4),
)
def test_the_marks_that_letters_have_stay(text):
    assert markup.as_paragraphs(text) == f'<p dir="auto">{text}</p>'


def test_nothing_turns_figures_round_for_who_reads_them_after_the_team():
    """Read first as '65 43 21 8740' it would stand before the others as the number of somebody."""
    html = markup.as_paragraphs("bel \u202e65 43 21 8740\u202c maar \u202d nu")
    assert "65 43 21 8740" in html
    assert not {"\u202d", "\u202e"} & set(html)


def test_nothing_becomes_nothing():
    assert markup.as_paragraphs("  \n\n ") == "" == paragraphs(None)


def test_marks_carry_the_numbers_of_the_findings():
    html = markup.with_marks("Bel 0478 12 34 56 of <mij>", [["phone_number", 4, 17], ["x", 21, 26]])
    assert html == (
        '<p dir="auto">Bel <mark>0478 12 34 56<sup>1</sup></mark> of <mark>&lt;mij&gt;<sup>2</sup></mark></p>'
    )


def test_findings_that_overlap_share_one_mark():
    assert "<mark>abcdef<sup>1, 2</sup></mark>" in markup.with_marks("abcdefg", [["x", 0, 4], ["y", 2, 6]])


def test_linkify_is_never_called():
    from pathlib import Path

    code = Path(markup.__file__).read_text().split('"""', 2)[2]
    assert "linkify" not in code
