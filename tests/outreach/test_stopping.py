"""Stopping e-mail without signing in: one tap or the mail program itself, no other power, and nothing revealed."""

import email
import re
from email import policy

import pytest
from django.conf import settings as given
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import translation

from audit.models import AuditEntry
from outreach import queries, unsubscribing, worker
from outreach.actions import reach
from outreach.actions.unsubscribing import stop_channel
from outreach.models import Delivery
from outreach.vocabulary import CLOSED_LIST, CODES, Channel, Kind, Purpose, State
from people.actions.own_data import erase
from people.models import Account, ContactNeeds, SignIn
from people.vocabulary import Rhythm
from tests.smtp_sink import SmtpSink
from vault.ids import new_id

from .conftest import BEFORE, NOON, actor, make_parent, wants

pytestmark = pytest.mark.django_db
OF_EACH_ANSWER = {"Content-Length", "Expires"}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
LANGUAGES = [code for code, _ in given.LANGUAGES]


@pytest.fixture
def sink(settings):
    with SmtpSink() as running:
        settings.EMAIL_URL = running.url
        yield running


def mailed(sink, person, purpose: Purpose = Purpose.DECISION, code: str = ""):
    sink.mails.clear()
    reach(person_id=person.pk, purpose=purpose, code=code, now=NOON)
    worker.run_once(NOON)
    return email.message_from_bytes(sink.mails[0][1], policy=policy.default)


def in_header(mail) -> str:
    """A long address stands on a line of its own below the name of the header; programs join the two."""
    return re.fullmatch(r"\s*<(\S+)>", mail["List-Unsubscribe"]).group(1)


def link(person, language: str = "nl") -> str:
    whole = unsubscribing.link_for(person.pk, Channel.EMAIL, language, address=person.account.email)
    return whole.removeprefix(given.BASE_URL)


def token_of(person, channel: Channel = Channel.EMAIL) -> str:
    return unsubscribing.token_for(person.pk, channel, person.account.email)


def ways(person) -> list[str]:
    return ContactNeeds.objects.get(person=person).channels


