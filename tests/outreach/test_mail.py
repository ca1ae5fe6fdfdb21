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
from outreach.vocabulary import CLOSED_LIST, CODES, ONLY_THERE, Purpose
from people.vocabulary import Rhythm
from tests.smtp_sink import SmtpSink

from .conftest import NOON, make_parent, wants
from .denied import CANARIES, DENIED

LANGUAGES = [code for code, _ in settings.LANGUAGES]
TOKEN = re.compile(r"(?<=/account/stop/)[A-Za-z0-9_-]{54}(?=/)")


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


# Who asked for contact is written to by somebody of the team; word of her own wish is never mailed.
NEVER_MAILED = ONLY_THERE | {Purpose.CONTACT_ASKED}
RINGS = [purpose for purpose in Purpose if purpose not in NEVER_MAILED | {Purpose.URGENT}]


@pytest.mark.django_db
@pytest.mark.parametrize(("purpose", "language", "discreet"), list(product(RINGS, LANGUAGES, [True, False])))
def test_no_part_of_any_mail_tells_anything(sink, purpose, language, discreet):
    person = make_parent(1, language=language, name="KANARIE-naam")
    wants(person, discreet=discreet)
    code = "815162" if purpose in CODES else ""
    recipients, raw = send_one(sink, person, purpose, code, subject="KANARIE-groep", subject_id="KANARIE-bericht")
    mail = parsed(raw)
    assert recipients == ["parent1@example.org"]
    assert not any(canary.encode() in raw for canary in CANARIES)
    values = [str(value) for name, value in mail.items() if name not in ("To", "Message-ID")]
    shown = TOKEN.sub("", "\n".join([*values, mail.get_content()]))
    assert DENIED.search(shown) is None, DENIED.search(shown)
    assert mail.get_content_type() == "text/plain"
    can_stop = set() if purpose in CLOSED_LIST else {"List-Unsubscribe", "List-Unsubscribe-Post"}
    assert set(mail.keys()) == can_stop | {
        "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted",
        "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    start = f"{settings.BASE_URL}/{language}/"
    links = [TOKEN.sub("", link) for link in re.findall(r"https?://\S+", mail.get_content())]
    assert links == ([] if code else [start, f"{start}account/stop//"] if can_stop else [start])
    assert mail["From"] == f"Kring <{settings.DEFAULT_FROM_EMAIL}>"
    preheader = mail.get_content().splitlines()[0]
    assert code or preheader == mail["Subject"]
    assert not code or (code in mail.get_content() and code not in mail["Subject"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "language", [pytest.param(one, marks=[pytest.mark.db_free] if one != "nl" else []) for one in LANGUAGES]
)
def test_the_bytes_are_the_same_whatever_caused_them(sink, language):
    """And with them the size. What is of the closed list differs from the rest only in not saying how to stop it."""
    seen, sizes = set(), set()
    for purpose in sorted(set(RINGS) - CLOSED_LIST):
        person = make_parent(purpose, email=None, language=language)
        person.account.email = "same@example.org"
        person.account.save()
        wants(person)
        _, raw = send_one(sink, person, purpose, subject="x" * len(seen), subject_id=purpose)
        seen.add(TOKEN.sub("", re.sub(r"(?m)^(Message-ID|Date): .*\r?\n", "", raw.decode())))
        sizes.add(len(raw))
        assert re.search(rb"(?m)^Message-ID: <[A-Za-z0-9_-]{22}@127\.0\.0\.1>\r?$", raw)
        person.account.delete()
    assert (len(seen), len(sizes)) == (1, 1)


def test_over_one_line_each_mail_is_a_mail_of_its_own(sink):
    """Refusals of one, and a server that hangs up in between, change nothing for the others."""
    text = channel.compose(language="nl")
    with channel.one_line():
        channel.send(address="a@example.org", text=text, message_id="1")
        sink.answer["RCPT"] = "550 no such mailbox"
        with pytest.raises(Permanent, match="address_refused"):
            channel.send(address="b@example.org", text=text, message_id="2")
        sink.answer.clear()
        with pytest.raises(Permanent, match="address_unwritable"):
            channel.send(address="b@example.org\nBcc: c@example.org", text=text, message_id="3")
        channel.send(address="d@example.org", text=text, message_id="4")
        assert sink.lines == 1
        sink.hang_up()
        channel.send(address="e@example.org", text=text, message_id="5")
        sink.answer["END"] = "452 full"
        with pytest.raises(Temporary, match="mail_refused"):
            channel.send(address="f@example.org", text=text, message_id="6")
        sink.answer.clear()
        channel.send(address="g@example.org", text=text, message_id="7")
    channel.send(address="h@example.org", text=text, message_id="8")
    assert [recipients for recipients, _ in sink.mails] == [[f"{one}@example.org"] for one in "adegh"]
    assert sink.lines == 4


def test_a_line_to_a_server_that_is_gone_fails_as_any_other(settings):
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    with channel.one_line():
        for _ in range(2):
            with pytest.raises(Temporary, match="server_away"):
                channel.send(address="a@example.org", text=channel.compose(language="nl"), message_id="x")


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
