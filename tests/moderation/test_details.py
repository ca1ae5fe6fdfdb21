"""What could expose someone, written so as to go unread or in other words: numbers, addresses, accounts, places."""

import pytest

from groups.actions.names import TELLS
from moderation.screening import screen
from moderation.vocabulary import FINDING_WORDS, FindingKind

pytestmark = pytest.mark.db_free


def kinds(text):
    return {one.kind for one in screen(text).findings}


@pytest.mark.parametrize(
    "number",
    [
        "O47O I2 34 S6", "O4 7O l2 З4 5б", "〇四七〇一二三四五六", "🄀⒋⒎🄀⒈⒉⒊⒋⒌⒍", "⠚⠙⠛⠚⠁⠃⠉⠙⠑⠋",
        "oh four seven oh, twelve, thirty four, fifty six", "nought four seven nought one two three four five six",
        "oh four seventy double one two three four five", "زيرو أربعة سبعة زيرو واحد تنين تلاتة أربعة خمسة ستة",
        "صفر أربعة سبعة صفر طناش ربعة وتلاتين ستة وخمسين", "nulvierzevennuleentweedrievier vijfzes",
        "sıfırdörtyedisıfırbirikiüçdörtbeşaltı", "zerofoursevenzeroonetwothreefourfivesix",
        "zéroquatreseptzéroundeuxtroisquatrecinqsix",
    ],
)  # fmt: skip
def test_a_number_in_other_signs_and_words_is_found(number):
    assert kinds(f"bel {number} maar") == {"phone_number"}


@pytest.mark.parametrize(
    "text",
    [
        "oh, drie keer per week", "10 l melk, 2 l sap en 3 l water", "twintig, dertig, veertig euro",
        "om 9u30, 10u15 en 14u45", "5 s per keer, 10 s rust", "kamer B12, gang 4b, bus 3z", "wij zijn met zes of zeven",
        "ze is een lieve dochter, een van twee", "ders 09:00 - 10:30, 11:00 - 12:30",
    ],
)  # fmt: skip
def test_letters_and_words_beside_figures_are_no_number(text):
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "els(a)gmail.com", "els -at- gmail -punt- com", "els chez gmail point com", "إلس على جيميل دوت كوم",
        "els آت جيميل نقطة كوم", "els_at_gmail_com", "elsATgmailDOTcom", "els bij hotmail.com", "els(a)voorbeeld.be",
    ],
)  # fmt: skip
def test_an_address_to_write_to_in_other_words_is_found(text):
    assert kinds(f"schrijf naar {text}") == {"email_address"}


@pytest.mark.parametrize(
    "text",
    [
        "ik zit bij hotmail en bij gmail", "ma boîte chez Gmail est pleine", "klant bij telenet.be",
        "een stay-at-home vader", "تحدثت معه على جيميل", "ouder(s) en kind(eren)", "hij(a) en zij(b) zijn er",
    ],
)  # fmt: skip
def test_a_house_of_mail_in_a_sentence_is_no_address(text):
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Grote Markt 3", "Kerkstr. 12", "Lange Molensstr 5", "Kerkstraat twaalf", "Kerkstraat op nummer twaalf",
        "Kerk-straat 12", "Streekbaan 81", "Vaartdijk 7", "huisnummer 12", "av. Louise 54", "54, av. Louise",
        "place Saint-Josse 3", "clos des Lilas 4", "drève du Prieuré 19", "12, r. de l'Eglise", "rue de l’Eglise douze",
        "12 High Rd", "12 Church St", "twelve, Church Street", "Cumhuriyet Cd. 45", "Kilise sokağı on iki numara",
        "Gül apartmanı kat 3", "5. Sk. D:3", "شارع الكنيسة رقم اثنا عشر", "ساحة الشهداء ٣",
    ],
)  # fmt: skip
def test_a_street_in_other_words_is_found(text):
    assert kinds(f"ik woon in {text}.") == {"street_address"}


@pytest.mark.parametrize(
    "text",
    [
        "op de grote markt 3 vrouwen", "in de Kerkstraat een huis", "in de Kerkstraat twee oude vrouwen",
        "in onze straat 4 gezinnen", "een loopbaan 5 jaar lang", "de startbaan 2 keer", "de autobaan 3 uur",
        "sur la place le 4 mai", "le dossier clos le 12 juin", "une place 3 fois", "il n’y avait plus de place 2 jours",
        "we walked two doors down our street", "those three in the street", "two hours in the street",
        "sokakta 3 kadın",
        "في ساحة المدرسة 3 أولاد", "meydanda 5 saat", "afspraak op de baan 3 keer", "in de Kerkstraat 3/11 om 9 u",
        "een register 5 jaar bij", "Kerkstraat om 12:30", "av 3 ans de prison",
    ],
)  # fmt: skip
def test_a_street_and_something_counted_is_no_address(text):
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "BE71 0961 2345 6769", "BE71096123456769", "be71-0961-2345-6769", "ＢＥ７１ 0961 2345 6769",
        "NL91 ABNA 0417 1643 00", "FR14 2004 1010 0505 0001 3M02 606", "TR33 0006 1005 1978 6457 8413 26",
        "85073003328", "85 07 30 033 28", "17073003384", "50.9281, 4.4245", "50.92813,4.42451", "50,9281 ; 4,4245",
        "50°55'41\"N 4°25'28\"E", "50° 55′ 41″ N",
    ],
)  # fmt: skip
def test_a_number_of_one_person_and_a_place_on_the_map_wait(text):
    assert "identifier" in kinds(f"dit is {text} dus")
    assert screen(f"dit is {text} dus").must_wait


@pytest.mark.parametrize(
    "text",
    [
        "BE71 0961 2345 6760", "85073003329", "85139903328", "10000000000", "20261128093", "1.234.567.890 euro",
        "be 12 jaar", "12.5000 euro", "20° 5' wachten", "3.1415", "de zaak 2026/00123/45678", "8.5, 7.25 en 6.75",
    ],
)  # fmt: skip
def test_another_long_number_is_of_nobody(text):
    assert "identifier" not in kinds(text)


def test_what_leads_to_a_person_is_said_with_words_and_is_no_name():
    assert FindingKind.IDENTIFIER in TELLS
    assert FINDING_WORDS[FindingKind.IDENTIFIER]
