"""'My data': all that is one's own, nothing of others; leaving nothing behind while others' talk keeps its shape."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from audit.models import AuditEntry
from groups import live
from groups.actions import decisions, drafts, messages
from groups.models import Draft, Invitation, Membership, Message
from groups.vocabulary import MessageStatus
from live import hints
from moderation.actions import reports, reviews
from moderation.models import Report, Review
from outreach.actions import reach
from outreach.vocabulary import Purpose
from people import erasure_journal
from people.actions import accounts, households, keep_apart, own_data
from people.actor import Hold
from people.models import Account, Erasure, Household, KeepApart, NewWayIn, Person
from people.policy import Refused
from people.vocabulary import Reason
from tests.worlds import client_of

from .conftest import NOON, PASSWORD, actor

OWN = {"zandkorrel", "rietpluim", "kiezelsteen", "dauwdruppel", "Merel"}
OTHERS = {"brandnetel", "distelveld", "Specht", "roestvlek", "krekelzang", "Gespreksnaam"}


@pytest.fixture
def story(world, settings, tmp_path):
    """Merel with words in every state, beside Specht; a note of the team, a household, a mark to keep apart."""
    settings.DATA = tmp_path
    merel, specht = world.joins("Merel"), world.joins("Specht")
    elsewhere = world.joins("Boomklever", world.vaders)
    place = world.conversation("Gespreksnaam")
    accounts.set_email(account=merel.account, email="merel@demo.invalid", by=actor(merel), now=NOON)
    for text, who, then in (
        ("Ik vond een zandkorrel.", merel, "publish"),
        ("Bij ons groeit brandnetel.", specht, "publish"),
        ("Er waait een rietpluim.", merel, "return"),
        ("Daar ligt een kiezelsteen.", merel, None),
    ):
        posted = messages.post_message(conversation=place, text=text, key=text[:20], by=actor(who), now=NOON)
        review = Review.objects.filter(subject_id=posted.pk).first()
        if then:
            reviews.claim(review=review, by=actor(world.sofie), now=NOON)
        if then == "publish":
            reviews.publish(review=review, by=actor(world.sofie), now=NOON)
        elif then == "return":
            reviews.give_back(review=review, note="Zonder roestvlek, graag.", by=actor(world.sofie), now=NOON)
    drafts.save_draft(conversation=place, text="Nog een dauwdruppel.", by=actor(merel), now=NOON)
    reach(person_id=merel.pk, purpose=Purpose.STAFF_WORD, subject="", subject_id="", now=NOON)
    households.make(person_ids=[merel.pk, specht.pk], by=actor(world.sofie), now=NOON)
    keep_apart.mark(one=merel.pk, other=elsewhere.pk, because="Om krekelzang en distelveld.", by=actor(world.sofie))
    world.merel, world.specht, world.place = merel, specht, place
    return world


def file_of(person) -> str:
    account = Account.objects.get(person=person)
    with translation.override("nl"):
        parts = own_data.take_along(account=account, by=actor(person), now=NOON)
        return render_to_string("account/own_data_file.html", {"parts": parts})


def test_the_file_holds_all_that_is_ones_own_and_nothing_of_others(story):  # G43
    file = file_of(story.merel)
    assert {word for word in OWN if word not in file} == set()
    assert {word for word in OTHERS if word in file} == set()
    for value in ("merel@demo.invalid", story.merel.account.sign_in_name, "Ouders"):
        assert value in file
    assert "<script" not in file
    assert "http" not in file


def test_a_parent_erases_herself_and_the_talk_of_others_keeps_its_shape(story):  # G43
    posted = Message.objects.get(author=story.merel, status=MessageStatus.PUBLISHED)
    account = Account.objects.get(person=story.merel)
    own_data.erase(account=account, by=actor(story.merel), now=NOON)
    shape = Message.objects.filter(conversation=story.place).order_by("sequence")
    assert [(row.text, row.status) for row in shape] == [
        ("", MessageStatus.REMOVED),
        ("Bij ons groeit brandnetel.", MessageStatus.PUBLISHED),
    ]
    assert Message.objects.get(pk=posted.pk).author_id is None
    assert not Person.objects.filter(pk=story.merel.pk).exists()
    assert not Draft.objects.exists()
    assert not KeepApart.objects.exists()
    assert not Review.objects.filter(author_id=story.merel.pk).exists()
    assert not Invitation.objects.filter(used_by=story.merel.pk).exists()
    assert AuditEntry.objects.filter(kind="people.person.erased", subject_id=story.merel.pk).count() == 1


def test_where_someone_kept_apart_reads_along_no_mark_stays(story, site):  # G11 G43
    """To the other her words were nowhere; a line that they were taken along would tell whose they had been."""
    held = Review.objects.get(settled_at=None)
    reviews.claim(review=held, by=actor(story.sofie), now=NOON)
    reviews.publish(review=held, by=actor(story.sofie), now=NOON)
    taken = Message.objects.get(pk=held.subject_id)
    decisions.remove_message(message=taken, because="Een plaats.", by=actor(story.sofie), now=NOON)
    keep_apart.mark(one=story.merel.pk, other=story.specht.pk, because="Ruzie.", by=actor(story.sofie), now=NOON)
    page = reverse("groups:conversation", args=[story.place.pk])
    lines = re.compile(r'<li[^>]* id="m-[^"]+"')
    before = lines.findall(site(story.specht).get(page).content.decode())
    assert len(before) == 1
    own_data.erase(account=Account.objects.get(person=story.merel), by=actor(story.merel), now=NOON)
    assert lines.findall(site(story.specht).get(page).content.decode()) == before
    assert {row.text for row in Message.objects.filter(conversation=story.place)} == {"", "Bij ons groeit brandnetel."}
    gone = [live.render(live.since(story.place.pk, 0, row.pk), "nl", "readers")[0] for row in _without_author()]
    assert len(gone) == 2
    assert all("hidden" in line and "message__body" not in line for line in gone)


def test_nor_does_a_frame_or_a_poll_tell_the_other_that_her_words_went(
    story, site, monkeypatch, django_capture_on_commit_callbacks
):  # G11 G12 G43
    """What was written after the mark never stood on a page of the other; nor may its place, once it is nobody's."""
    heard = []
    monkeypatch.setattr(hints, "publish", lambda topic, *_, item=None, but=(), **__: heard.append((item, set(but))))
    keep_apart.mark(one=story.merel.pk, other=story.specht.pk, because="Ruzie.", by=actor(story.sofie), now=NOON)
    held = Review.objects.get(settled_at=None)
    reviews.claim(review=held, by=actor(story.sofie), now=NOON)
    reviews.publish(review=held, by=actor(story.sofie), now=NOON)
    stood = set(Message.objects.filter(author=story.merel, sequence__isnull=False).values_list("pk", flat=True))
    asked = f"{reverse('groups:later', args=[story.place.pk])}?after={10**14}&first=1"
    with django_capture_on_commit_callbacks(execute=True):
        own_data.erase(account=Account.objects.get(person=story.merel), by=actor(story.merel), now=NOON)
    assert {(item, frozenset(but)) for item, but in heard} == {(item, frozenset({story.specht.pk})) for item in stood}
    assert site(story.specht).get(asked).content.decode().strip() == ""


