"""The CMS: editors only, public content only, and no screen in it that knows a person."""

import datetime
from io import BytesIO

import PIL.Image
import pytest
import requests
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation
from PIL.PngImagePlugin import PngInfo
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Revision
from wagtail.snippets.models import get_snippet_models

from people.actions import staff
from people.actor import PORTAL, Actor
from people.policy import Refused
from people.vocabulary import Role
from resources import blocks, queries
from resources.actions import editors, publishing
from resources.editing import PublicPageForm
from resources.models import GuidancePage, HelpService, HomePage, NumberCheck
from resources.vocabulary import RESERVED_SLUGS

from .staff import signed_in

CLOSED = [
    "users/",
    "users/add/",
    "groups/",
    "groups/add/",
    "sites/",
    "sites/add/",
    "locales/",
    "account/",
    "password_reset/",
    "login/",
    "workflows/",
    "reports/site-history/",
    "reports/workflow/",
    "reports/page-types-usage/",
    "api/main/pages/",
    "api-tokens/",
    "bulk/people/account/delete/",
    "bulk/auth/user/set_active_state/",
    "failwhale/",
]
OPEN = [
    "",
    "",
    "pages/",
    "snippets/resources/helpservice/",
    "snippets/resources/numbercheck/",
    "to-look-at/",
    "images/",
    "documents/",
    "reports/aging-pages/",
]


def test_an_editor_reaches_what_editors_need(editor):
    client, _ = editor
    for path in OPEN:
        response = client.get(f"/cms/{path.strip()}", follow=True)
        assert response.status_code == 200, path
        assert response.request["PATH_INFO"].startswith("/cms/"), path


def test_no_screen_about_people_exists(editor):
    client, _ = editor
    for path in CLOSED:
        assert client.get(f"/cms/{path}").status_code == 404, path
    home = client.get("/cms/").content.decode()
    for path in ("/cms/users/", "/cms/groups/", "/cms/sites/", "/cms/locales/", "site-history"):
        assert path not in home


@pytest.mark.parametrize("role", [role for role in Role if role in staff.GRANTED_ROLES and role != Role.EDITOR])
def test_other_staff_find_nothing_here(loaded, role):
    client, _ = signed_in(role)
    for path in ("", "pages/", "snippets/resources/helpservice/", "users/"):
        assert client.get(f"/cms/{path}").status_code == 404


def test_no_address_makes_the_server_ask_another_host(editor, monkeypatch):  # G28
    """Wagtail’s form for embedded films asked whatever service knows them, though no page can hold one."""
    asked = []

    def nobody_there(address, **more):
        asked.append(address)
        raise requests.ConnectionError

    monkeypatch.setattr("requests.get", nobody_there)
    client, _ = editor
    for film in ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://vimeo.com/1"):
        client.post("/cms/embeds/chooser/upload/", {"embed-chooser-url": film})
    assert asked == []


def test_signing_out_takes_a_button_and_ends_the_session(editor):  # G8
    client, account = editor
    asked = client.get("/cms/logout/")
    assert settings.SESSION_COOKIE_NAME not in asked.cookies
    assert client.get("/cms/").status_code == 200
    assert client.post("/cms/logout/").url == "/nl/"
    assert not account.sign_ins.filter(ended_at=None).exists()
    assert client.get("/cms/").status_code == 302


def test_visitors_and_editors_without_second_factor_stay_outside(loaded, client):
    assert "/account/login/" in client.get("/cms/")["Location"]
    unproven, _ = signed_in(Role.EDITOR, second_factor=False)
    response = unproven.get("/cms/pages/")
    assert response.status_code == 302
    assert "/account/" in response["Location"]


def test_a_withdrawn_role_closes_the_cms_at_once(editor):
    client, account = editor
    assert client.get("/cms/").status_code == 200
    staff.withdraw_role(person=account.person, role=Role.EDITOR, by=PORTAL)
    assert client.get("/cms/").status_code != 200


