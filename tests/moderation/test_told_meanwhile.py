"""Somebody tells the team about what it takes away in that very moment: it goes, and there is one review of it."""

import pytest

from moderation.actions import reports
from moderation.models import Report, Review

from .conftest import NOON, TEAM, Notes

pytestmark = pytest.mark.django_db


def test_taking_away_what_is_told_in_that_moment_is_no_fault(desk, monkeypatch):  # G40
    subject, remove = desk.standing(), Notes.remove

    def remove_slowly(notes, subject_id, **how):
        reports.tell_team(kind="note", subject_id=subject_id, team_id=TEAM, by=desk.actor("roos"), words="Een naam")
        remove(notes, subject_id, **how)

    monkeypatch.setattr(Notes, "remove", remove_slowly)
    settled = reports.take_away(kind="note", subject_id=subject, because="Een naam", by=desk.actor("duty"), now=NOON)
    assert Review.objects.get(subject_id=subject).pk == settled.pk == Report.objects.get().review_id
    settled.refresh_from_db()
    assert (settled.cause, settled.outcome) == ("told", "removed")