def _without_author():
    return Message.objects.filter(author=None)


def test_nothing_points_at_the_erased_but_history_and_the_journal(story):  # G43
    own_data.erase(account=Account.objects.get(person=story.merel), by=actor(story.merel), now=NOON)
    pointing = [
        f"{model.__name__}.{field.attname}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
        if str(field.db_parameters(connection)["type"]).startswith("varchar")
        and model._base_manager.filter(**{field.attname: story.merel.pk}).exists()
    ]
    history = {"AuditEntry.by_id", "AuditEntry.subject_id", "AccessEntry.person_id", "Erasure.person_id"}
    assert set(pointing) <= history
    assert "Erasure.person_id" in pointing


def test_what_she_told_about_others_waits_on_without_her_and_without_her_words(story):
    brandnetel = Message.objects.get(author=story.specht)
    reports.tell_team(
        kind="message",
        subject_id=brandnetel.pk,
        team_id=story.ouders.pk,
        words="Dit is een zandkorrel.",
        by=actor(story.merel),
    )
    own_data.erase(account=Account.objects.get(person=story.merel), by=actor(story.merel), now=NOON)
    report = Report.objects.get()
    assert (report.words, report.review.is_open) == ("", True)
    assert report.by_id != story.merel.pk


def test_a_household_of_one_goes_and_one_of_two_stays(story):
    for person, left in ((story.merel, 1), (story.specht, 0)):
        own_data.erase(account=Account.objects.get(person=person), by=actor(person), now=NOON)
        assert Household.objects.count() == left