def test_the_group_holds_nothing_about_people(loaded):
    group = editors.ensure_editor_group()
    names = {f"{one.content_type.app_label}.{one.codename}" for one in group.permissions.all()}
    assert "wagtailadmin.access_admin" in names
    assert {name.split(".")[0] for name in names} <= {"wagtailadmin", "wagtail_localize", "resources"}
    before = group.permissions.count(), group.page_permissions.count(), group.collection_permissions.count()
    editors.ensure_editor_group()
    assert before == (
        group.permissions.count(),
        group.page_permissions.count(),
        group.collection_permissions.count(),
    )


def test_an_editor_from_before_the_group_is_taken_in(loaded):
    Group.objects.filter(name=editors.NAME).delete()
    client, account = signed_in(Role.EDITOR)
    assert client.get("/cms/").status_code == 200
    assert account.groups.filter(name=editors.NAME).exists()


def test_nobody_else_can_let_themselves_in(loaded):
    with pytest.raises(Refused):
        editors.let_in(by=Actor(person_id="x", account_id="x", roles=frozenset({Role.COORDINATOR})))


def test_setting_the_date_takes_the_editor_as_checker(editor):
    client, account = editor
    check = NumberCheck.objects.get(key="112")
    path = f"/cms/snippets/resources/numbercheck/edit/{check.pk}/"
    response = client.post(path, {"checked_on": "2026-11-03", "review_by": "", "kept_by": ""})
    assert response.status_code == 302, response.content.decode()[:2000]
    check.refresh_from_db()
    assert (check.checked_on, check.checked_by_id) == (datetime.date(2026, 11, 3), account.person_id)
    assert "112" not in queries.unchecked_numbers()
    assert client.post(path, {"checked_on": "2999-01-01", "review_by": "", "kept_by": ""}).status_code == 200
    client.post(path, {"checked_on": "", "review_by": "", "kept_by": ""})
    check.refresh_from_db()
    assert (check.checked_on, check.checked_by_id) == (None, "")


def test_an_editor_sees_a_draft_in_the_frame_of_the_cms(editor):
    client, _ = editor
    page = GuidancePage.objects.get(locale__language_code="nl")
    response = client.get(f"/cms/pages/{page.pk}/view_draft/")
    assert response.status_code == 200
    assert "Laat de lijn open." in response.content.decode()
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"] or "no-cache" in response["Cache-Control"]
    edit = client.get(f"/cms/pages/{page.pk}/edit/")
    assert edit.status_code == 200


def test_the_starter_texts_pass_the_forms_of_editors(loaded):
    for page in [*GuidancePage.objects.all(), *HomePage.objects.all()]:
        page.full_clean()
        for name in ("body", "doors", "expect"):
            stream = getattr(page, name, None)
            if stream is not None:
                assert len(stream.stream_block.clean(stream)) == len(stream)


def test_a_call_is_a_number_or_a_service_of_the_list(loaded):
    block = blocks.CallBlock()
    assert block.clean({"number": "106", "service": "", "why": ""})["number"] == "106"
    for number, service in (("", ""), ("106", "caw"), ("0470000000", ""), ("", "unknown")):
        with pytest.raises(ValidationError):
            block.clean({"number": number, "service": service, "why": ""})


def test_homes_stay_and_nothing_becomes_private(editor):
    _, account = editor
    home = HomePage.objects.get(slug="nl")
    may = home.permissions_for_user(account)
    assert may.can_edit()
    assert may.can_add_subpage()
    assert not (may.can_delete())
    assert not (may.can_unpublish())
    assert not (may.can_move())
    assert not (may.can_set_view_restrictions())
    assert not HomePage.objects.get(slug="ar").permissions_for_user(account).can_add_subpage()
    page = GuidancePage.objects.get(locale__language_code="nl").permissions_for_user(account)
    assert page.can_delete()
    assert page.can_publish()
    assert not page.can_set_view_restrictions()


