"""What a visitor reads: badges, languages, the weight of a page, and how little is asked of the database."""

import datetime
import gzip
import re

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from resources.models import GuidancePage, HelpService

GUIDANCE = "/nl/zorgen-nl/vertrokken-nl/"
UNCHECKED = "unchecked"
COLD, WARM = 14, 8  # P3
FIRST_TRIP = 14_600  # P7, HTML and blocking CSS together


def statements(client, path):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        response = client.get(path)
    assert response.status_code == 200, path
    return len(caught)


def test_p3_few_statements_cold_and_warm(loaded, client):
    for path in (
        "/nl/",
        GUIDANCE,
        "/nl/zorgen-nl/",
        "/nl/over-nl/",
        "/nl/read/",
        "/nl/help/",
        "/nl/help/caw/",
    ):
        cache.clear()
        cold, warm = statements(client, path), statements(client, path)
        print(f"P3 {path} cold {cold} warm {warm}")
        assert cold <= COLD, path
        assert warm <= WARM, path


def test_p3_more_pages_ask_no_more(loaded, client):
    client.get(GUIDANCE)
    before = {path: statements(client, path) for path in ("/nl/", "/nl/read/", "/nl/help/")}
    topic = GuidancePage.objects.get(locale__language_code="nl").get_parent()
    for number in range(20):
        page = GuidancePage(title=f"Meer {number}", slug=f"meer-{number}", summary="Meer.", locale=topic.locale)
        topic.add_child(instance=page)
        HelpService.objects.create(key=f"meer-{number}", name=f"Meer {number}", what_for="x", locale=topic.locale)
    cache.clear()
    client.get(GUIDANCE)
    assert {path: statements(client, path) for path in before} == before


def test_p7_the_text_page_fits_one_trip(loaded, client):
    for path in ("/nl/", GUIDANCE, "/ar/", "/nl/help/", "/nl/help/caw/"):
        body = client.get(path).content
        packed = len(gzip.compress(body))
        print(f"P7 {path} {len(body)} bytes, {packed} gz")
        assert packed < FIRST_TRIP / 2


def test_g28_no_page_names_another_host(loaded, client):
    for path in ("/nl/", GUIDANCE, "/ar/", "/nl/read/", "/nl/help/", "/nl/help/caw/", "/nl/search/?q=kind"):
        html = client.get(path).content.decode()
        loads = re.findall(r'(?:src|srcset|action|poster|data)="([^"]+)"', html)
        loads += re.findall(r'<link [^>]*rel="(?:stylesheet|icon|manifest|preload)"[^>]*href="([^"]+)"', html)
        assert loads
        assert not [url for url in loads if "//" in url], path
        assert "<script>" not in html
        assert " style=" not in html


def test_text_of_an_editor_is_escaped(loaded, client):
    html = client.get(GUIDANCE).content.decode()
    assert "&lt;b&gt;rustig&lt;/b&gt;" in html
    assert "<b>rustig" not in html


def test_the_badge_stays_until_an_editor_sets_the_date(loaded, client):
    html = client.get(GUIDANCE).content.decode()
    assert "notice--calm" not in html
    page = GuidancePage.objects.get(locale__language_code="nl")
    page.checked_on, page.checked_by_id, page.kept_by = (
        datetime.date(2026, 11, 3),
        "someone",
        "Team preventie",
    )
    page.save_revision().publish()
    html = client.get(GUIDANCE).content.decode()
    assert "notice--calm" in html
    assert "3 november 2026" in html
    assert "Team preventie" in html
    assert "someone" not in html


def test_a_page_says_what_to_do_and_whom_to_call(loaded, client):
    html = client.get(GUIDANCE).content.decode()
    for words in (
        "Laat de lijn open.",
        "Vraag iemand bij je",
        "Net vertrokken?",
        "/nl/help/caw/",
        "Voor steun.",
    ):
        assert words in html
    assert 'href="tel:106"' in html
    assert 'href="tel:112"' in html
    assert "0470" not in html
    assert html.index("Net vertrokken?") < html.index("De eerste uren"), "danger stands first"


def test_on_paper_there_is_only_the_text(loaded, client):
    html = client.get(f"{GUIDANCE}?print=1").content.decode()
    assert "Laat de lijn open." in html
    assert 'class="mast"' not in html
    assert "noindex" in html


def test_every_page_has_its_languages(loaded, client):
    html = client.get(GUIDANCE).content.decode()
    assert re.findall(r'rel="alternate" hreflang="(\w+)"', html) == ["nl", "ar"]
    assert html.count('rel="canonical"') == 1
    assert 'href="/ar/zorgen-ar/vertrokken-ar/"' in html, "the switch keeps the page"


def test_an_address_under_another_language_leads_to_the_translation(loaded, client):
    response = client.get("/ar/zorgen-nl/vertrokken-nl/")
    assert (response.status_code, response["Location"]) == (302, "/ar/zorgen-ar/vertrokken-ar/")


def test_a_page_that_is_not_translated_says_where_it_can_be_read(loaded, client):
    response = client.get("/fr/zorgen-nl/vertrokken-nl/")
    html = response.content.decode()
    assert response.status_code == 404
    assert 'href="/nl/zorgen-nl/vertrokken-nl/"' in html
    assert 'href="/ar/zorgen-ar/vertrokken-ar/"' in html


def test_an_unknown_address_is_not_found(loaded, client):
    assert client.get("/nl/bestaat-niet/").status_code == 404
    assert client.get("/nl/page/nothing/").status_code == 404


def test_fixed_addresses_lead_to_the_page_in_the_language(loaded, client):
    assert client.get("/nl/page/about/")["Location"] == "/nl/over-nl/"
    assert client.get("/ar/page/data/")["Location"] == "/ar/gegevens-ar/"


def test_a_restricted_page_is_shown_to_nobody(loaded, client):
    page = GuidancePage.objects.get(locale__language_code="nl")
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    assert client.get(GUIDANCE).status_code == 404
    assert "vertrokken-nl" not in client.get("/nl/read/").content.decode()
    assert "vertrokken-nl" not in client.get("/sitemap.xml").content.decode()


def test_an_unpublished_page_is_gone_at_once(loaded, client):
    assert client.get(GUIDANCE).status_code == 200
    GuidancePage.objects.get(locale__language_code="nl").unpublish()
    response = client.get(GUIDANCE)
    assert response.status_code == 404


def test_public_answers_may_be_kept_but_are_asked_again(loaded, client):
    response = client.get("/nl/")
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert client.get("/nl/", headers={"If-None-Match": response["ETag"]}).status_code == 304
    from django.conf import settings

    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    assert client.get("/nl/")["Cache-Control"] == "private, no-cache"


def test_g36_machines_are_told_public_addresses_only(loaded, client):
    robots = client.get("/robots.txt").content.decode()
    sitemap = client.get("/sitemap.xml").content.decode()
    paths = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", sitemap)
    assert "/nl/" in paths
    assert GUIDANCE in paths
    assert "/ar/help/caw/" in paths
    for private in ("account", "/my/", "/g/", "work", "cms", "weg", "search"):
        assert private not in robots
        assert not [path for path in paths if path.split("/")[2:3] == [private.strip("/")]]
    for path in paths:
        assert client.get(path).status_code == 200, path


def test_only_reading_is_possible(loaded, client):
    assert client.post("/nl/").status_code == 405
    assert client.post("/nl/search/", {"q": "x"}).status_code == 405