def test_erasing_writes_the_journal_when_it_is_final(story, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        own_data.erase(account=Account.objects.get(person=story.merel), by=actor(story.merel), now=NOON)
    (erased,) = erasure_journal.read(settings.DATA / erasure_journal.NAME)
    assert (erased.person_id, erased.at) == (story.merel.pk, NOON)
    assert Erasure.objects.get().scrubbed_at is None


def test_a_journal_with_a_foreign_line_is_refused(story, tmp_path):
    file = tmp_path / "foreign.journal"
    file.write_text(f"{NOON.isoformat()} {story.specht.pk} {'0' * 64}\n")
    with pytest.raises(erasure_journal.NotOurJournal):
        erasure_journal.read(file)


def test_only_oneself_and_never_during_the_hold(story):
    mine, hers = Account.objects.get(person=story.merel), Account.objects.get(person=story.specht)
    held = actor(story.merel, hold=Hold(story.ouders.pk, NOON))
    for act in (own_data.take_along, own_data.erase):
        for by, account, reason in (
            (actor(story.merel), hers, Reason.NOT_YOURS),
            (actor(story.sofie), mine, Reason.NOT_YOURS),
            (held, mine, Reason.NOT_OPEN_NOW),
        ):
            with pytest.raises(Refused) as refused:
                act(account=account, by=by)
            assert refused.value.reason == reason
    assert Account.objects.filter(pk__in=(mine.pk, hers.pk)).count() == 2


def test_the_pages_ask_the_password_and_then_do_it(story):
    account = Account.objects.get(person=story.merel)
    client: Client = client_of(account)
    page = client.get(reverse("own_data"))
    assert page.status_code == 200
    assert "zandkorrel" not in page.content.decode()
    for name in ("own_data_file", "own_data_delete"):
        wrong = client.post(reverse(name), {"password": "niet-dit-wachtwoord"})
        assert wrong.status_code == 422
        assert "zandkorrel" not in wrong.content.decode()
    file = client.post(reverse("own_data_file"), {"password": PASSWORD})
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in file.headers["Cache-Control"]
    assert "zandkorrel" in file.content.decode()
    assert Account.objects.filter(pk=account.pk).exists()
    done = client.post(reverse("own_data_delete"), {"password": PASSWORD})
    assert (done.status_code, done.url) == (302, reverse("own_data_gone"))
    assert client.get(done.url).status_code == 200
    assert not Account.objects.filter(pk=account.pk).exists()
    assert client.get(reverse("own_data")).status_code == 302


def test_a_stranger_and_staff_find_no_such_pages(story):
    for name in ("own_data", "own_data_delete"):
        assert client_of(None).get(reverse(name)).status_code == 302
        sofie = client_of(Account.objects.get(person=story.sofie), second_factor=False)
        assert sofie.get(reverse(name)).status_code in (302, 404)


def test_a_mark_is_left_where_a_message_stood(story):
    own_data.erase(account=Account.objects.get(person=story.merel), by=actor(story.merel), now=NOON)
    page = client_of(Account.objects.get(person=story.specht)).get(
        reverse("groups:conversation", args=[story.place.pk])
    )
    text = page.content.decode()
    assert "Wie het schreef, nam het mee." in text
    assert "brandnetel" in text
    assert "zandkorrel" not in text
    assert Membership.objects.filter(group=story.ouders).count() == 1
    assert NewWayIn.objects.count() == 0
