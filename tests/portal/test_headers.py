"""What every answer carries: one strict content policy, no third party, nothing kept of a private page (G27, G36)."""

import re

import pytest
from django.conf import settings
from django.test import Client

from people.vocabulary import Role

pytestmark = pytest.mark.django_db

SOME_OF_EACH = (
    "/",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/manifest.webmanifest",
    "/sw.js",
    "/weg/",
    "/nl/help/",
    "/nl/search/?q=wachten",
    "/nl/account/login/",
    "/ar/account/invitation/",
    "/nl/nergens/",
    "/nl/my/",
    "/nl/work/",
    "/cms/",
    "/static/nergens.css",
)


def directives(response) -> dict[str, list[str]]:
    policy = response.headers["Content-Security-Policy"]
    return {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.strip()}


@pytest.mark.parametrize("path", SOME_OF_EACH)
def test_every_answer_carries_the_strict_policy(client, path):  # G27
    response = client.get(path)
    found = directives(response)
    own = {one for values in found.values() for one in values} - {"'self'", "'none'"}
    assert {one for one in own if not re.fullmatch(r"wss?://[\w.:]+", one)} == (
        {"'unsafe-inline'", "data:", "blob:"} if path.startswith("/cms/") else set()
    )
    assert found["object-src"] == found["base-uri"] == ["'none'"]
    assert found["form-action"] == ["'self'"]
    assert found["frame-ancestors"] == (["'self'"] if path.startswith("/cms/") else ["'none'"])
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]


def test_private_pages_are_never_kept_and_say_one_neutral_title(town):  # G36
    group = town.world.groups["ouders"]
    pages = [f"/nl/g/{group.pk}/", "/nl/my/", "/nl/my/groups/", "/nl/my/contact/", "/nl/my/devices/"]
    pages += [f"/nl/g/c/{town.world.conversations['Moeilijke dagen'].pk}/"]
    client = town.client(Role.PARENT)
    for path in pages:
        response = client.get(path)
        html = response.content.decode()
        assert response.status_code == 200, path
        assert "no-store" in response.headers["Cache-Control"], path
        assert re.findall(r"<title>(.*?)</title>", html) == ["Kring"], path
        assert "noindex" in html, path
        assert not re.search(r"og:|canonical", html), path


def test_a_foreign_form_changes_nothing(town):  # G8
    """Without our token a POST is refused, whoever is signed in."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = town.client(Role.PARENT).cookies
    place = town.world.conversations["Moeilijke dagen"]
    response = strict.post(f"/nl/g/c/{place.pk}/send/", {"text": "Van elders.", "key": "k" * 22})
    assert response.status_code == 403
    assert settings.CSRF_COOKIE_HTTPONLY


def test_error_pages_are_the_same_bytes_for_everyone(client, town):  # G2
    assert client.get("/nl/nergens/").content == town.client(Role.FACILITATOR).get("/nl/nergens/").content
