"""Nothing outlives its term: one of everything is made old, the due jobs run, and nothing old is left (G42)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import AccessEntry
from audit.record import looked
from groups.models import Conversation, Draft, Group, Invitation, Membership, Message
from groups.vocabulary import MessageStatus
from moderation.actions import reports
from moderation.models import Report, Review
from outreach import jobs
from outreach.models import Delivery, Notice
from people.models import KnownDevice, NewWayIn, SignIn, StaffInvitation

pytestmark = pytest.mark.django_db
# Each table with a term, the date it counts from, and the term in days.
TERMS = [
    (Draft, "changed_at", 7),
    (Invitation, "expires_at", 30),
    (Message, "published_at", 365),
    (Review, "settled_at", 365),
    (Delivery, "settled_at", 90),
    (Notice, "read_at", 90),
    (SignIn, "ended_at", 90),
    (SignIn, "last_active_at", 90),
    (KnownDevice, "last_used_at", 90),
    (NewWayIn, "expires_at", 30),
    (StaffInvitation, "expires_at", 30),
    (Group, "closed_at", 365),
    (AccessEntry, "window", 730),
]


def run_jobs(now) -> None:
    for name, job in jobs.REGISTRY.items():
        if "publish" not in name:
            job.run(now)


def test_five_years_on_nothing_with_a_term_is_left_and_today_nothing_goes(town):
    now = timezone.now()
    looked(staff_id="s" * 22, person_ids=["p" * 22], purpose="review", now=now)
    group = town.world.groups["vaders"]
    Group.objects.filter(pk=group.pk).update(closed_at=now, closed_by_id="x")
    before = {model: model.objects.count() for model, _, _ in TERMS}
    assert sum(1 for count in before.values() if count) >= 8
    run_jobs(now + timedelta(seconds=1))
    kept = {model: model.objects.count() for model, _, _ in TERMS if model not in (Notice, Delivery)}
    assert kept == {model: before[model] for model in kept}
    later = now + timedelta(days=5 * 365)
    run_jobs(later)
    left = {
        f"{model.__name__}.{field}": model.objects.filter(**{f"{field}__lt": later - timedelta(days=days)}).count()
        for model, field, days in TERMS
    }
    assert {name: count for name, count in left.items() if count} == {}
    assert not Membership.objects.filter(group_id=group.pk).exists()
    assert not Conversation.objects.filter(group_id=group.pk).exists()


@pytest.mark.parametrize("goes", ["message", "group"])
def test_what_was_told_about_something_goes_with_it(town, goes):
    """The team did not get to it in time: else it waits for ever, nobody can open it, and the words stay."""
    now, member = timezone.now(), town.world.actor("amina")
    theirs = Message.objects.exclude(author_id=member.person_id)
    one = theirs.filter(status=MessageStatus.PUBLISHED, by_staff=False, conversation__group__key="ouders").first()
    team_id = one.conversation.group_id
    told = reports.tell_team(kind="message", subject_id=one.pk, team_id=team_id, by=member, words="Kijk hier eens.")
    run_jobs(now + timedelta(days=1))
    assert Report.objects.get().words == "Kijk hier eens."
    if goes == "group":
        Group.objects.filter(pk=team_id).update(closed_at=now, closed_by_id="x")
    run_jobs(now + timedelta(days=366))
    assert not Message.objects.filter(pk=one.pk).exists()
    assert not Review.objects.filter(pk=told.review_id).exists()
    assert not Report.objects.exists()
