"""Requests that no screen of the CMS sends: refused as such, never a fault (G48).

The suite tries those that broke Wagtail's own screens, and a few of all its screens. All of them, on the database that
is named:
`FUZZ_CASES=50 make test PYTEST_ARGS="tests/resources/test_cms_requests.py -o faulthandler_timeout=7200"`.
"""

import os
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

import tests.access.test_hostile as fuzz
from resources.models import GuidancePage
from tests.access.hostile import filled_in

pytestmark = [pytest.mark.django_db, pytest.mark.db_free]  # refused before it is asked
EVERY = 1 if "FUZZ_CASES" in os.environ else 15
JSON = ("post", "application/json", b'{"text": ')
FILE_WITHOUT_A_NAME = (
    "post",
    "multipart/form-data; boundary=x",
    b'--x\r\nContent-Disposition: form-data; name="text"; filename="a"\r\n\r\nb\r\n--x--',
)
BROKE = [
    ("pages/{page}/edit/", *JSON),
    ("pages/{page}/edit/preview/", "post", "application/x-www-form-urlencoded; charset=no-such", b"text=a"),
    ("pages/{page}/copy/", *JSON),
    ("pages/1/move/1/confirm/", *JSON),
    ("pages/1/set_position/", *JSON),
    ("choose-page/chosen-multiple/?id=", "get", "", b""),
    ("choose-external-link/", *JSON),
    ("choose-phone-link/?parent_page_id=%20", "get", "", b""),
    ("documents/multiple/add/", *FILE_WITHOUT_A_NAME),
    ("images/multiple/add/", *FILE_WITHOUT_A_NAME),
    ("snippets/choose/resources/helpservice/chosen-multiple/?id=", "get", "", b""),
    ("snippets/choose/resources/helpservice/create/", *JSON),
    ("images/chooser/chosen-multiple/?id=", "get", "", b""),
]


@pytest.fixture
def client(editor):
    client, _ = editor
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(("address", "method", "kind", "body"), BROKE)
def test_what_no_screen_sends_is_refused_and_no_fault(client, address, method, kind, body):
    page = GuidancePage.objects.first()
    path, _, query = address.format(page=page.pk).partition("?")
    answer = client.generic(
        method.upper(),
        f"/cms/{path}",
        body,
        content_type=kind,
        QUERY_STRING=query,
        headers={"X-Requested-With": "fetch"},
    )
    assert answer.status_code == 400
    assert "Er klopt iets niet" in answer.content.decode()


def test_a_file_of_translations_that_does_not_say_whose_it_is_is_refused(client):
    page = GuidancePage.objects.first()
    source, _ = TranslationSource.update_or_create_from_instance(page)
    locale, _ = Locale.objects.get_or_create(language_code="fr")
    translation = Translation.objects.create(source=source, target_locale=locale)
    translation.save_target()
    file = SimpleUploadedFile("words.po", b'msgid "a"\nmsgstr "b"\n')
    answer = client.post(reverse("wagtail_localize:upload_pofile", args=[translation.pk]), {"file": file})
    assert answer.status_code == 400
    assert "Er klopt iets niet" in answer.content.decode()


def test_a_fault_of_ours_behind_the_same_door_stays_one(client, monkeypatch):
    def breaks(*_):
        raise ValueError("ours")

    monkeypatch.setattr("resources.queries.all_to_look_at", breaks)
    assert client.get("/cms/to-look-at/").status_code == 500


def every_screen(resolver=None, space: str = ""):
    """The patterns under /cms/ that have a name, with that name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if resolver or str(entry.pattern).startswith(("cms/", "documents/")):
                yield from every_screen(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern) and resolver and entry.name:
            yield space + entry.name, entry.pattern


def address_of(name: str, pattern, page: Page) -> str:
    """One that stands for something where that goes by number; else whatever fits."""
    values = {
        "page_id": page.pk,
        "parent_page_id": page.get_parent().pk,
        "content_type_app_name": "resources",
        "content_type_model_name": "guidancepage",
        "app_label": "resources",
        "model_name": "helpservice",
    }
    names = list(pattern.converters) or list(getattr(pattern, "regex", re.compile("")).groupindex)
    return reverse(name, kwargs={one: values.get(one, "1") for one in names})


@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")  # of a report, in the order it likes
def test_no_screen_of_the_cms_breaks_whatever_is_sent(client, monkeypatch):
    right, faults, screens, asked = filled_in(), [], 0, 0
    page = GuidancePage.objects.first()
    for name, pattern in list(every_screen())[::EVERY]:
        try:
            url = address_of(name, pattern, page)
        except NoReverseMatch:
            continue
        read = fuzz.fields_read(client, url, right, monkeypatch)
        right |= {field: "1" for field in read if field not in right}
        screens += 1
        try:
            asked += fuzz.tried(client, url, read, right)
        except AssertionError as error:  # one screen that breaks must not hide the next
            faults.append(f"{name} {str(error)[:600]}")
    assert faults == [], "\n\n".join(faults)
    assert screens > 150 / EVERY
    assert asked > screens * fuzz.CASES / 2
