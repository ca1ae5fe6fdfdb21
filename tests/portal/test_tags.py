"""Icons, fields and summaries: what the tags of the shells write."""

from datetime import UTC, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django.utils.translation import override

from portal.context import Shell
from portal.templatetags import kring


def drawn(source, **context):
    return Template(source).render(Context(context))


class Invitation(forms.Form):
    name = forms.CharField(
        label="Naam", help_text="Niet je echte naam.", error_messages={"required": "Schrijf een naam."}
    )
    rhythm = forms.ChoiceField(label="Hoe vaak?", choices=[("a", "Vaak"), ("b", "Zelden")], widget=forms.RadioSelect)
    shared = forms.BooleanField(label="Gedeeld", required=False)


@pytest.mark.parametrize(
    ("name", "turned"), [("exit", True), ("arrow", True), ("phone", False), ("check", False), ("wait", False)]
)
def test_an_icon_turns_only_where_it_points_or_walks(name, turned):
    svg = drawn(f'{{% icon "{name}" %}}')
    assert (" mirror" in svg) is turned
    assert f"#i-{name}" in svg
    assert 'aria-hidden="true"' in svg


def test_an_icon_name_cannot_break_out_of_the_markup():
    assert "<script" not in drawn("{% icon name %}", name='"><script>')


def test_a_field_that_was_asked_has_its_label_and_hint():
    html = drawn("{% field form.name %}", form=Invitation())
    assert '<label for="id_name">Naam' in html
    assert 'aria-describedby="id_name_hint"' in html
    assert 'id="id_name_hint">Niet je echte naam.' in html
    assert "aria-invalid" not in html


def test_a_field_that_is_wrong_says_so_beside_it_and_keeps_what_was_typed():
    form = Invitation({"name": "", "rhythm": "b"})
    html = drawn("{% field form.name %}{% field form.rhythm %}", form=form)
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_hint id_name_wrong"' in html
    assert 'id="id_name_wrong"' in html
    assert "Schrijf een naam." in html
    assert html.count(" checked") == 1


def test_what_a_person_typed_is_escaped():
    html = drawn("{% field form.name %}", form=Invitation({"name": '"><b>x'}))
    assert "<b>x" not in html


def test_a_box_to_tick_and_a_choice_are_reached_by_their_words():
    html = drawn("{% field form.shared %}{% field form.rhythm %}", form=Invitation())
    assert html.count("<legend") == 1
    assert html.count('class="choice"') == 2
    assert '<label class="tick"><input type="checkbox"' in html


def test_the_summary_leads_to_each_field_and_is_not_there_when_all_is_well():
    assert "notice" not in drawn("{% error_summary form %}", form=Invitation())
    html = drawn("{% error_summary form %}", form=Invitation({}))
    assert 'href="#id_name"' in html
    assert 'href="#id_rhythm_0"' in html
    assert 'id="id_rhythm_0"' in drawn("{% field form.rhythm %}", form=Invitation({}))


def test_a_moment_carries_its_exact_time_and_says_it_in_words():
    moment = datetime(2026, 1, 5, 19, 14, tzinfo=UTC)
    with override("fr"):
        html = drawn("{% clock when %}", when=moment)
    assert html == '<time datetime="2026-01-05T20:14+01:00">20\u00a0h\u00a014</time>'


def test_the_first_sentence_is_strong_and_nothing_gets_through_unescaped():
    assert kring.first_strong("Even geduld. Iemand leest het.") == "<b>Even geduld.</b> Iemand leest het."
    assert "<i>" not in kring.first_strong("<i>x. y")
    assert kring.first_strong(mark_safe("a&amp;b. c")) == "<b>a&amp;b.</b> c"


def test_a_name_in_a_sentence_takes_no_figures_along():
    assert kring.own_direction("Sofie (CAW)") == "\u2068Sofie (CAW)\u2069"
    assert kring.own_direction(None) == ""


class Asked:
    method, META = "GET", {"QUERY_STRING": "q=1"}
    COOKIES = {"kring-theme": "dark", "kring-contrast": "nonsense"}
    path = "/nl/help/"


def test_the_same_page_in_another_language_keeps_its_place():
    with override("nl"):
        urls = {language.code: language.url for language in Shell(Asked()).languages}
    assert urls["fr"] == "/fr/help/?q=1"
    assert urls["ar"] == "/ar/help/?q=1"


def test_a_page_may_say_where_its_translations_are():
    asked = Asked()
    asked.alternates = {"fr": "/fr/aide/"}
    with override("nl"):
        urls = {language.code: language.url for language in Shell(asked).languages}
    assert urls["fr"] == "/fr/aide/"
    assert urls["tr"] == "/tr/"


def test_a_shell_works_without_a_request_and_says_nothing_of_where_one_was():
    with override("ar"):
        shell = Shell(None)
        assert shell.direction == "rtl"
        assert [language.url for language in shell.languages] == ["/nl/", "/fr/", "/en/", "/ar/", "/tr/"]
        assert shell.idle_action == "end"


def test_a_wish_for_the_look_counts_only_when_it_is_known():
    shell = Shell(Asked())
    assert shell.theme == "dark"
    assert shell.contrast == ""


def test_always_someone_to_call():
    for language in ("nl", "fr", "en", "ar", "tr"):
        with override(language):
            assert kring.crisis_numbers()[0].dial == "112"
    with override("fr"):
        assert [one.dial for one in kring.crisis_numbers()][3:] == ["107", "103"]
