"""The way in and out of groups, walked at random: no step ever brings two people together who are kept apart (G11).

A state machine over the actions themselves. `tests/groups/test_admission.py` walks it a little in every run of the
suite; `python -m tests.faults apart` walks it thousands of times.
"""

from itertools import combinations

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from groups.actions import groups, invitations, membership
from groups.models import Group, Membership
from groups.vocabulary import PRESENT, MembershipStatus
from people import keep_apart
from people.actions import keep_apart as marks
from people.policy import Refused
from people.vocabulary import Reason
from tests.groups.conftest import NOON, actor, build

PARENTS, GROUPS = 5, 2
one_of = st.integers(0, PARENTS - 1)
group_of = st.integers(0, GROUPS - 1)
ADMISSIONS = {"let in": 0, "kept out": 0, "marked": 0, "sequences": 0}


class Stage:
    """What every story begins with: all parents at both doors. Built once; each story is taken back to it.

    The world of the tests has one facilitator a group; both know all parents, who wait in both from the start.
    """

    def __init__(self):
        self.world = build()
        self.groups = [self.world.ouders, self.world.vaders]
        self.people = [self.world.applies(f"Ouder {at}").person for at in range(PARENTS)]
        for at, person in enumerate(self.people):
            enters(self.world.vaders, actor(self.world.youssef), person, f"Ouder {at}")


def enters(group: Group, by, person, name: str) -> None:
    """Invited, and asks to be let in."""
    issued = invitations.issue_invitation(group=group, by=by, now=NOON)
    invitations.apply_with_invitation(invitation_id=issued.invitation.pk, pseudonym=name, by=actor(person), now=NOON)


class Admission(RuleBasedStateMachine):
    """Five parents of as many families, two groups with one facilitator each, and every way to meet."""

    stage: "Stage"

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.world, self.groups, self.people = self.stage.world, self.stage.groups, self.stage.people
        self.met: set[tuple] = set()  # who was together already when the mark came: the team is told, nobody is put out
        ADMISSIONS["sequences"] += 1

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def _staff(self, group: int):
        return actor((self.world.sofie, self.world.youssef)[group])

    def _row(self, at: int, group: int) -> Membership | None:
        rows = Membership.objects.select_related("group")
        return rows.filter(group=self.groups[group], person=self.people[at]).first()

    def _group(self, group: int) -> Group:
        return Group.objects.get(pk=self.groups[group].pk)

    @rule(at=one_of, group=group_of)
    def is_invited_and_enters(self, at, group):
        if self._group(group).is_open:
            enters(self._group(group), self._staff(group), self.people[at], f"Ouder {at}")

    @rule(at=one_of, group=group_of)
    def is_let_in(self, at, group):
        row = self._row(at, group)
        if row is None or row.status != MembershipStatus.APPLIED:
            return
        inside = self._inside(group)
        apart = keep_apart.any_marked(self.people[at].pk, inside)
        answer = self._asked_to_let_in(row, group)
        assert answer == (Reason.NOT_OPEN_NOW if apart or not self._group(group).is_open else None)
        ADMISSIONS["let in"] += answer is None
        ADMISSIONS["kept out"] += apart

    def _asked_to_let_in(self, row: Membership, group: int) -> Reason | None:
        try:
            membership.admit(membership=row, by=self._staff(group), now=NOON)
        except Refused as refusal:
            return refusal.reason
        return None

    @rule(at=one_of, group=group_of)
    def leaves(self, at, group):
        row = self._row(at, group)
        if row and row.status in PRESENT:
            membership.leave_group(group=self._group(group), by=actor(self.people[at]), now=NOON)

    @rule(at=one_of, group=group_of)
    def is_ended(self, at, group):
        row = self._row(at, group)
        if row and row.status in PRESENT:
            membership.end_membership(membership=row, by=self._staff(group), because="Zo gevraagd.", now=NOON)

    @rule(at=one_of, group=group_of)
    def moves(self, at, group):
        """Out of the one group, invited to the other and let in there at once."""
        self.leaves(at, group)
        self.is_invited_and_enters(at, 1 - group)
        self.is_let_in(at, 1 - group)

    @rule(one=one_of, other=one_of)
    def are_kept_apart(self, one, other):
        if one == other:
            return
        pair = self._pair(one, other)
        if self._may_mark(one, other) and marks.mark(
            one=pair[0], other=pair[1], because="Een oude ruzie.", by=self._staff_who_knows(one, other), now=NOON
        ):
            ADMISSIONS["marked"] += 1
            self.met |= {(group, pair) for group in range(GROUPS) if set(pair) <= self._inside(group)}

    @rule(one=one_of, other=one_of, group=group_of)
    def are_kept_apart_and_asked_in_one_after_the_other(self, one, other, group):
        self.are_kept_apart(one, other)
        for at in (one, other):
            self.is_let_in(at, group)

    @rule(one=one_of, other=one_of)
    def are_no_longer_kept_apart(self, one, other):
        if one != other and self._may_mark(one, other):
            pair, by = self._pair(one, other), self._staff_who_knows(one, other)
            marks.lift(one=pair[0], other=pair[1], because="Het is goed.", by=by, now=NOON)
            self.met -= {(group, pair) for group in range(GROUPS)}

    @rule(group=group_of, sure=st.integers(0, 9))
    def is_closed(self, group, sure):
        """Once in a while: most stories go on."""
        if sure == 0:
            groups.close_group(group=self._group(group), by=actor(self.world.marc), now=NOON)

    def _pair(self, one: int, other: int) -> tuple[str, str]:
        first, second = sorted((self.people[one].pk, self.people[other].pk))
        return first, second

    def _staff_who_knows(self, one: int, other: int):
        known = [group for group in range(GROUPS) for at in (one, other) if self._is_present(at, group)]
        return self._staff(known[0]) if known else None

    def _may_mark(self, one: int, other: int) -> bool:
        return self._staff_who_knows(one, other) is not None

    def _is_present(self, at: int, group: int) -> bool:
        row = self._row(at, group)
        return row is not None and row.status in PRESENT

    def _inside(self, group: int) -> set[str]:
        rows = Membership.objects.filter(group=self.groups[group], status=MembershipStatus.ADMITTED)
        return set(rows.values_list("person_id", flat=True))

    @invariant()
    def nobody_was_brought_together_who_is_kept_apart(self):
        for group in range(GROUPS):
            inside = self._inside(group)
            self.met = {(where, pair) for where, pair in self.met if where != group or set(pair) <= inside}
            for pair in combinations(sorted(inside), 2):
                if keep_apart.any_marked(pair[0], [pair[1]]):
                    assert (group, pair) in self.met


def walk(sequences: int, steps: int) -> dict[str, int]:
    """Walks so many random sequences; gives how many were let in and how many kept out because of a mark."""
    ADMISSIONS.update(dict.fromkeys(ADMISSIONS, 0))
    chosen = settings(max_examples=sequences, stateful_step_count=steps, deadline=None, database=None, derandomize=True)
    with transaction.atomic():
        Admission.stage = Stage()
        run_state_machine_as_test(Admission, settings=settings(chosen, suppress_health_check=list(HealthCheck)))
        transaction.set_rollback(True)
    return dict(ADMISSIONS)