def test_the_mail_program_stops_it_by_itself(sink, parent):
    """RFC 8058: a POST to the address in the header, with no cookie and no page of ours."""
    mail = mailed(sink, parent)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = in_header(mail)
    assert address in mail.get_content()
    program = Client(enforce_csrf_checks=True)
    answer = program.post(address.removeprefix(given.BASE_URL), ONE_CLICK, headers={"Origin": "https://mail.example"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert ways(parent) == []
    reach(person_id=parent.pk, purpose=Purpose.DECISION, subject="another", now=NOON)
    assert Delivery.objects.get(subject="another").state == State.WITHHELD


def test_looking_changes_nothing_and_one_button_does(parent):
    visitor = Client(enforce_csrf_checks=True)
    before = AuditEntry.objects.count()
    for ask in (visitor.get, visitor.head):
        assert ask(link(parent)).status_code == 200
    assert ways(parent) == ["email"]
    assert AuditEntry.objects.count() == before
    page = visitor.get(link(parent)).content.decode()
    form = re.search(r'<form class="stack" method="post">(.*?)</form>', page, re.S).group(1)
    name, value = re.search(r'name="([\w-]+)" value="([\w-]+)"', form).groups()
    assert form.count("<button") == 1
    visitor.post(link(parent), {name: value})
    assert ways(parent) == []


@pytest.mark.parametrize("data", [{}, {"List-Unsubscribe": "yes"}, {"rhythm": "often"}, {"List-Unsubscribe-Post": "x"}])
def test_a_post_that_asks_for_something_else_is_refused(parent, data):
    assert Client().post(link(parent), data).status_code == 422
    assert ways(parent) == ["email"]


@pytest.mark.parametrize("verb", ["put", "patch", "delete"])
def test_no_other_verb_is_taken(parent, verb):
    assert getattr(Client(), verb)(link(parent)).status_code == 405
    assert ways(parent) == ["email"]


def test_it_goes_for_every_kind_and_leaves_every_other_wish(parent):
    text = (Channel.TEXT,)
    wants(parent, Rhythm.SOMETIMES, channels=(Channel.TEXT, Channel.EMAIL), now=NOON,
          channels_by_kind={Kind.NEWS: (Channel.EMAIL,), Kind.WORDS: (Channel.EMAIL, Channel.TEXT)})  # fmt: skip
    assert stop_channel(person_id=parent.pk, channel=Channel.EMAIL, now=NOON)
    needs = queries.facts_about(parent.pk, NOON).needs
    assert needs.channels == text
    assert needs.channels_by_kind == {Kind.NEWS: (), Kind.WORDS: text}
    assert needs.rhythm == Rhythm.SOMETIMES
    assert not stop_channel(person_id=parent.pk, channel=Channel.EMAIL, now=NOON)


def test_what_waits_is_withheld_at_once(parent):
    reach(person_id=parent.pk, purpose=Purpose.DECISION, now=NOON)
    assert Delivery.objects.get().state == State.WAITING
    stop_channel(person_id=parent.pk, channel=Channel.EMAIL, now=NOON)
    assert Delivery.objects.get().state == State.WITHHELD


def test_a_pause_is_still_a_pause(parent):
    wants(parent, Rhythm.QUIET, now=NOON)
    stop_channel(person_id=parent.pk, channel=Channel.EMAIL, now=NOON)
    assert queries.facts_about(parent.pk, NOON).needs.rhythm == Rhythm.QUIET


def test_the_parent_reads_it_and_history_knows(parent):
    facts = queries.facts_about(parent.pk, NOON)
    assert queries.email_stopped_at(facts) is None
    Client().post(link(parent), ONE_CLICK)
    entry = AuditEntry.objects.get(kind="outreach.channel.stopped")
    assert (entry.by_id, entry.subject_id, entry.details) == (parent.pk, parent.pk, {"channel": "email"})
    assert queries.email_stopped_at(queries.facts_about(parent.pk, NOON)) == entry.at
    wants(parent)
    assert queries.email_stopped_at(queries.facts_about(parent.pk, NOON)) is None


# --- it reveals nothing ---------------------------------------------------------------------------


def _changed(token: str) -> str:
    return ("A" if token[0] != "A" else "B") + token[1:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_unknown_used_and_valid_links_answer_alike(parent, language):
    other, gone, staff = make_parent(2), make_parent(3), make_parent(4, is_staff=True)
    wants(other)
    gone_token = token_of(gone)
    erase(account=gone.account, by=actor(gone))
    valid = token_of(parent)
    used = token_of(other)
    stop_channel(person_id=other.pk, channel=Channel.EMAIL)
    tokens = [
        *(valid, used, gone_token, _changed(valid), unsubscribing.token_for(new_id(), Channel.EMAIL, "x@x.invalid")),
        *(token_of(staff), new_id(), "x", "x" * 54, "é" * 54, "_" * 54, "A" * 1000),
    ]
    seen = set()
    for token in tokens:
        with translation.override(language):
            address = reverse("stop", kwargs={"token": token})
        for answer in (Client().get(address), Client().post(address, ONE_CLICK)):
            # The choice of languages leads to this same page, so the link stands in it.
            body = re.sub(rb'href="[^"]*"', b"", answer.content)
            headers = {name: value for name, value in answer.headers.items() if name not in OF_EACH_ANSWER}
            seen.add((answer.status_code, body, str(sorted(headers.items()))))
    assert len(seen) == 2  # asked, and done
    assert ways(parent) == []


def test_a_link_is_the_same_always_and_nobody_can_make_one(parent):
    other = make_parent(2)
    token = token_of(parent)
    assert token == token_of(parent)
    assert len({token, token_of(other)}) == 2
    assert re.fullmatch(r"[A-Za-z0-9_-]{54}", token)
    assert parent.pk not in token
    asked = unsubscribing.read(token)
    assert (asked.person_id, asked.channel) == (parent.pk, Channel.EMAIL)
    for place in range(len(token)):
        for sign in "A_x":
            forged = token[:place] + sign + token[place + 1 :]
            # The last sign holds four bits that mean nothing: another way to write the very same link.
            assert unsubscribing.read(forged) in (None, asked)
            assert place == len(token) - 1 or forged == token or unsubscribing.read(forged) is None


def test_a_link_for_one_way_is_none_for_another(parent, monkeypatch):
    monkeypatch.setattr(unsubscribing, "WAYS", (Channel.EMAIL, Channel.TEXT))
    for way in (Channel.TEXT, Channel.EMAIL):
        assert unsubscribing.read(token_of(parent, way)).channel == way


def test_who_reads_a_mailbox_that_she_left_stops_nothing(sink, parent):
    """A link in any mail of then stopped what comes to the address of now, as often as she allowed it again."""
    then = in_header(mailed(sink, parent)).removeprefix(given.BASE_URL)
    Account.objects.filter(person=parent).update(email="new@example.org")
    assert Client().post(then, ONE_CLICK).status_code == 200
    assert ways(parent) == ["email"]
    assert not AuditEntry.objects.filter(kind="outreach.channel.stopped").exists()
    Account.objects.filter(person=parent).update(email=None)
    Client().post(then, ONE_CLICK)
    assert ways(parent) == ["email"]
    Account.objects.filter(person=parent).update(email="parent1@example.org")
    Client().post(then, ONE_CLICK)
    assert ways(parent) == []


def test_it_signs_nobody_in(parent):
    visitor = Client()
    visitor.post(link(parent), ONE_CLICK)
    assert "_auth_user_id" not in visitor.session
    assert not SignIn.objects.exists()
    assert visitor.get(reverse("my:home")).status_code == 302


def test_it_is_the_only_address_without_our_form():
    from django.urls import URLPattern

    def patterns(resolver):
        for entry in resolver.url_patterns:
            yield from [entry] if isinstance(entry, URLPattern) else patterns(entry)

    ours = [one for one in patterns(get_resolver()) if hasattr(one.callback, "audience")]
    assert len(ours) > 60
    assert [one.name for one in ours if getattr(one.callback, "csrf_exempt", False)] == ["stop"]


# --- which mails carry it -------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", sorted(CLOSED_LIST))
def test_what_cannot_be_stopped_does_not_say_how(sink, parent, purpose):
    mail = mailed(sink, parent, purpose, code="815162" if purpose in CODES else "")
    assert "List-Unsubscribe" not in mail
    assert "/stop/" not in mail.get_content()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_link_is_in_the_language_of_the_mail(sink, language):
    person = make_parent(1, language=language)
    wants(person, now=BEFORE)
    mail = mailed(sink, person)
    assert f"{given.BASE_URL}/{language}/account/stop/" in mail["List-Unsubscribe"]
    page = Client().get(in_header(mail).removeprefix(given.BASE_URL)).content.decode()
    assert f'<html lang="{language}"' in page
