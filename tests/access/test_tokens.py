"""Addresses that open with what stands in them: nothing in an answer tells what became of a secret (G2, G13).

Used, run out, revoked, of a group that closed, of somebody else's kind, never made: one answer, byte for byte, to
looking and to pressing the button.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from groups import ways_in
from groups.actions import groups, invitations
from groups.models import Invitation
from people import codes
from people.actions import accounts, recovery, staff
from people.actor import PORTAL
from people.models import Account, NewWayIn, StaffInvitation
from people.queries import actor_of
from people.vocabulary import Role
from vault.ids import new_id

from .test_foreign_ids import answer, difference
from .test_matrix import ask

pytestmark = pytest.mark.django_db
METHODS = ("get", "head", "post", "put", "delete", "options")
PASSWORD = "gordijn-akker-ladder-31"
LONG_AGO = timedelta(days=400)


def dead_invitations(town) -> dict[str, Invitation]:
    """An invitation of each way to end, all of the group that most people of the town know."""
    facilitator, group = town.actor(Role.FACILITATOR), town.world.groups["ouders"]

    def issued(**more):
        return invitations.issue_invitation(group=group, by=facilitator, **more).invitation

    dead = {name: issued() for name in ("used", "revoked")}
    dead["run out"] = issued(now=timezone.now() - LONG_AGO)
    invitations.enter_with_invitation(
        invitation_id=dead["used"].pk, language="nl", password=PASSWORD, pseudonym="Wilg", key=new_id()
    )
    invitations.revoke_invitation(invitation=dead["revoked"], by=facilitator)
    shut = town.world.groups["opvoeding"]
    dead["of a closed group"] = invitations.issue_invitation(group=shut, by=facilitator).invitation
    groups.close_group(group=shut, by=town.world.actor("marc"))
    return dead


def answers_to(urls: dict[str, str], secrets: dict[str, str], client: Client, method: str) -> dict[str, tuple]:
    return {name: answer(ask(client, url, method), secrets[name]) for name, url in urls.items()}


def alike(answers: dict[str, tuple]) -> list[str]:
    """Those that differ from the answer to what was never made."""
    never = answers["never made"]
    return [f"{name}: {difference(one, never)}" for name, one in answers.items() if one != never]


@pytest.mark.parametrize("role", [Role.ANONYMOUS, Role.PARENT_OF_ANOTHER_GROUP, Role.FACILITATOR])
def test_a_link_that_opens_nothing_says_nothing_of_why(town, role):  # G2 G13
    dead = dead_invitations(town)
    secrets = {name: ways_in.link_of(one.pk) for name, one in dead.items()} | {"never made": ways_in.link_of(new_id())}
    live = invitations.issue_invitation(group=town.world.groups["ouders"], by=town.actor(Role.FACILITATOR)).link
    with translation.override("nl"):
        urls = {name: reverse("invitation_link", args=[link]) for name, link in secrets.items()}
        opening = reverse("invitation_link", args=[live])
    client = town.client(role)
    for method in METHODS:
        assert alike(answers_to(urls, secrets, client, method)) == [], method
    looked = answer(ask(client, opening, "get"), live)
    assert looked == answer(ask(client, urls["used"], "get"), secrets["used"])  # nor does looking tell that it is alive
    if role != Role.FACILITATOR:
        assert answer(ask(client, opening, "post"), live) != answer(ask(client, urls["used"], "post"), secrets["used"])


def test_a_card_that_opens_nothing_says_nothing_of_why(town):  # G2 G13
    dead = dead_invitations(town)
    codes_of = {name: ways_in.code_of(one.pk) for name, one in dead.items()} | {"never made": ways_in.code_of(new_id())}
    with translation.override("nl"):
        url = reverse("invitation")
    answers = {
        name: answer(Client().post(url, {"code": code}), code, ways_in.code_in_fives(code))
        for name, code in codes_of.items()
    }
    assert alike(answers) == []


def test_a_staff_invitation_that_opens_nothing_says_nothing_of_why(town):  # G2
    tokens, now = {"never made": new_id()}, timezone.now()
    for name in ("used", "run out", "of someone frozen"):
        link = staff.invite_staff(
            role=Role.EDITOR, email=f"{new_id()}@demo.invalid".lower(), name="Vera", by=PORTAL, now=now
        )
        tokens[name] = link.rstrip("/").rpartition("/")[2]
    staff.accept_staff_invitation(token=tokens["used"], password=PASSWORD, by=PORTAL)
    rows = {name: StaffInvitation.objects.get(token=codes.digest("staff_invitation", tokens[name])) for name in tokens
            if name != "never made"}  # fmt: skip
    StaffInvitation.objects.filter(pk=rows["run out"].pk).update(expires_at=now - LONG_AGO)
    Account.objects.filter(pk=rows["of someone frozen"].account_id).update(frozen_at=now, frozen_by_id="marc")
    # The token as it lies in the database is not the one that opens.
    tokens["as it is stored"] = new_id()
    with translation.override("nl"):
        urls = {name: reverse("staff_invitation", args=[token]) for name, token in tokens.items()}
    for method in METHODS:
        assert alike(answers_to(urls, tokens, Client(), method)) == [], method
    pressed = {name: answer(Client().post(url, {"password": PASSWORD}), tokens[name]) for name, url in urls.items()}
    assert alike(pressed) == []


@pytest.fixture
def one_suggestion(monkeypatch):
    """Pages with a new password suggest other words every time; here always the same."""
    monkeypatch.setattr("people.passphrases.suggest", lambda language: "vijver-brood-kade-77")


def test_a_paper_that_opens_nothing_says_nothing_of_why(town, one_suggestion):  # G2
    facilitator, group = town.actor(Role.FACILITATOR), town.world.groups["ouders"]
    papers = {}
    for name, key in (("used", "els"), ("replaced", "karim"), ("run out", "amina")):
        account = Account.objects.select_related("person").get(pk=town.world.accounts[key].pk)
        papers[name] = recovery.issue_new_way_in(account=account, by=facilitator, group_id=group.pk)
    recovery.use_new_way_in(code=papers["used"], password=PASSWORD, by=PORTAL)
    karim = Account.objects.select_related("person").get(pk=town.world.accounts["karim"].pk)
    recovery.issue_new_way_in(account=karim, by=facilitator, group_id=group.pk)
    NewWayIn.objects.filter(account=town.world.accounts["amina"]).update(expires_at=timezone.now() - LONG_AGO)
    papers["never made"] = codes.new_code()
    with translation.override("nl"):
        url = reverse("new_way_in")
    answers = {
        name: answer(Client().post(url, {"code": code, "password": PASSWORD}), code, codes.as_meant(code))
        for name, code in papers.items()
    }
    assert alike(answers) == []
    assert actor_of(karim, second_factor=True).hold is None


def test_a_frozen_account_has_no_paper_either(town, one_suggestion):  # G2 G24
    facilitator, group = town.actor(Role.FACILITATOR), town.world.groups["ouders"]
    account = Account.objects.select_related("person").get(pk=town.world.accounts["els"].pk)
    paper = recovery.issue_new_way_in(account=account, by=facilitator, group_id=group.pk)
    accounts.freeze(account=account, by=facilitator)
    with translation.override("nl"):
        url = reverse("new_way_in")
    never = codes.new_code()
    given = [
        answer(Client().post(url, {"code": code, "password": PASSWORD}), code, codes.as_meant(code))
        for code in (paper, never)
    ]
    assert given[0] == given[1], difference(*given)
