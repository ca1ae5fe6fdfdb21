"""What the database itself insists on: each constraint of ours is broken once, past the code, and holds.

A constraint without a way to break it here fails, and so does a way without a constraint.
"""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint
from django.utils import timezone

from groups.actions.drafts import save_draft
from groups.models import Conversation, Draft, Facilitation, Group, Invitation, Membership, Message
from moderation.actions.reports import tell_team
from moderation.models import Report, Review
from outreach.models import (
    Around,
    ContactMoment,
    Delivery,
    DutyShift,
    Leave,
    Notice,
    Override,
    Place,
    Round,
    RoundLine,
    StaffedHours,
    StaffWord,
    StandIn,
    Task,
)
from people.models import Account, NewWayIn, Person, RoleGrant
from people.vocabulary import Role
from tests.access.addresses import examples

pytestmark = pytest.mark.django_db
AREAS = ("groups", "moderation", "people", "outreach")
NOW = timezone.now()


def changed(model, to: dict, **where):
    """One row, with values that do not go together."""
    rows = model.objects.filter(**where)
    return lambda: model.objects.filter(pk=rows.first().pk).update(**to)


def twice(model, **where):
    """The same row again under an id of its own."""

    def write():
        row = model.objects.filter(**where).first()
        row.pk = model._meta.pk.get_default()
        row.save(force_insert=True)

    return write


LEASED = {"state": "leased", "lease_until": NOW, "settled_at": None, "due_at": NOW, "purpose": "new_in_space"}


def two_leases():
    one = Delivery.objects.create(person=Notice.objects.first().person, channel="email", created_at=NOW, **LEASED)
    one.pk = Delivery._meta.pk.get_default()
    one.save(force_insert=True)


def place(staff: str = "", number: int = 1):
    """A second place of the same family: for the same professional, or with the same number."""
    first = Place.objects.first()
    there = Place.objects.filter(family_id=first.family_id).values("staff")
    other = Person.objects.filter(is_staff=True).exclude(pk__in=there).first() if staff else first.staff
    Place.objects.create(
        family_id=first.family_id, staff=other, number=number if not staff else first.number, ceiling=first.ceiling
    )


BREAKS = {
    "groups_one_place_for_announcements": twice(Conversation, kind="announcements"),
    "groups_conversation_closed_when_and_by_whom": changed(Conversation, {"closed_at": NOW}, closed_at=None),
    "groups_one_draft": twice(Draft),
    "groups_closed_by_has_a_moment": changed(Group, {"closed_by_id": "x"}, closed_at=None),
    "groups_cap_is_not_zero": changed(Group, {"cap": 0}),
    "groups_one_open_facilitation": twice(Facilitation, withdrawn_at=None),
    "groups_withdrawn_by_has_a_moment": changed(Facilitation, {"withdrawn_by_id": "x"}, withdrawn_at=None),
    "groups_one_membership_of_a_parent": twice(Membership, pseudonym_key=None),
    "groups_one_of_a_name": lambda: Membership.objects.filter(
        pseudonym_key__isnull=False, group=Group.objects.get(key="ouders")
    ).update(pseudonym_key="the same for all"),
    "groups_admitted_by_has_a_moment": changed(
        Membership, {"admitted_by_id": "x", "admitted_at": None}, status="applied"
    ),
    "groups_admitted_has_a_moment": changed(
        Membership, {"admitted_at": None, "admitted_by_id": ""}, status="admitted"
    ),
    "groups_ended_has_a_moment": changed(Membership, {"status": "left", "ended_at": None}, status="applied"),
    "groups_revoked_by_has_a_moment": changed(Invitation, {"revoked_by_id": "x"}, revoked_at=None),
    "groups_used_or_revoked_not_both": changed(Invitation, {"revoked_at": NOW}, used_at__isnull=False),
    "groups_sequence": twice(Message, status="published", client_key=""),
    "groups_one_message_a_key": lambda: Message.objects.filter(
        author_id=Message.objects.filter(status="held").first().author_id
    ).update(client_key="the same for all"),
    "groups_shown_messages_have_a_place": changed(Message, {"status": "published"}, status="held"),
    "groups_decided_by_has_a_moment": changed(Message, {"decided_by_id": "x", "decided_at": None}, status="held"),
    "moderation_told_once": twice(Report),
    "moderation_one_open_review_a_subject": twice(Review, settled_at=None),
    "moderation_claimed_when_and_by_whom": changed(Review, {"claimed_at": NOW, "claimed_by_id": ""}),
    "moderation_settled_when_and_how": changed(Review, {"settled_at": NOW, "outcome": ""}, settled_at=None),
    "people_frozen_when_and_by_whom": changed(Account, {"frozen_at": NOW}, frozen_at=None),
    "people_one_grant_of_a_role": twice(RoleGrant, withdrawn_at=None),
    "people_withdrawn_when_and_by_whom": changed(RoleGrant, {"withdrawn_at": NOW}, withdrawn_at=None),
    "people_second_person_confirms": lambda: NewWayIn.objects.update(issued_by_id="x", confirmed_by_id="x"),
    "outreach_one_sending_at_a_time": two_leases,
    "outreach_lease_has_an_end": lambda: Delivery.objects.update(**LEASED | {"lease_until": None}),
    "outreach_settled_has_a_moment": lambda: Delivery.objects.update(
        state="sent", lease_until=None, settled_at=None
    ),
    "outreach_one_unread_notice_of_a_thing": twice(Notice, read_at=None),
    "outreach_notice_is_read_or_not": changed(Notice, {"read_at": NOW}, read_at=None),
    "outreach_one_opening_at_a_time": twice(StaffedHours),
    "outreach_opens_then_closes": lambda: StaffedHours.objects.update(opens="12:00", closes="11:00"),
    "outreach_a_day_of_the_week": changed(StaffedHours, {"weekday": 7}),
    "outreach_one_place_a_professional": lambda: place(number=2),
    "outreach_a_place_holds_one": lambda: place(staff="x"),
    "outreach_no_place_above_the_ceiling": changed(Place, {"number": 4, "ceiling": 3}),
    "outreach_around_someone_once": twice(Around, ended_at=None, is_contact_person=False),
    "outreach_one_contact_person": lambda: Around.objects.filter(
        person_id=StandIn.objects.first().person_id
    ).update(is_contact_person=True),
    "outreach_around_ended_when_and_by_whom": changed(Around, {"ended_at": NOW}, ended_at=None),
    "outreach_unasked_stands_there": changed(Around, {"unasked_since": NOW, "agreed_at": None}),
    "outreach_leave_has_length": changed(Leave, {"ends_at": NOW, "starts_at": NOW}),
    "outreach_shift_has_length": changed(DutyShift, {"ends_at": NOW, "starts_at": NOW}),
    "outreach_one_shift_at_a_time": twice(DutyShift),
    "outreach_one_stand_in": twice(StandIn),
    "outreach_moment_written_once": twice(ContactMoment, client_key="once"),
    "outreach_task_ends_once": changed(
        Task, {"done_at": NOW, "done_by_id": "x", "withdrawn_at": NOW, "reason": "quiet"}
    ),
    "outreach_task_done_when_and_by_whom": changed(Task, {"done_at": NOW, "done_by_id": ""}),
    "outreach_task_withdrawn_and_why": changed(Task, {"withdrawn_at": NOW, "reason": ""}),
    "outreach_one_message_past_the_wish": lambda: Delivery.objects.update(override=Override.objects.first()),
    "outreach_override_confirmed_when_and_by_whom": changed(
        Override, {"confirmed_by_id": ""}, confirmed_at__isnull=False
    ),
    "outreach_override_takes_two": changed(
        Override, {"asked_by_id": "x", "confirmed_by_id": "x"}, confirmed_at__isnull=False
    ),
    "outreach_override_used_after_confirming": changed(
        Override, {"used_at": NOW, "confirmed_at": None, "confirmed_by_id": "", "ends_at": None}
    ),
    "outreach_override_used_in_time": changed(
        Override, {"used_at": NOW + timedelta(days=1)}, confirmed_at__isnull=False
    ),
    "outreach_override_has_a_reason": changed(Override, {"because": ""}),
    "outreach_override_in_danger_only": changed(Override, {"danger": "a death"}),
    "outreach_round_confirmed_when_and_by_whom": changed(Round, {"confirmed_at": NOW}, confirmed_at=None),
    "outreach_round_closed_when_and_by_whom": changed(Round, {"closed_at": NOW, "closed_by_id": ""}),
    "outreach_in_a_round_once": twice(RoundLine),
    "outreach_outcome_when_and_by_whom": changed(RoundLine, {"outcome": "spoke", "outcome_at": None}),
    "outreach_a_word_once": twice(StaffWord),
    "outreach_word_answered_when": changed(StaffWord, {"answer": "thanks", "answered_at": None}),
}  # fmt: skip


