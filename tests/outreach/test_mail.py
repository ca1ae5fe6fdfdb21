"""What really leaves the house: over SMTP to a sink on this computer, and nothing in it tells anything (G34)."""

import email
import re
from email import policy
from itertools import product

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from outreach import worker
from outreach.actions import reach
from outreach.channels import Permanent, Temporary
from outreach.channels import email as channel
from outreach.models import Attempt
from outreach.vocabulary import CODES, ONLY_THERE, Purpose
from people.vocabulary import Rhythm
from tests.smtp_sink import SmtpSink

from .conftest import NOON, make_parent, wants

LANGUAGES = [code for code, _ in settings.LANGUAGES]
CANARIES = ("KANARIE-groep", "KANARIE-naam", "KANARIE-bericht")
DENIED = re.compile(
    "|".join(
        [
            *CANARIES,
            # words of the matter, in nl fr en ar tr
            r"groep|ouder|moeder|vader|vertrok|terug|steun|begeleid|bericht|kind|zoon|dochter|radical|syri|justitie",
            r"groupe|parent|m[eè]re|p[eè]re|soutien|accompagn|message|enfant|fils|fille|d[eé]part",
            r"group|mother|father|support|facilitat|child|moderat|announcement|departed",
            "مجموعة|آباء|أمهات|رسالة|ابن|ابنة|دعم|مرافقة|سوريا",
            "grup|ebeveyn|anne|baba|mesaj|çocuk|destek|danışman|suriye",
            "contact-needs|sign_in|decision|new_in_space|kring_|team_task",
        ]
    ),
    re.IGNORECASE,
)


@pytest.fixture
def sink(settings):
    with SmtpSink() as running:
        settings.EMAIL_URL = running.url
        yield running


def parsed(raw: bytes):
    return email.message_from_bytes(raw, policy=policy.default)


def send_one(sink, person, purpose, code="", **about):
    sink.mails.clear()
    reach(person_id=person.pk, purpose=purpose, code=code, now=NOON, **about)
    worker.run_once(NOON)
    return sink.mails[0] if sink.mails else None


RINGS = [purpose for purpose in Purpose if purpose not in ONLY_THERE | {Purpose.URGENT}]


@pytest.mark.django_db
@pytest.mark.parametrize(("purpose", "language"), list(product(RINGS, LANGUAGES)))
def test_no_part_of_any_mail_tells_anything(sink, purpose, language):
    person = make_parent(1, language=language, name="KANARIE-naam")
    wants(person)
    code = "815162" if purpose in CODES else ""
    recipients, raw = send_one(sink, person, purpose, code, subject="KANARIE-groep", subject_id="KANARIE-bericht")
    mail = parsed(raw)
    assert recipients == ["parent1@example.org"]
    assert not any(canary.encode() in raw for canary in CANARIES)
    values = [str(value) for name, value in mail.items() if name not in ("To", "Message-ID")]
    shown = "\n".join([*values, mail.get_content()])
    assert DENIED.search(shown) is None, DENIED.search(shown)
    assert mail.get_content_type() == "text/plain"
    assert set(mail.keys()) == {
        "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted",
        "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert re.findall(r"https?://\S+", mail.get_content()) == ([] if code else [f"{settings.BASE_URL}/{language}/"])
    assert not code or (code in mail.get_content() and code not in mail["Subject"])


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bytes_are_the_same_whatever_caused_them(sink, language):
    seen = set()
    for purpose in sorted(set(RINGS) - CODES):
        person = make_parent(purpose, email=None, language=language)
        person.account.email = "same@example.org"
        person.account.save()
        wants(person)
        _, raw = send_one(sink, person, purpose, subject="x" * len(seen), subject_id=purpose)
        seen.add(re.sub(rb"(?m)^(Message-ID|Date): .*\r?\n", b"", raw))
        assert re.search(rb"(?m)^Message-ID: <[A-Za-z0-9_-]{22}@127\.0\.0\.1>\r?$", raw)
        person.account.delete()
    assert len(seen) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "answer", "failure", "kind"),
    [
        ("RCPT", "550 no such mailbox", Permanent, "address_refused"),
        ("RCPT", "451 later", Temporary, "address_refused"),
        ("END", "554 no", Permanent, "mail_refused"),
        ("END", "452 full", Temporary, "mail_refused"),
        ("MAIL", "550 who are you", Temporary, "our_sender_refused"),
    ],
)
def test_a_refusing_server_fails_in_the_right_manner(sink, parent, verb, answer, failure, kind):
    sink.answer[verb] = answer
    reach(person_id=parent.pk, purpose=Purpose.DECISION, now=NOON)
    counts = worker.run_once(NOON)
    assert (counts.failed, counts.failed_for_now) == ((1, 0) if failure is Permanent else (0, 1))
    assert Attempt.objects.get().reason == kind
    sink.answer.clear()


def test_a_server_that_is_away_is_temporary(settings):
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    with pytest.raises(Temporary, match="server_away"):
        channel.send(address="a@example.org", text=channel.compose(language="nl"), message_id="x")


def test_an_address_with_a_line_in_it_cannot_add_a_header(sink):
    with pytest.raises(Permanent, match="address_unwritable"):
        channel.send(address="a@example.org\nBcc: b@example.org", text=channel.compose(language="nl"), message_id="x")
    assert sink.mails == []


def test_no_server_is_a_temporary_failure_and_a_strange_one_is_refused(settings):
    settings.EMAIL_URL = ""
    with pytest.raises(Temporary, match="no_server_set"):
        channel.send(address="a@example.org", text=channel.compose(language="nl"), message_id="x")
    settings.EMAIL_URL = "consolemail://"
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        channel.send(address="a@example.org", text=channel.compose(language="nl"), message_id="x")


def test_the_sink_of_a_portal_on_this_computer_is_a_folder(settings, tmp_path):
    settings.EMAIL_URL, settings.DATA = "sink://", tmp_path
    channel.send(address="a@example.org", text=channel.compose(language="nl"), message_id="x")
    assert "a@example.org" in next((tmp_path / "mail").iterdir()).read_text()


@pytest.mark.django_db
def test_it_is_written_in_the_language_of_the_person_at_delivery(sink):
    person = make_parent(1, language="nl")
    wants(person, Rhythm.OFTEN)
    reach(person_id=person.pk, purpose=Purpose.DECISION, now=NOON)
    person.language = "tr"
    person.save()
    worker.run_once(NOON)
    assert f"{settings.BASE_URL}/tr/" in parsed(sink.mails[0][1]).get_content()
