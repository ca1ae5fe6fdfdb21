"""A word of its own in every private text: everyone reads all they can reach, and meets only what is theirs (G3)."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from groups.actions.drafts import save_draft
from groups.actions.invitations import issue_invitation
from groups.models import Conversation, Message
from groups.vocabulary import MessageStatus
from moderation.actions import reports, reviews
from moderation.models import Review
from people.models import Account
from people.vocabulary import Role
from tests.worlds import client_of

from .addresses import every_address, example_for, examples
from .canaries import AS_THEY_ARE, WHO, private_fields, strew
from .crawl import crawl

pytestmark = pytest.mark.django_db
KEEP_APART = ("Een oude ruzie.", "Spanning tussen de twee gezinnen sinds vorig jaar.")
PRIVATE = r"/nl/(my|g|work|account)/"
STARTS = ("/nl/", "/nl/my/", "/nl/my/groups/", "/nl/my/contact/", "/nl/work/", "/nl/work/reviews/", "/nl/work/groups/",
          "/nl/work/outreach/", "/nl/my/around/", "/nl/my/contacts/", "/nl/work/staff/",
          "/nl/account/email/", "/nl/help/")  # fmt: skip


@pytest.fixture
def lived_in(town_with_guidance):
    """The town with everything in it that can hold a word: drafts, things told to the team, decisions, open cards."""
    town = town_with_guidance
    place = town.world.conversations["Wat zeggen jullie tegen de andere kinderen?"]
    save_draft(conversation=place, text="Nog niet klaar", by=town.actor(Role.PARENT))
    els = Message.objects.filter(
        conversation=place, author_id=town.world.person_id("els"), status=MessageStatus.PUBLISHED
    ).first()
    reports.tell_team(
        kind="message", subject_id=els.pk, team_id=place.group_id, by=town.actor(Role.PARENT), words="Dit deed pijn"
    )
    facilitator = town.actor(Role.FACILITATOR)
    issue_invitation(group=place.group, for_name="De mama van Bilal", by=facilitator)
    told = Review.objects.filter(subject_id=els.pk, settled_at__isnull=True).first()
    reviews.claim(review=told, by=facilitator)
    return town


def identities(town) -> dict[str, tuple[Client, str | None]]:
    """Every role of the town, and everyone else who signs in there: a client, and whose eyes they are."""
    found = {role.value: (town.client(role), _person(town, role)) for role in Role}
    for key, account in town.world.accounts.items():
        if account not in town.accounts.values():
            found[key] = (client_of(Account.objects.get(pk=account.pk)), account.person_id)
    return found


def _person(town, role: Role) -> str | None:
    return town.accounts[role].person_id if role in town.accounts else None


def all_addresses(town) -> list[str]:
    """Every private address with the ids of the group `ouders`, which most of the town has no business with."""
    values = examples(town)
    with translation.override("nl"):
        return [
            reverse(address.name, kwargs=example_for(address, values, town))
            for address in every_address()
            if address.audience in ("members", "staff")
        ]


def test_every_private_text_says_who_may_meet_it():  # G3
    fields = set(private_fields())
    assert len(fields) > 15
    assert fields ^ set(WHO) == set()
    assert fields >= AS_THEY_ARE


@pytest.mark.db_free  # who may read what is asked of both databases by the cells of the matrix and by the doors
def test_nobody_meets_words_that_are_not_theirs(lived_in):  # G3
    town = lived_in
    addresses = [*STARTS, *all_addresses(town)]
    canaries = strew(KEEP_APART)
    assert {place.rpartition(".")[0] for place in canaries.places.values()} >= {
        "groups.Message", "groups.Draft", "groups.Membership", "groups.Invitation", "moderation.Report",
        "people.KeepApart", "people.Account", "people.Person", "people.ContactNeeds", "outreach.ContactMoment",
        "outreach.SafeContact",
    }  # fmt: skip
    foreign, own, opened = [], {}, {}
    for name, (client, person) in identities(town).items():
        # What visitors read is the same for all: only one of those who are signed in walks through it, too.
        everything = name in (Role.ANONYMOUS.value, Role.PARENT.value)
        seen = crawl(client, addresses, most=280, within="/" if everything else PRIVATE)
        opened[name], own[name] = seen.opened, set()
        for address, text in seen.texts.items():
            for word in canaries.met_in(text):
                allowed = canaries.allowed[word]
                if allowed is None or person in allowed:
                    own[name].add(canaries.places[word])
                else:
                    foreign.append(f"{name} met {canaries.places[word]} at {address}")
    assert foreign == []
    _the_crawl_saw_enough(own, opened)


def _the_crawl_saw_enough(own: dict[str, set[str]], opened: dict[str, int]) -> None:
    """A crawl that sees nothing finds nothing: each role met what is theirs, on many pages."""
    mine = {"groups.Message.text", "groups.Membership.pseudonym", "groups.Group.name", "groups.Conversation.subject"}
    assert own["parent"] >= {*mine, "groups.Draft.text", "people.Account.sign_in_name", "outreach.ContactMoment.note"}
    assert own["facilitator"] >= {*mine, "groups.Invitation.for_name", "moderation.Report.words"}
    assert own["facilitator"] >= {"outreach.ContactMoment.note", "people.ContactNeeds.hard_days", "people.Person.name"}
    assert own["parent_of_another_group"] >= mine
    assert own["moderator"] >= {"groups.Group.name"}
    assert own["coordinator"] >= {"groups.Group.name"}
    assert own["anonymous"] == set()
    for name, least in {"anonymous": 100, "parent": 100, "facilitator": 30, "coordinator": 15, "moderator": 8}.items():
        assert opened[name] >= least, (name, opened[name])


def test_the_rooms_of_editors_hold_no_private_word(lived_in):  # G3
    """Pages, history, choosers, reports and search of the whole CMS, as the only role that enters it."""
    town = lived_in
    canaries = strew(KEEP_APART)
    client = town.client(Role.EDITOR)
    word = next(word for word, place in canaries.places.items() if place == "groups.Message.text")
    searches = [f"/cms/pages/search/?q={word}", f"/cms/images/?q={word}", f"/cms/documents/?q={word}"]
    seen = crawl(client, ["/cms/", *searches], most=100, within="/cms/")
    assert seen.opened > 60
    person = town.accounts[Role.EDITOR].person_id
    foreign = [
        f"{canaries.places[met]} at {address}"
        for address, text in seen.texts.items()
        for met in canaries.met_in(text.replace(word, "") if "search" in address or "q=" in address else text)
        if canaries.allowed[met] is not None and person not in canaries.allowed[met]
    ]
    assert foreign == []


def test_a_word_in_the_wrong_place_would_be_seen(lived_in):  # G3
    """The control: a subject that holds the words of a draft is met by others, and the crawl says so."""
    town = lived_in
    canaries = strew(KEEP_APART)
    draft = next(word for word, place in canaries.places.items() if place == "groups.Draft.text")
    Conversation.objects.filter(group=town.world.groups["ouders"], kind="conversation").update(subject=draft)
    client, person = identities(town)["karim"]
    seen = crawl(client, ["/nl/my/groups/"], most=40)
    assert person not in canaries.allowed[draft]
    assert seen.texts_with(draft)
