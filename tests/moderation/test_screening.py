"""What must wait for a person, and what must not: parents' sentences in five languages, and tricks of typing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.screening import NEEDS_IN_ORDER, lexicons, screen
from moderation.screening.folding import fold

from .corpus import FIRST_WORDS, HELD, ORDINARY

pytestmark = pytest.mark.db_free

LANGUAGES = ("nl", "fr", "en", "ar", "tr")
KINDS_OF_PERSON = set(lexicons.KINDS)


def kinds(text, language="nl"):
    return {one.kind for one in screen(text, language).findings}


def test_each_language_has_enough_to_prove_it():
    for language in LANGUAGES:
        assert len(set(HELD[language])) >= 12
        assert len(set(ORDINARY[language])) >= 12


@pytest.mark.parametrize(("language", "text"), [(one, text) for one in LANGUAGES for text in HELD[one]])
def test_what_could_be_danger_waits_for_a_person(language, text):
    assert screen(text, language).must_wait


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", lexicons.KINDS)
def test_what_a_frightened_parent_types_first_is_found_for_what_it_is(language, kind):  # rule 9: emergency first
    assert len(FIRST_WORDS[language][kind]) >= 10
    assert [text for text in FIRST_WORDS[language][kind] if kind not in kinds(text)] == []


@pytest.mark.parametrize(("language", "text"), [(one, text) for one in LANGUAGES for text in ORDINARY[one]])
def test_plain_grief_does_not_wait(language, text):
    assert not screen(text, language).must_wait, [text[one.start : one.end] for one in screen(text).findings]


@pytest.mark.parametrize("said", LANGUAGES)
@pytest.mark.parametrize("group", LANGUAGES)
def test_every_language_is_tried_whatever_the_group_speaks(said, group):
    assert screen(HELD[said][0], group).must_wait


@pytest.mark.parametrize(
    ("text", "kind", "needs"),
    [
        ("ik wil niet meer leven", "danger_self", {"suicide", "talk"}),
        ("hij heeft een wapen", "danger_others", {"danger", "police"}),
        ("zijn paspoort is weg", "departure", {"police"}),
        ("mijn man slaat", "violence_home", {"danger", "violence"}),
        ("hij slaat de kinderen", "child_at_risk", {"violence", "child"}),
    ],
)
def test_each_danger_says_whom_to_call(text, kind, needs):
    screening = screen(text, "nl")
    assert kind in {one.kind for one in screening.findings}
    assert set(screening.needs) == needs


def test_whom_to_call_comes_in_the_order_of_need():
    needs = screen("ik wil niet meer leven, mijn man slaat en hij heeft een wapen").needs
    assert needs == tuple(one for one in NEEDS_IN_ORDER if one in needs)
    assert needs[0] == "danger"


def test_personal_details_wait_but_nobody_is_told_to_call():
    screening = screen("bel 0478 12 34 56", "nl")
    assert (screening.must_wait, screening.needs) == (True, ())


@pytest.mark.parametrize(
    "number",
    [
        "0478123456",
        "0478/12.34.56",
        "+32 478 12 34 56",
        "0032478123456",
        "02 251 12 34",
        "٠٤٧٨١٢٣٤٥٦",
        "+90 532 123 45 67",
    ],
)
def test_a_number_to_call_is_found(number):
    assert kinds(f"bel {number} maar") == {"phone_number"}


@pytest.mark.parametrize(
    "number",
    [
        "0478 - 12 - 34 - 56", "(0478) 12 34 56", "0 4 7 8 1 2 3 4 5 6", "0478,12,34,56", "0478:12:34:56",
        "0478·12·34·56", "0...478...12...34...56", "0478❤12❤34❤56", "+ 32 478 12 34 56", "+(32) 478 12 34 56",
        "++32478123456", "32478123456", "wa.me/32478123456", "gsm0478123456", "478 12 34 56", "٤٧٨ ١٢ ٣٤ ٥٦",
        "O478 12 34 56", "0478\u20dd123456", "0\u3164478\u3164123456", "0478\u280012\u280034\u280056",
        "0️⃣4️⃣7️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣", "56 34 12 0478", "⓿❹❼❽❶❷❸❹❺❻", "🄋➃➆➇➀➁➂➃➄➅", "0800 0478 12 34 56", "3/11/2026 0478 12 34 56",
    ],
)  # fmt: skip
def test_a_number_that_is_written_so_as_to_go_unread_is_found(number):  # rule 2: a message with it is read first
    assert kinds(f"bel {number} maar") == {"phone_number"}


@pytest.mark.parametrize(
    "number",
    [
        "nul vier zeven acht een twee drie vier vijf zes",
        "nul vierhonderd achtenzeventig twaalf vierendertig acht en tachtig",
        "zéro quatre sept huit un deux trois quatre cinq six",
        "zéro quatre cent septante-huit, douze, vingt et un, 56",
        "zéro six, douze, trente-quatre, quatre-vingt-dix-huit, soixante et onze",
        "zero four seven eight one two three 456",
        "zero four hundred seventy-eight twelve thirty-four fifty six",
        "0478-een-twee-drie-vier-vijf-zes",
        "0478een2drie45zes",
        "sıfır dört yedi sekiz bir iki üç dört beş altı",
        "sıfır dört yüz yetmiş sekiz on iki otuz dört elli altı",
        "صفر أربعة سبعة ثمانية واحد اثنان ثلاثة أربعة خمسة ستة",
        "صفر وأربعة وسبعة وثمانية ٠١٢٣٤٥",
        "صفر أربعمائة وثمانية وسبعون اثنا عشر أربعة وثلاثون ٥٦",
        "0478 twaalf 34 56",
        "0478, dan 12, en dan 34 en 56",
    ],
)
def test_a_number_in_words_is_found_in_every_language(number):  # rule 9: who reads it aloud can write it so
    text = f"bel {number} maar"
    found = screen(text).findings
    assert {one.kind for one in found} == {"phone_number"}
    assert [text[one.start : one.end] for one in found] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "een, twee, drie, vier, vijf, zes, zeven, acht, negen, tien",
        "deux fois sur trois, cinq ou six, sept ou huit",
        "bir iki üç dört beş altı yedi sekiz dokuz on",
        "واحد واثنان وثلاثة وأربعة وخمسة وستة",
        "0,5 en 0,75 en 0,25 en 0,10",
        "vergadering 04/05 19:30, 11/05 20:00",
        "op 04/05: 14:00 - 16:00",
        "om 08.30, 10.15, 12.45",
        "22.03.2016 07:58, 09:11",
        "ma 09:00-12:00, di 09:00-12:00 13:00-17:00",
        "op 05.03, 06.03 en 07.03",
        "01/09/2024, 15/09/2024 en 01/10/2024",
    ],
)
def test_counting_and_the_moments_of_an_evening_are_no_number(text):
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "text",
    ["Look at me. De mensen.", "I was at work, be kind", "Orange et Telenet", "gmail et outlook", "et Yahoo aussi"],
)
def test_an_and_or_an_at_in_a_sentence_is_no_address(text):
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "van 09:00 - 12:30, 13:30 - 17:00", "in 2015, 2016, 2017 en 2018", "1 2 3 4 5 6 7 8 9 10", "10.000.000 euro",
        "rekening 12,50 + 34,20 + 45,10", "25/03, 26/03, 27/03, 28/03", "de 04/05, 05/05, 06/05 en 07/05",
        "06/02/1999 - 07/03/2001", "0800 32 123, 112", "106, 107, 102, 103, 1813", "dossier 2026/00123",
    ],
)  # fmt: skip
def test_other_figures_are_no_number_of_anyone(text):
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "text",
    ["112", "1712", "0800 32 123", "3/11/2026", "03/11/2026 9:00", "op 03-11-2026", "106 of 107", "2026", "1.234.567"],
)
def test_a_public_line_or_a_date_is_no_number_of_anyone(text):
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "text", ["jan.p+1@a.example.be", "jan at voorbeeld punt be", "jan (at) voorbeeld.be", "jan apenstaartje mail.com"]
)
def test_an_address_to_write_to_is_found(text):
    assert kinds(f"schrijf naar {text}") == {"email_address"}


@pytest.mark.parametrize(
    "text",
    [
        "jan @mail.com", "jan@ mail.com", "jan @ mail . com", "jan❤@mail.com", "jan@mail。com", "jan@mail,com",
        "jan{at}mail.com", "jan[@]mail.com", "jan (@) mail (.) com", "jan apestaart mail punt com", "jan@gmail",
        "jan at gmail com", "j a n @ m a i l . c o m", "jan@mail punt be",
    ],
)  # fmt: skip
def test_an_address_that_is_written_so_as_to_go_unread_is_found(text):  # rule 2: a message with it is read first
    assert kinds(f"schrijf naar {text}") == {"email_address"}


@pytest.mark.parametrize("text", ["ik was @ school. Daarna thuis.", "we waren at home. Beste mensen", "één @ dag"])
def test_a_sign_in_a_sentence_is_no_address(text):
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Kerkstraat 12", "Lange Nieuwstraat 4a", "Schaarbeeklei, nr. 14", "Grote Steenweg 101", "rue de la Station 14",
        "14, avenue Louise", "avenue des Arts, n° 3", "12 Station Road", "Gül Sokak 5", "Atatürk Caddesi No: 14",
        "شارع المحطة 14", "شارع المحطة رقم ١٤",
    ],
)  # fmt: skip
def test_a_street_with_a_number_is_found(text):
    assert kinds(f"ik woon in {text}.") == {"street_address"}


@pytest.mark.parametrize(
    "text",
    [
        "de hele straat 3 jaar",
        "onderweg 3 uur",
        "allerlei 5",
        "sur la place depuis 3 ans",
        "we walked 3 hours on the road",
    ],
)
def test_a_way_without_a_number_of_a_house_is_none(text):
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "t.me/abu_zayd", "https://t.me/+AbCdEf", "t . me/abuzayd", "wa.me/message/AB", "chat.whatsapp.com/AbC12",
        "www.instagram.com/leila.b/", "facebook.com/groups/1234", "youtube.com/@leila", "discord.gg/abcd12",
        "signal.group/#CjQKI", "bit.ly/3xYz1", "insta: leilab", "ig = leila.b", "ＩＮＳＴＡ：leilab",
        "in\u200bsta: leilab", "insta @leilab", "@leilab op insta", "@leila85", "mijn snap is leilab",
        "volg me op insta: leilab", "voeg mij toe op telegram als leilab", "mon insta c'est leilab",
        "ajoutez-moi sur Snapchat : leila75", "my telegram is leilab", "instagramım: leila34", "على تلغرام leilab",
        "تيليجرام @leilab", "سناب leila90",
    ],
)  # fmt: skip
def test_a_name_on_another_network_and_a_shortened_link_wait(text):  # whoever knows it finds the family behind it
    assert "profile" in kinds(text)
    assert screen(text).must_wait


@pytest.mark.parametrize(
    "text",
    [
        "hij zit de hele nacht op Telegram", "op Facebook: allemaal leugens over ons",
        "Telegram: daar zit hij altijd", "@fatma bedankt", "ik snap: dat is moeilijk", "mijn Facebook is gehackt",
        "mijn whatsapp is weg", "ma messenger ne marche plus", "mon Facebook est bloqué",
        "my facebook is full of it", "Ik volg dat op facebook als moeder", "على تلغرام يتحدث كل ليلة",
        "Facebook, Instagram, Telegram: wij wisten van niets", "één @ dag",
    ],
)  # fmt: skip
def test_a_network_that_is_talked_about_does_not_wait(text):
    assert kinds(text) == set()


def test_a_link_is_marked_but_does_not_wait():
    screening = screen("zie https://a.example/x en lees")
    assert ([one.kind for one in screening.findings], screening.must_wait) == (["web_link"], False)


@pytest.mark.parametrize(
    "text",
    [
        "IK WIL NIET MEER LEVEN", "ik\u00a0wil \n niet  meer\tleven", "ik wil ni\u200bet meer le\u00adven",
        "ik wil n1et m33r lev3n", "𝐢𝐤 𝐰𝐢𝐥 𝐧𝐢𝐞𝐭 𝐦𝐞𝐞𝐫 𝐥𝐞𝐯𝐞𝐧", "ik wil niet meer lеvеn", "ik *wil* _niet_ meer leven",
        "s u i c i d a l", "s.u.i.c.i.d.a.l", "YAŞAMAK İSTEMİYORUM", "yasamak ıstemıyorum", "أُرِيدُ أَنْ أَمُوتَ",
        "أريـــد أن أمـــوت", "فأريد أن أموت",
    ],
)  # fmt: skip
def test_a_trick_of_typing_hides_nothing(text):
    assert "danger_self" in kinds(text)


def test_a_finding_points_into_the_text_as_it_was_written():
    text = "Dag allemaal.\n\nIk\u200b WIL  niet\nmeer le\u0301ven. Bel ٠٤٧٨ ١٢ ٣٤ ٥٦ 🌧️"
    found = {one.kind: text[one.start : one.end] for one in screen(text).findings}
    assert found == {"danger_self": "WIL  niet\nmeer le\u0301ven", "phone_number": "٠٤٧٨ ١٢ ٣٤ ٥٦"}


@settings(max_examples=300, deadline=None, database=None)
@given(
    st.lists(st.one_of(st.text(), st.sampled_from([text for texts in HELD.values() for text in texts]))).map(" ".join)
)
def test_every_text_gets_an_answer_with_places_that_exist(text):
    screening = screen(text)
    assert all(0 <= one.start < one.end <= len(text) for one in screening.findings)
    assert screening == screen(text, "ar")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_lists_are_complete(language):
    assert lexicons.what_is_wrong_with(language) == []


def test_a_missing_word_list_stops_the_start(monkeypatch, tmp_path):
    from moderation.checks import every_language_has_its_lexicon

    assert every_language_has_its_lexicon(None) == []
    monkeypatch.setattr(lexicons, "FOLDER", tmp_path)
    (tmp_path / "nl.toml").write_text('danger_self = ["x*", "wil … da*"]\nmade_up = ["y"]\n')
    (tmp_path / "fr.toml").write_text("not toml")
    said = [error.msg for error in every_language_has_its_lexicon(None)]
    assert len([one for one in said if "en.toml" in one and "no word list" in one]) == 1
    assert any("fr.toml" in one and "cannot be read" in one for one in said)
    assert any("'x*' is too short" in one for one in said)
    assert any("'wil … da*' is too short" in one for one in said)
    assert any("made_up" in one for one in said)


def test_each_phrase_of_the_word_lists_finds_itself():
    for language in LANGUAGES:
        lists = lexicons.read(language)
        for kind in lexicons.KINDS:
            said = [form for entry in lists[kind] for form in lexicons.forms(entry)]
            assert [one for one in said if kind not in _kinds_of_words(f"x {_as_said(one)} x")] == []


def _as_said(entry):
    """An entry with as many other words as may stand in each gap."""
    return entry.replace("*", "").replace(lexicons.GAP, " ".join("x" * lexicons.WORDS_IN_GAP))


def _kinds_of_words(text):
    return set(lexicons.lexicon().find(fold(text)))


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Kocam dövüyor", True),
        ("Kocam beni her gece yine çok dövüyor", True),
        ("Kocam dün gece yine çok kötü sarhoş dövüyor", False),
        ("Kocam geldi. Beni annem dövüyor", True),  # for its own sake
        ("Kocam geldi. Annem dövüyor", False),
        ("ve Kocam, dedim, dövüyor", True),
        ("Kocam geldi. Sonra kocam beni gece dövüyor", True),  # the second one, too
        ("Kocam gitti. Kocam sustu. Kocam beni dövüyor, annem dövüyor", True),
        ("Annem dövüyor, kocam ağlıyor", False),  # the other way round
    ],
)
def test_words_may_stand_between_the_parts_of_a_phrase_but_no_end_of_a_sentence(text, is_found):
    assert ("violence_home" in kinds(text)) == is_found


def test_what_stands_between_is_part_of_what_is_found():
    text = "Ach. Mon fils part demain pour la Syrie, hélas."
    assert [text[one.start : one.end] for one in screen(text).findings] == ["part demain pour la Syrie"]


def test_a_choice_stands_for_each_of_its_words_and_for_none():
    assert lexicons.forms("(a|b) c (d|)") == ["a c d", "a c ", "b c d", "b c "]
