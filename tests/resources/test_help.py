"""The help directory and search: honest about what nobody checked, kind when nothing is found."""

import re

import pytest

from resources.models import HelpService
from resources.vocabulary import QUERY_MAX

TO_CHECK = 'class="badge"'


def test_every_service_says_what_is_to_be_checked(loaded, client):
    for service in HelpService.objects.filter(locale__language_code="nl"):
        html = client.get(f"/nl/help/{service.key}/").content.decode()
        empty = [name for name, _, text in service.facts() if not text]
        missing_telephone = not service.number and not service.website
        assert html.count(TO_CHECK) == len(empty) + missing_telephone, service.key


def test_the_directory_groups_by_need(loaded, client):
    html = client.get("/nl/help/").content.decode()
    assert html.count("/nl/help/caw/") == 2, "under both of its needs"
    assert html.count("<h2>") >= 4


def test_a_wish_shows_what_fits_the_broad_entrance_first(loaded, client):
    html = client.get("/nl/help/?need=violence").content.decode()
    assert re.findall(r"<h3><bdi>([^<]+)</bdi>", html) == ["CAW", "Noodnummer 112"]
    html = client.get("/nl/help/?need=talk&who=minors&anonymous=1").content.decode()
    assert re.findall(r"<h3><bdi>([^<]+)</bdi>", html) == ["Awel"]


def test_in_danger_the_number_stands_before_any_door(loaded, client):
    html = client.get("/nl/help/?need=danger&need=violence").content.decode()
    assert re.findall(r"<h3><bdi>([^<]+)</bdi>", html)[0] == "Noodnummer 112"


def test_what_someone_looked_for_is_kept_nowhere(loaded, client):
    for path in ("/nl/help/?need=violence", "/nl/search/?q=geweld"):
        response = client.get(path)
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response.content.decode()


def test_unknown_wishes_are_left_out(loaded, client):
    assert client.get("/nl/help/?need=nonsense&who=<script>").status_code == 200


def test_a_service_of_another_language_says_so(loaded, client):
    HelpService.objects.filter(locale__language_code="fr", key="awel").delete()
    response = client.get("/fr/help/awel/")
    assert response.status_code == 404
    assert "/nl/help/awel/" in response.content.decode()
    assert client.get("/fr/help/nothing/").status_code == 404


def test_search_finds_by_another_word_and_by_the_beginning_of_one(loaded, client):
    assert "/nl/help/nood-112/" in client.get("/nl/search/?q=ambulance").content.decode()
    assert "/nl/help/nood-112/" in client.get("/nl/search/?q=zieken").content.decode()
    assert "/nl/zorgen-nl/vertrokken-nl/" in client.get("/nl/search/?q=vertrokken").content.decode()


def test_search_stays_in_the_language(loaded, client):
    assert (
        "/ar/"
        not in re.findall(r'class="links">(.*?)</ul>', client.get("/nl/search/?q=vertrokken").content.decode())[0]
    )


def test_search_that_finds_nothing_names_someone_to_call(loaded, client):
    html = client.get("/nl/search/?q=xyzzy").content.decode()
    assert 'class="empty card"' in html
    assert 'href="tel:112"' in html


@pytest.mark.parametrize(
    "signs", ['"', '""', "'", "\\", '"\x00 OR * ( ^', "NEAR(a b)", "title:x", "-", "«»", "؟", "AND", "%", "\u202e"]
)
def test_signs_are_no_language_of_the_engine(loaded, client, signs):  # G48
    assert client.get("/nl/search/", {"q": signs}).status_code == 200
    answer = client.get("/nl/search/", {"q": f"{signs} verandert".replace("\x00", "")})
    assert answer.status_code == 200


def test_a_word_between_quotation_marks_is_found(loaded, client):
    assert "/nl/help/nood-112/" in client.get("/nl/search/", {"q": "“ambulance”?"}).content.decode()


def test_search_cuts_what_is_too_long_and_escapes_it(loaded, client):
    html = client.get("/nl/search/", {"q": "<script>alert(1)</script>" + "a" * 5000}).content.decode()
    assert "<script>alert" not in html
    assert "a" * (QUERY_MAX + 1) not in html
    assert client.get("/nl/search/").status_code == 200