def test_what_is_dated_is_published_when_the_day_comes(loaded, client):
    page = GuidancePage.objects.get(locale__language_code="nl")
    page.unpublish()
    at = timezone.now() + datetime.timedelta(days=2)
    page.go_live_at = at
    page.save_revision(approved_go_live_at=at)
    page.save_revision(approved_go_live_at=at).publish()
    assert publishing.publish_due() == 0
    Revision.objects.filter(approved_go_live_at__isnull=False).update(
        approved_go_live_at=timezone.now() - datetime.timedelta(minutes=1)
    )
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    revision.content["go_live_at"] = None
    revision.save()
    assert publishing.publish_due() == 1
    assert client.get("/nl/zorgen-nl/vertrokken-nl/").status_code == 200
    assert publishing.publish_due() == 0, "no change, no event"


def test_what_has_run_out_is_taken_away(loaded, client):
    HelpService.objects.filter(key="caw").update(expire_at=timezone.now() - datetime.timedelta(hours=1))
    assert publishing.publish_due() == 3
    assert client.get("/nl/help/caw/").status_code == 404


def test_only_the_portal_publishes_by_the_clock(loaded):
    with pytest.raises(Refused):
        publishing.publish_due(by=Actor(person_id="x", roles=frozenset({Role.EDITOR})))


def test_start_up_warns_while_a_number_is_unchecked(loaded):
    found = [one for one in run_checks(databases=["default"]) if one.id == "resources.W001"]
    assert found
    assert "1712" in found[0].msg
    NumberCheck.objects.update(checked_on=datetime.date(2026, 11, 3), checked_by_id="x")
    assert not [one for one in run_checks(databases=["default"]) if one.id == "resources.W001"]


