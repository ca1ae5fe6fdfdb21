"""Accounts, households, marks, and what is kept how long."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import AuditEntry
from people import keep_apart as marks
from people import passphrases, relations
from people.actions import accounts, households, keep_apart, organisations, retention
from people.actor import ANONYMOUS, PORTAL
from people.models import Account, Household, KeepApart, KnownDevice, SignIn
from people.policy import Refused
from people.signals import kept_apart
from people.vocabulary import Reason, Role
from tests.people.conftest import PASSWORD, as_actor, sign_in

pytestmark = pytest.mark.django_db


def open_one(**more):
    return accounts.open_account(**{"language": "nl", "password": PASSWORD, "by": PORTAL, **more})


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar", "tr"])
def test_an_account_gets_three_words_in_her_language_and_she_signs_in_with_them(client, language):
    account = open_one(language=language)
    assert set(account.sign_in_name.split("-")) <= {passphrases.normalised(w) for w in passphrases.words(language)}
    assert sign_in(client, account.sign_in_name.replace("-", " ")).status_code == 302


def test_a_name_in_use_is_drawn_again(monkeypatch):
    drawn = iter(["maan-bos-peer", "maan-bos-peer", "roos-vis-ster"])
    monkeypatch.setattr(passphrases, "three_words", lambda language: next(drawn))
    assert [open_one().sign_in_name, open_one().sign_in_name] == ["maan-bos-peer", "roos-vis-ster"]


def test_an_account_is_opened_by_who_may_with_a_good_password():
    with pytest.raises(Refused):
        open_one(by=ANONYMOUS)
    with pytest.raises(ValidationError):
        open_one(password="too short")
    assert not Account.objects.exists()


def test_an_address_in_use_is_refused_without_saying_so(parent):  # G18
    open_one(email="els@demo.invalid")
    assert accounts.set_email(account=parent, email="els@demo.invalid", by=as_actor(parent)) is False
    parent.refresh_from_db()
    assert parent.email is None


def test_an_address_can_be_added_and_taken_away(parent):
    assert accounts.set_email(account=parent, email="Els@Demo.invalid", by=as_actor(parent))
    assert Account.objects.get(pk=parent.pk).email == "els@demo.invalid"
    assert accounts.set_email(account=parent, email=None, by=as_actor(parent))
    assert Account.objects.get(pk=parent.pk).email is None


def test_nobody_changes_the_account_of_another(parent):  # G2
    other = as_actor(open_one())
    for act in (
        lambda: accounts.change_password(account=parent, password=PASSWORD, by=other),
        lambda: accounts.set_email(account=parent, email="x@demo.invalid", by=other),
        lambda: accounts.freeze(account=parent, by=other),
    ):
        with pytest.raises(Refused):
            act()


def test_freezing_needs_a_who_and_the_database_insists(parent):
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=parent.pk).update(frozen_at=timezone.now())
    for _ in range(2):
        accounts.freeze(account=parent, by=PORTAL)
    assert AuditEntry.objects.filter(kind="people.account.frozen").count() == 1
    accounts.unfreeze(account=parent, by=PORTAL)
    assert Account.objects.get(pk=parent.pk).frozen_by_id == ""


@pytest.fixture
def two(parent):
    return parent.person_id, open_one().person_id


@pytest.fixture
def knows(two, facilitator, monkeypatch):
    monkeypatch.setitem(relations._RELATIONS, "accompanies", [lambda person: {two[0]}])
    return as_actor(facilitator)


def test_a_mark_is_told_once_on_commit_and_names_nobody(two, knows, django_capture_on_commit_callbacks):  # G11
    heard = []
    kept_apart.connect(listener := lambda **told: heard.append(set(told["person_ids"])))
    try:
        with django_capture_on_commit_callbacks(execute=True):
            assert keep_apart.mark(one=two[0], other=two[1], because="court order", by=knows)
            assert not keep_apart.mark(one=two[1], other=two[0], because="court order", by=knows)
    finally:
        kept_apart.disconnect(listener)
    assert heard == [set(two)]
    assert marks.any_marked(two[1], [two[0]])
    entry = AuditEntry.objects.get(kind="people.keep_apart.marked")
    assert not any(person in f"{entry.subject_id} {entry.details}" for person in two)


def test_a_mark_is_lifted_with_a_reason(two, knows):
    keep_apart.mark(one=two[0], other=two[1], because="court order", by=knows)
    with pytest.raises(Refused) as refusal:
        keep_apart.lift(one=two[0], other=two[1], because="", by=knows)
    assert refusal.value.reason == Reason.NEEDS_REASON
    assert keep_apart.lift(one=two[1], other=two[0], because="they made peace", by=knows)
    assert not KeepApart.objects.exists()


def test_only_who_knows_one_of_them_marks(two, invite, parent):
    for actor in (
        as_actor(invite(Role.FACILITATOR, "other@demo.invalid")),
        as_actor(invite(Role.EDITOR, "lien@demo.invalid")),
        as_actor(parent),
    ):
        with pytest.raises(Refused):
            keep_apart.mark(one=two[0], other=two[1], because="x", by=actor)
    assert keep_apart.mark(
        one=two[0], other=two[1], because="x", by=as_actor(invite(Role.COORDINATOR, "marc@demo.invalid"))
    )


def test_a_person_is_in_one_household(two, knows):
    household = households.make(person_ids=[two[0]], by=knows)
    households.add_member(household=household, person_id=two[1], by=knows)
    households.add_member(household=household, person_id=two[1], by=knows)
    assert household.members.count() == 2
    with pytest.raises(Refused):
        households.make(person_ids=list(two), by=knows)
    assert Household.objects.count() == 1
    households.remove_member(household=household, person_id=two[1], by=knows)
    assert household.members.count() == 1


def test_only_who_knows_one_of_them_changes_a_household_and_never_ones_own(two, knows, invite, monkeypatch):
    hers = {knows.person_id: {two[0]}}
    monkeypatch.setitem(relations._RELATIONS, "accompanies", [lambda person: hers.get(person, set())])
    household = households.make(person_ids=[two[0]], by=knows)
    stranger = as_actor(invite(Role.FACILITATOR, "other@demo.invalid"))
    acts = (
        lambda by, person_id: households.make(person_ids=[person_id], by=by),
        lambda by, person_id: households.add_member(household=household, person_id=person_id, by=by),
        lambda by, person_id: households.remove_member(household=household, person_id=person_id, by=by),
    )
    for by, person_id, reason in (
        (stranger, two[1], Reason.NOT_YOURS),
        (knows, knows.person_id, Reason.OWN_CASE),
    ):
        for act in acts:
            with pytest.raises(Refused) as refusal:
                act(by, person_id)
            assert refusal.value.reason == reason
    assert list(household.members.values_list("person_id", flat=True)) == [two[0]]
    assert Household.objects.count() == 1


def test_the_coordinator_says_whom_secrecy_binds(invite):
    coordinator = as_actor(invite(Role.COORDINATOR, "marc@demo.invalid"))
    for secrecy in (True, True, False):
        organisations.keep_organisation(name="CAW", professional_secrecy=secrecy, by=coordinator)
    kinds = AuditEntry.objects.filter(kind__startswith="people.organisation").values_list("kind", flat=True)
    assert list(kinds) == ["people.organisation.added", "people.organisation.changed"]


def test_what_is_old_goes(client, parent):  # G42
    sign_in(client)
    client.post("/nl/account/logout/")
    retention.forget_old(now=timezone.now() + timedelta(days=89))
    assert SignIn.objects.exists()
    assert KnownDevice.objects.exists()
    gone = retention.forget_old(now=timezone.now() + timedelta(days=91))
    assert gone["sign_ins"]
    assert not SignIn.objects.exists()
    assert not KnownDevice.objects.exists()
    assert retention.forget_old(now=timezone.now() + timedelta(days=91)).get("sign_ins") == 0


def test_every_field_is_classified(db):  # G42
    from django.apps import apps

    from people.personal_data import NOT_PERSONAL, PERSONAL

    fields = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("people").get_models()
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
    }
    assert fields == set(PERSONAL) | NOT_PERSONAL
    assert not set(PERSONAL) & NOT_PERSONAL