def ours() -> dict:
    models = [model for model in apps.get_models() if model._meta.app_label in AREAS]
    return {one.name: (model, one) for model in models for one in model._meta.constraints}


def test_every_constraint_has_a_way_to_break_it():
    assert set(ours()) == set(BREAKS)


@pytest.fixture
def full(town):
    """The town with a row in every table that holds a constraint."""
    examples(town)  # a way in that was handed out
    place = town.world.conversations["Wat zeggen jullie tegen de andere kinderen?"]
    save_draft(conversation=place, text="Nog niet klaar", by=town.actor(Role.PARENT))
    els = Message.objects.filter(conversation=place, author_id=town.world.person_id("els"), status="published").first()
    tell_team(kind="message", subject_id=els.pk, team_id=place.group_id, by=town.actor(Role.PARENT), words="Au")
    Delivery.objects.create(
        person=town.accounts[Role.PARENT].person, channel="email", purpose="new_in_space", created_at=NOW, due_at=NOW
    )
    Message.objects.filter(pk=els.pk).update(client_key="")
    _in_contact(town)
    return town


def _in_contact(town) -> None:
    """A second professional around the parent, a stand-in, and contact moments that carry a key."""
    mine = Around.objects.filter(is_contact_person=True, ended_at=None).first()
    other = Person.objects.filter(is_staff=True).exclude(pk=mine.staff_id).first()
    beside = Place.objects.create(family_id=mine.place.family_id, staff=other, number=2, ceiling=3)
    Around.objects.create(person=mine.person, staff=other, place=beside, asked_at=NOW, asked_by_id=other.pk)
    leave = Leave.objects.create(staff=mine.staff, starts_at=NOW, ends_at=NOW + timedelta(days=1))
    StandIn.objects.create(person=mine.person, leave=leave, staff=other, named_at=NOW)
    ContactMoment.objects.create(
        person=mine.person, by_id=other.pk, at=NOW, how="call", outcome="spoke", client_key="once", written_at=NOW
    )


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_the_database_refuses_what_does_not_go_together(full, name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BREAKS[name]()
    model, constraint = ours()[name]
    # SQLite says of a unique constraint only which columns; everything else is named.
    if isinstance(constraint, CheckConstraint) or connection.vendor == "postgresql":
        assert name in str(refused.value)
    else:
        assert any(f"{model._meta.db_table}.{field}" in str(refused.value) for field in constraint.fields)
