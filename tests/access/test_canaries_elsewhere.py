"""The words of others, looked for where no page shows them: mails, and the file of 'my data' (G3)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from groups.models import Draft, Membership, Message
from moderation.models import Report
from outreach import worker
from outreach.actions.needs import set_needs
from outreach.vocabulary import Channel
from people.actions import accounts
from people.models import Account
from people.vocabulary import Rhythm, Role
from portal.demo.cast import PASSWORD
from tests.smtp_sink import SmtpSink

from .canaries import strew
from .happenings import things_happen
from .test_canaries import KEEP_APART, identities, lived_in  # noqa: F401 (a fixture)

# --- my data ----------------------------------------------------------------------------------------


def own_words(person_id: str) -> set[str]:
    """What this person wrote or is called by."""
    account = Account.objects.select_related("person").get(person_id=person_id)
    found = {account.email, account.sign_in_name, account.person.name}
    for rows, name in (
        (Message.objects.filter(author_id=person_id), "text"),
        (Draft.objects.filter(author_id=person_id), "text"),
        (Membership.objects.filter(person_id=person_id), "pseudonym"),
        (Report.objects.filter(by_id=person_id), "words"),
    ):
        found |= {getattr(row, name) for row in rows}
    return found - {"", None}


def once_inside(person_id: str) -> set[str]:
    """The names of the groups in which this person is or was; never of one whose door stayed shut."""
    rows = Membership.objects.filter(person_id=person_id, admitted_at__isnull=False)
    return {row.group.name for row in rows.select_related("group")}


@pytest.mark.django_db
def test_my_data_holds_ones_own_words_and_those_of_nobody_else(lived_in):  # noqa: F811  # G3
    canaries = strew(KEEP_APART)
    written_by_others = {"groups.Message.text", "groups.Draft.text", "groups.Membership.pseudonym",
                         "moderation.Report.words", "people.Account.email", "people.Account.sign_in_name"}  # fmt: skip
    files, foreign, own = 0, [], {}
    with translation.override("nl"):
        address = reverse("own_data_file")
    for name, (client, person) in identities(lived_in).items():
        answer = client.post(address, {"password": PASSWORD})
        if answer.status_code != 200:
            assert answer.status_code in (302, 404), (name, answer.status_code)
            continue
        files += 1
        mine, met = own_words(person), canaries.met_in(answer.content.decode())
        own[name] = met & mine
        foreign += [
            f"{name}: {canaries.places[word]}"
            for word in met - mine - once_inside(person)
            if canaries.places[word] in written_by_others or person not in (canaries.allowed[word] or {person})
        ]
    assert foreign == []
    assert files >= 6
    assert Membership.objects.filter(status="applied", person_id__in=[who for _, who in identities(lived_in).values()])
    assert len(own["parent"]) >= 5, own["parent"]
    assert all(own[name] for name in own)


# --- mails ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_no_mail_of_a_lived_through_world_holds_a_word_of_anybody(lived_in, settings):  # noqa: F811  # G3 G34
    """Whatever became due in the town, and what more happens while every word in it is marked."""
    town = lived_in
    with SmtpSink() as sink:
        settings.EMAIL_URL = sink.url
        for key in ("amina", "karim", "els"):
            set_needs(
                person_id=town.world.person_id(key),
                by=town.world.actor(key),
                rhythm=Rhythm.OFTEN,
                channels=(Channel.EMAIL,),
            )
        canaries = strew(KEEP_APART)
        things_happen(town)
        els = Account.objects.select_related("person").get(pk=town.world.accounts["els"].pk)
        accounts.freeze(account=els, by=town.actor(Role.FACILITATOR))
        for days in range(8):
            worker.run_once(timezone.now().replace(hour=11) + timedelta(days=days))
        mails = [raw.decode("utf-8", "replace") for _, raw in sink.mails]
    assert len(mails) >= 3
    addresses = {account.email for account in Account.objects.exclude(email=None)}
    for text in mails:
        assert {word for word in canaries.met_in(text) if word not in addresses} == set()
        assert len({address for address in addresses if address in text}) == 1  # the one it goes to
