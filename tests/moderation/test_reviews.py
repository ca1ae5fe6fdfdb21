"""Reviews: opened once, claimed by one, decided once, never by their author; every step leaves its trace."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from audit.models import AccessEntry, AuditEntry
from moderation import checks, policies, reviewables
from moderation.actions import reports, retention, reviews
from moderation.models import Decision, Report, Review
from moderation.vocabulary import DeclineReason, Outcome, reason_in_words
from outreach.models import Notice
from people.policy import Refused
from people.vocabulary import Reason
from tests.side_by_side import at_once

from .conftest import NOON, OTHER_TEAM, TEAM, make_desk

LATER = NOON + timedelta(minutes=16)


def reason_of(call, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.reason


def claimed(desk, review, who="hanne", now=NOON):
    return reviews.claim(review=review, by=desk.actor(who), now=now)


# --- opening ------------------------------------------------------------------------------------------


def test_the_same_thing_waits_once(desk):
    review = desk.held()
    again = reviews.open_review(
        kind="note", subject_id=review.subject_id, team_id=TEAM, author_id=review.author_id, language="nl"
    )
    assert again.pk == review.pk
    assert Review.objects.filter(subject_id=review.subject_id).count() == 1


def test_a_review_keeps_kinds_and_places_and_never_words(desk):
    review = desk.held("Bel mij op 0478 12 34 56")
    assert review.findings == [["phone_number", 11, 24]]
    assert "0478" not in str(list(Review.objects.values())) + str(list(AuditEntry.objects.values()))


def test_only_what_is_urgent_wakes_the_team(desk):
    desk.held("Een gewone dag.")
    assert not Notice.objects.exists()
    review = desk.held("Ik wil niet meer leven", urgent=True)
    told = set(Notice.objects.filter(subject_id=review.pk).values_list("person_id", flat=True))
    assert told == {desk.people[one].pk for one in ("hanne", "bram", "duty")}


def test_a_rollback_tells_nobody(desk):
    def begin_and_fail():
        with transaction.atomic():
            desk.held("x", urgent=True)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        begin_and_fail()
    assert not Review.objects.exists()
    assert not Notice.objects.exists()


# --- claiming -----------------------------------------------------------------------------------------


def test_one_reader_at_a_time(desk):
    review = claimed(desk, desk.held())
    assert reason_of(reviews.claim, review=review, by=desk.actor("bram"), now=NOON) == Reason.TAKEN_BY_ANOTHER
    assert claimed(desk, review).claimed_by_id == desk.people["hanne"].pk


def test_a_claim_runs_out_after_a_quarter_of_an_hour(desk):
    review = claimed(desk, desk.held())
    just_before = NOON + timedelta(minutes=14, seconds=59)
    assert reason_of(reviews.claim, review=review, by=desk.actor("bram"), now=just_before) == Reason.TAKEN_BY_ANOTHER
    taken = reviews.claim(review=review, by=desk.actor("bram"), now=NOON + timedelta(minutes=15))
    assert taken.claimed_by_id == desk.people["bram"].pk
    assert reason_of(reviews.publish, review=review, by=desk.actor("hanne"), now=LATER) == Reason.TAKEN_BY_ANOTHER


def test_who_was_slow_may_still_decide_when_nobody_took_over(desk):
    review = claimed(desk, desk.held())
    assert reviews.publish(review=review, by=desk.actor("hanne"), now=LATER).outcome == Outcome.PUBLISHED


def test_without_a_claim_nothing_is_decided_and_nothing_read(desk):
    review = desk.held()
    by = desk.actor("hanne")
    assert reason_of(reviews.publish, review=review, by=by, now=NOON) == Reason.CHANGED_MEANWHILE
    assert reason_of(reviews.open_text, review=review, by=by, now=NOON) == Reason.CHANGED_MEANWHILE
    assert desk.notes.heard == []


def test_releasing_puts_it_back(desk):
    review = claimed(desk, desk.held())
    assert reviews.release(review=review, by=desk.actor("bram"), now=NOON).claimed_by_id == desk.people["hanne"].pk
    assert reviews.release(review=review, by=desk.actor("hanne"), now=NOON).claimed_at is None
    assert claimed(desk, review, "bram").claimed_by_id == desk.people["bram"].pk


def test_reading_stands_in_the_access_log_of_the_author(desk):
    review = claimed(desk, desk.held("Mijn tekst"))
    for _ in range(2):
        assert reviews.open_text(review=review, by=desk.actor("hanne"), now=NOON).text == "Mijn tekst"
    entry = AccessEntry.objects.get()
    assert (entry.staff_id, entry.person_id, entry.purpose) == (
        desk.people["hanne"].pk,
        desk.people["maan"].pk,
        "review",
    )


# --- deciding -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decide", "outcome", "heard"),
    [
        (lambda review, by: reviews.publish(review=review, by=by, now=NOON), "published", ()),
        (
            lambda review, by: reviews.give_back(review=review, note=" Zonder naam? ", by=by, now=NOON),
            "returned",
            ("Zonder naam?",),
        ),
        (
            lambda review, by: reviews.decline(review=review, reason_key="names", words="", by=by, now=NOON),
            "declined",
            ("names", ""),
        ),
    ],
)
def test_a_decision_is_applied_recorded_and_final(desk, decide, outcome, heard):
    review = claimed(desk, desk.held())
    settled = decide(review, desk.actor("hanne"))
    assert (settled.outcome, settled.settled_at, settled.settled_by_id) == (outcome, NOON, desk.people["hanne"].pk)
    assert desk.notes.heard == [(review.subject_id, outcome, *heard)]
    assert Decision.objects.get().outcome == outcome
    entry = AuditEntry.objects.get(kind="moderation.review.decided")
    assert (entry.by_id, entry.subject_id, entry.details["outcome"]) == (settled.settled_by_id, review.pk, outcome)
    assert reason_of(decide, review, desk.actor("hanne")) == Reason.ALREADY_DONE
    assert reason_of(reviews.claim, review=review, by=desk.actor("bram"), now=NOON) == Reason.ALREADY_DONE


def test_what_someone_will_read_may_not_be_empty(desk):
    review, by = claimed(desk, desk.held()), desk.actor("hanne")
    assert reason_of(reviews.give_back, review=review, note="  ", by=by) == Reason.NEEDS_REASON
    assert reason_of(reviews.decline, review=review, reason_key="", by=by) == Reason.NEEDS_REASON
    assert reason_of(reviews.decline, review=review, reason_key="other", words=" ", by=by) == Reason.NEEDS_REASON
    assert reason_of(reviews.decline, review=review, reason_key="made_up", words="x", by=by) == Reason.NEEDS_REASON
    assert Review.objects.get().is_open


def test_a_refusal_of_the_thing_itself_leaves_everything_as_it_was(desk):
    review = claimed(desk, desk.held())
    desk.notes.things[review.subject_id]["status"] = "withdrawn"
    assert reason_of(reviews.publish, review=review, by=desk.actor("hanne"), now=NOON) == Reason.CHANGED_MEANWHILE
    assert Review.objects.get().is_open
    assert not Decision.objects.exists()


def test_what_the_author_takes_back_is_settled_by_itself(desk):
    review = claimed(desk, desk.held())
    assert reviews.settle(kind="note", subject_id=review.subject_id, outcome="withdrawn", now=NOON) == 1
    assert reviews.settle(kind="note", subject_id=review.subject_id, outcome="withdrawn", now=NOON) == 0
    assert reason_of(reviews.publish, review=review, by=desk.actor("hanne"), now=NOON) == Reason.ALREADY_DONE
    again = desk.held()
    assert again.is_open


def test_every_reason_has_a_sentence_for_the_author():
    for reason in DeclineReason:
        assert reason_in_words(reason, "Mijn woorden") != ""
    assert reason_in_words("other", "Mijn woorden") == "Mijn woorden"


# --- who may ------------------------------------------------------------------------------------------

MAY = {
    "hanne": (True, True, True),
    "bram": (True, True, True),
    "duty": (True, True, True),
    "other": (True, False, False),
    "coordinator": (False, False, False),
    "editor": (False, False, False),
    "tech": (False, False, False),
    "maan": (False, False, False),
    "roos": (False, False, False),
}


@pytest.mark.parametrize("who", MAY)
def test_who_may_list_read_and_decide(desk, who):
    review, actor = desk.held(), desk.actor(who)
    assert (
        policies.list_reviews.allows(actor),
        policies.read_review.allows(actor, review),
        policies.decide_review.allows(actor, review),
    ) == MAY[who]


@pytest.mark.parametrize("who", MAY)
def test_the_list_agrees_with_the_rule(desk, who):
    for team in (TEAM, OTHER_TEAM):
        desk.held(team_id=team)
    actor = desk.actor(who)
    listed = set(policies.readable_reviews(actor, Review.objects.all()))
    assert listed == {one for one in Review.objects.all() if policies.read_review.allows(actor, one)}


def test_nobody_reviews_their_own_words(desk):
    review = desk.held(by="hanne")
    assert reason_of(reviews.claim, review=review, by=desk.actor("hanne"), now=NOON) == Reason.OWN_CASE
    assert claimed(desk, review, "bram").claimed_by_id == desk.people["bram"].pk
    subject = desk.standing(by="duty")
    assert (
        reason_of(reports.take_away, kind="note", subject_id=subject, because="x", by=desk.actor("duty"))
        == Reason.OWN_CASE
    )


# --- telling the team ---------------------------------------------------------------------------------


def tell(desk, subject, who="roos", words="Dit maakt me bang", **more):
    return reports.tell_team(kind="note", subject_id=subject, team_id=TEAM, by=desk.actor(who), words=words, **more)


def test_told_once_however_often_it_is_said(desk):
    subject = desk.standing()
    assert tell(desk, subject).pk == tell(desk, subject).pk
    review = Review.objects.get()
    assert (review.cause, review.urgency, Report.objects.count()) == ("told", "today", 1)
    told = set(Notice.objects.values_list("person_id", flat=True))
    assert told == {desk.people[one].pk for one in ("hanne", "bram", "duty")}


def test_two_who_tell_the_same_wait_as_one(desk):
    subject = desk.standing()
    assert tell(desk, subject).review == tell(desk, subject, "coordinator").review
    assert Report.objects.count() == 2


def test_who_told_is_in_no_notice_and_never_reaches_the_writer(desk):
    tell(desk, desk.standing())
    assert desk.people["maan"].pk not in set(Notice.objects.values_list("person_id", flat=True))
    assert not Notice.objects.exclude(by_id="").exists()


def test_telling_has_an_end(desk):
    for _ in range(12):
        tell(desk, desk.standing())
    assert reason_of(tell, desk, desk.standing()) == Reason.TOO_MANY


def test_nobody_tells_about_themselves_or_another_team(desk):
    assert reason_of(tell, desk, desk.standing(), "maan") == Reason.NOT_YOURS
    assert reason_of(tell, desk, desk.standing(team_id=OTHER_TEAM)) == Reason.NOT_YOURS


def test_leaving_it_there_changes_nothing(desk):
    subject = desk.standing()
    review = claimed(desk, tell(desk, subject).review)
    assert reports.dismiss(review=review, by=desk.actor("hanne"), now=NOON).outcome == Outcome.LEFT_STANDING
    assert desk.notes.heard == []
    assert tell(desk, subject).review != review


def test_taking_away_needs_a_reason_and_leaves_a_trace(desk):
    subject = desk.standing()
    review = claimed(desk, tell(desk, subject).review)
    assert reason_of(reports.remove, review=review, because=" ", by=desk.actor("hanne")) == Reason.NEEDS_REASON
    assert (
        reports.remove(review=review, because="Noemt een gezin", by=desk.actor("hanne"), now=NOON).outcome == "removed"
    )
    assert desk.notes.heard == [(subject, "removed", "Noemt een gezin")]


def test_a_decision_for_the_other_sort_of_review_is_refused(desk):
    told = claimed(desk, tell(desk, desk.standing()).review)
    assert reason_of(reviews.publish, review=told, by=desk.actor("hanne"), now=NOON) == Reason.CHANGED_MEANWHILE
    held = claimed(desk, desk.held())
    assert reason_of(reports.dismiss, review=held, by=desk.actor("hanne"), now=NOON) == Reason.CHANGED_MEANWHILE


def test_taking_away_from_its_own_page_settles_what_was_told(desk):
    subject = desk.standing()
    review = tell(desk, subject).review
    settled = reports.take_away(kind="note", subject_id=subject, because="Een naam", by=desk.actor("duty"), now=NOON)
    assert settled.pk == review.pk
    again = {"kind": "note", "subject_id": subject, "because": "Een naam", "by": desk.actor("duty")}
    assert reason_of(reports.take_away, **again) == Reason.ALREADY_DONE
    other = reports.take_away(kind="note", subject_id=desk.standing(), because="x", by=desk.actor("bram"), now=NOON)
    assert (other.cause, other.outcome) == ("seen", "removed")
    assert (
        reason_of(reports.take_away, kind="note", subject_id=desk.standing(), because="x", by=desk.actor("other"))
        == Reason.NOT_YOURS
    )


# --- rows ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"claimed_at": NOON},
        {"claimed_by_id": "x"},
        {"settled_at": NOON},
        {"outcome": "published"},
        {"settled_by_id": "x"},
    ],
)
def test_the_database_insists_on_pairs(desk, change):
    review = desk.held()
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(**change)


def test_old_reviews_go_with_what_was_told(desk):
    old = claimed(desk, tell(desk, desk.standing()).review)
    reports.dismiss(review=old, by=desk.actor("hanne"), now=NOON)
    waiting = desk.held()
    assert retention.forget_settled(NOON + timedelta(days=364)) == 0
    assert retention.forget_settled(NOON + timedelta(days=366)) == 1
    assert list(Review.objects.all()) == [waiting]
    assert (Report.objects.count(), Decision.objects.count()) == (0, 0)


def test_a_kind_that_cannot_answer_stops_the_start(monkeypatch):
    class Half:
        kind = "half"

        def describe(self, subject_id): ...

    assert checks.every_kind_answers_every_decision(None) == []
    monkeypatch.setitem(reviewables._KINDS, "half", Half())
    assert len(checks.every_kind_answers_every_decision(None)) == len(reviewables.METHODS) - 1


# --- at once ------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_who_claim_at_once_are_one_reader_and_one_refusal(monkeypatch):  # G40
    desk = make_desk(monkeypatch)
    for _ in range(5):
        review = desk.held()
        actors = [desk.actor("hanne"), desk.actor("bram")]
        results = at_once(*(lambda by=by, review=review: reviews.claim(review=review, by=by) for by in actors))
        assert sorted(isinstance(one, Review) for one in results) == [False, True]
        assert Reason.TAKEN_BY_ANOTHER in results


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_are_one_outcome(monkeypatch):  # G40
    desk = make_desk(monkeypatch)
    by = desk.actor("hanne")
    for _ in range(5):
        review = reviews.claim(review=desk.held(), by=by)
        results = at_once(
            lambda review=review: reviews.publish(review=review, by=by),
            lambda review=review: reviews.give_back(review=review, note="Nog eens?", by=by),
        )
        assert sorted(isinstance(one, Review) for one in results) == [False, True]
        # PostgreSQL asks the row again after the lock, SQLite before it: both say that someone was first.
        assert {Reason.ALREADY_DONE, Reason.CHANGED_MEANWHILE}.intersection(
            one for one in results if isinstance(one, Reason)
        )
        assert Decision.objects.filter(review=review).count() == 1
        assert len([one for one in desk.notes.heard if one[0] == review.subject_id]) == 1
