"""What a search engine, a preview or a history may learn of private addresses, read from all of them: nothing (G36)."""

import re
from urllib.parse import quote

import pytest
from django.conf import settings
from django.urls import NoReverseMatch

from people.vocabulary import Role
from resources.models import GuidancePage

from .addresses import every_address, examples
from .test_hostile import who_may
from .test_matrix import address_of, ask

pytestmark = [pytest.mark.django_db, pytest.mark.db_free]  # the same pages whatever the database

LANGUAGES = [code for code, _ in settings.LANGUAGES]
PRIVATE = ("account", "members", "staff")
# What may stand in a private address: an id that says nothing, the secret of a link, the kind of a thing.
OPAQUE = {"OpaqueIdConverter", "LinkConverter"}
TOLD_APART = {"stop": {"token"}, "work:take_away": {"kind"}}


@pytest.fixture
def town(town_with_guidance):
    """The site map is only worth asking when there is something to read."""
    return town_with_guidance


def private_addresses():
    return [address for address in every_address() if address.audience in PRIVATE]


def test_robots_and_the_site_map_name_no_private_address(town, client):
    robots = client.get("/robots.txt").content.decode()
    paths = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", client.get("/sitemap.xml").content.decode())
    firsts = {part for address in private_addresses() for part in fixed_parts(address.route)[:1]} | {"cms"}
    assert {"account", "my", "g", "work", "weg"} <= firsts
    for first in firsts:
        assert not re.search(rf"\b{first}\b", robots), first
        assert [path for path in paths if re.match(rf"/(\w\w/)?{first}(/|$)", path)] == []
    assert "Disallow" not in robots  # such a line is a signpost: what is private says `noindex` itself


def test_the_site_map_lists_the_guidance_in_every_language(town, client):
    paths = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", client.get("/sitemap.xml").content.decode())
    pages = GuidancePage.objects.live()
    assert {page.locale.language_code for page in pages} == set(LANGUAGES)
    assert {quote(page.url_path) for page in pages} <= set(paths)
    assert {f"/{code}/" for code in LANGUAGES} <= set(paths)


def test_a_private_address_holds_nothing_but_neutral_words_and_opaque_ids():
    for address in private_addresses():
        telling = {
            name
            for name, converter in address.pattern.pattern.converters.items()
            if type(converter).__name__ not in OPAQUE
        }
        assert telling == TOLD_APART.get(address.name, set()), address.name


def test_every_private_page_has_the_neutral_title_and_asks_to_be_left_out(town):
    values, clients, seen = examples(town), {}, 0
    for address in private_addresses():
        role = who_may(address)
        client = clients.setdefault(role, town.client(role))
        try:
            response = ask(client, address_of(address, town, values))
        except (NoReverseMatch, KeyError):
            continue
        if response.status_code != 200 or "html" not in response.headers["Content-Type"] or response.streaming:
            continue
        html = response.content.decode()
        if "<html" not in html:
            continue  # a part of a page, which asks for itself
        seen += 1
        assert re.findall(r"<title>(.*?)</title>", html) == ["Kring"], address.name
        assert re.search(r'<meta name="robots" content="noindex">', html), address.name
        assert not re.search(r"og:|twitter:|rel=\"?canonical|application/ld\+json|oembed", html), address.name
        assert "no-store" in response.headers["Cache-Control"], address.name
    assert seen > 60


def test_a_page_that_is_refused_says_as_little(town):
    """The refusal of a private address is as neutral as the page."""
    for role in (Role.ANONYMOUS, Role.PARTNER):
        response = town.client(role).get(f"/nl/g/{town.world.groups['ouders'].pk}/", follow=True)
        html = response.content.decode()
        assert re.findall(r"<title>(.*?)</title>", html) == ["Kring"]
        assert 'content="noindex"' in html


def fixed_parts(route: str) -> list[str]:
    """The words of a route behind the language, without what changes."""
    return [part for part in re.sub(r"^nl/", "", route).split("/") if part and "<" not in part]