def test_a_document_is_saved_never_shown(loaded, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    document = get_document_model().objects.create(title="Blad", file=ContentFile(b"%PDF-1.4", name="blad.pdf"))
    response = client.get(document.url)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_svg_and_html_are_refused():
    assert "svg" not in settings.WAGTAILIMAGES_EXTENSIONS
    assert not {"svg", "html", "htm", "xml", "js"} & set(settings.WAGTAILDOCS_EXTENSIONS)


@pytest.mark.parametrize(("side", "taken"), [(3900, 1), (4100, 0)])
def test_a_small_file_does_not_unfold_to_any_size(editor, settings, tmp_path, side, taken):  # G29
    settings.MEDIA_ROOT = tmp_path
    file = BytesIO()
    PIL.Image.new("1", (side, side)).save(file, "PNG")
    sent = SimpleUploadedFile("plein.png", file.getvalue(), "image/png")
    page, told = reverse("wagtailimages:add"), {"title": "Plein", "description": "Een plein.", "collection": "1"}
    assert len(file.getvalue()) < 20_000
    editor[0].post(page, {**told, "file": sent})
    assert get_image_model().objects.count() == taken
    assert len(list(tmp_path.rglob("*.png"))) == taken


def test_a_page_cannot_take_an_address_of_the_portal():
    assert {"help", "search", "my", "g", "work", "account", "weg"} <= RESERVED_SLUGS
    form = PublicPageForm.__new__(PublicPageForm)
    form.cleaned_data = {"slug": "help"}
    with pytest.raises(ValidationError):
        form.clean_slug()


def test_what_waits_for_a_person_is_listed(editor):
    client, _ = editor
    html = client.get("/cms/to-look-at/").content.decode()
    assert "Je kind is vertrokken nl" in html
    assert "1712" in html
    page = GuidancePage.objects.get(locale__language_code="nl")
    today = timezone.localdate()
    page.checked_on, page.checked_by_id = today, "x"
    page.review_by = today + datetime.timedelta(days=200)
    page.save()
    assert "Je kind is vertrokken nl" not in client.get("/cms/to-look-at/").content.decode()


def test_f2_wagtail_holds_public_content_only():
    ours = {model.__name__ for model in get_snippet_models()}
    ours |= {model.__name__ for model in apps.get_models() if issubclass(model, Page) and model is not Page}
    assert ours == {"HomePage", "TopicPage", "GuidancePage", "InfoPage", "HelpService", "NumberCheck"}


@pytest.mark.parametrize("words", ['"', "'", '"kind', "a OR (", "title:", "\\", "*"])
def test_signs_in_a_search_of_editors_are_no_language_of_the_engine(editor, words):  # G48
    client, _ = editor
    for path in ("pages/search/", "snippets/resources/helpservice/", "images/", "documents/"):
        assert client.get(f"/cms/{path}", {"q": words}, follow=True).status_code == 200, path


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_screens_speak_the_language_of_the_editor_and_not_of_the_browser(editor, language):
    client, account = editor
    account.person.language = language
    account.person.save(update_fields=["language"])
    with translation.override("nl"):
        page = client.get("/cms/", headers={"Accept-Language": "tr"}).content.decode()
    assert f'<html lang="{language}"' in page


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_broken_picture_is_refused_with_a_sentence(editor, settings, tmp_path, kind):  # G29, G48
    settings.MEDIA_ROOT = tmp_path
    file, name = BytesIO(), f"plein.{kind.lower()}"
    PIL.Image.effect_noise((40, 40), 60).convert("RGB").save(file, kind)
    whole = file.getvalue()
    page, told = reverse("wagtailimages:add"), {"title": "Plein", "description": "Een plein.", "collection": "1"}
    for broken in [whole[:at] for at in (4, 12, 16, 24, 30, len(whole) // 2, len(whole) * 3 // 4)]:
        answer = editor[0].post(page, {**told, "file": SimpleUploadedFile(name, broken, f"image/{kind.lower()}")})
        assert answer.status_code == 200, (kind, len(broken))
    assert get_image_model().objects.count() == 0
    assert editor[0].post(page, {**told, "file": SimpleUploadedFile(name, whole)}).status_code == 302
    assert get_image_model().objects.count() == 1


def _with_more_than_one_sees(kind: str) -> bytes:
    """A picture on its side, with the place where it was taken, words in every corner, and a page behind it."""
    told, more = PIL.Image.Exif(), {}
    told[0x8825], told[0x010E], told[0x0112] = {1: "N", 2: (50.0, 55.0, 41.0)}, "zandkorrel", 6
    if kind == "PNG":
        more["pnginfo"] = PngInfo()
        more["pnginfo"].add_text("Comment", "zandkorrel")
    file = BytesIO()
    picture = PIL.Image.effect_noise((40, 30), 60).convert("RGB")
    picture.save(file, kind, exif=told.tobytes(), xmp=b"zandkorrel", comment=b"zandkorrel", **more)
    return file.getvalue() + b"<html><script>zandkorrel</script>"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF", "GIF"])
def test_of_a_picture_only_what_one_sees_is_kept(editor, settings, tmp_path, kind):  # G29
    """A picture made smaller carries along where it was taken, and a file behind it is served with it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    told = {"title": "Plein", "description": "Een plein.", "collection": "1"}
    sent = _with_more_than_one_sees(kind)
    assert b"zandkorrel" in sent
    name = f"plein.{kind.lower()}"
    editor[0].post(reverse("wagtailimages:add"), {**told, "file": SimpleUploadedFile(name, sent)})
    image = get_image_model().objects.get()
    for spec in ("original", "width-20|format-jpeg"):
        image.get_rendition(spec)
    kept = [file for file in settings.MEDIA_ROOT.rglob("*") if file.is_file()]
    assert len(kept) == 3
    for file in kept:
        assert b"zandkorrel" not in file.read_bytes()
        with PIL.Image.open(file) as picture:
            assert dict(picture.getexif()) == {}
    assert (image.width, image.height) == ((40, 30) if kind == "GIF" else (30, 40))
