"""Two parents who are kept apart choose the same colleague at one moment: who is second meets the first."""

import threading

from django.db import connection

from outreach.actions import around as acts
from outreach.models import Around
from people.actions import keep_apart
from people.actor import PORTAL
from people.policy import Refused
from tests.side_by_side import in_threads

from .company import colleague, named
from .conftest import BEFORE, actor


def test_who_are_kept_apart_never_both_get_the_same_contact_person(lasting, monkeypatch):  # G11
    hanne, parents = colleague("Hanne"), [named("Amina", 1), named("Els", 2)]
    keep_apart.mark(one=parents[0].pk, other=parents[1].pk, because="Een ruzie.", by=PORTAL)
    candidates, asked, refused, both = acts.candidate_ids, set(), [], threading.Barrier(2)

    def candidates_of_both(person_id):
        """Both look before either is there. SQLite lets in one at a time."""
        found, is_first = candidates(person_id), person_id not in asked
        asked.add(person_id)
        if is_first and connection.vendor == "postgresql":
            both.wait(10)
        return found

    waiting = list(parents)

    def choose():
        try:
            acts.choose_contact_person(staff_id=hanne.pk, by=actor(waiting.pop()), now=BEFORE)
        except Refused as refusal:
            refused.append(refusal.sentence)

    monkeypatch.setattr(acts, "candidate_ids", candidates_of_both)
    in_threads(2, choose)
    assert Around.objects.filter(staff=hanne, ended_at__isnull=True).count() == 1
    assert len(refused) == 1
