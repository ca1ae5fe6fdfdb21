"""10,000 simulated person-days through the planner: nothing outside the wish (G35), and yet everybody who may be
reached is reached. The outbox here is a list, so that only the planner is judged.
"""

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

import pytest

from outreach.planner import Needs, Notice, Send, Task, Withhold, plan
from outreach.vocabulary import BY_HAND, CLOSED_LIST, FOR_STAFF, SENDINGS, Purpose
from outreach.wish import HardDay, QuietHours
from people.vocabulary import AroundEvents, Rhythm, WhoMay

from .test_planner import ZONES, keeps_the_wish

PURPOSES = [purpose for purpose in Purpose if purpose not in CLOSED_LIST | FOR_STAFF]
WAYS = [*SENDINGS, *BY_HAND]
DAYS, PERSONS = 200, 50
START = datetime(2026, 2, 1, tzinfo=UTC)  # over both changes of the clock


@dataclass
class Waiting:
    notice: Notice
    happened: datetime
    due: datetime


class Life:
    """One person with a wish that changes now and then, news, answers, and a mail server that is sometimes away."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.needs = Needs(time_zone=self.random.choice(ZONES), reachable=frozenset(WAYS), contact_person="sofie")
        self.change_the_wish(START)
        self.waiting: list[Waiting] = []
        self.sent, self.ways, self.silent = Counter(), Counter(), Counter()
        self.withheld, self.longest = Counter(), timedelta()

    def change_the_wish(self, now: datetime) -> None:
        rhythm, draw = self.random.choice(list(Rhythm)), self.random.random
        start = time(self.random.randrange(24), self.random.choice([0, 15, 30]))
        end = time((start.hour + self.random.randrange(1, 23)) % 24, start.minute)
        weekday = self.random.choice([None, None, *range(7)])
        hours = (QuietHours(start, end, weekday),) if draw() < 0.6 else ()
        until = now + timedelta(days=self.random.randrange(1, 30)) if rhythm == Rhythm.QUIET and draw() < 0.7 else None
        self.needs = replace(
            self.needs,
            rhythm=rhythm,
            rhythm_after=self.needs.rhythm_at(now),
            quiet_until=until,
            channels=tuple(self.random.sample(WAYS, self.random.randrange(len(WAYS) + 1))),
            quiet_hours=hours,
            who_may=self.random.choice(list(WhoMay)),
            around_events=self.random.choice([None, *AroundEvents]),
            hard_days=(HardDay((now + timedelta(days=self.random.randrange(30))).date()),) if draw() < 0.3 else (),
        )

    def live(self) -> "Life":
        for day in range(DAYS):
            if self.random.random() < 0.02:
                self.change_the_wish(START + timedelta(days=day))
            for minute in sorted(self.random.choices(range(24 * 60), k=self.random.randrange(3))):
                self.happen(START + timedelta(days=day, minutes=minute))
            self.deliver(START + timedelta(days=day + 1))
        return self

    def happen(self, now: datetime) -> None:
        self.deliver(now)
        notice = Notice(self.random.choice(PURPOSES), by=self.random.choice(["", "sofie", "youssef"]))
        verdict = plan(self.needs, notice, now).outward
        if isinstance(verdict, Withhold):
            self.withheld[verdict.reason] += 1
        else:
            self.waiting.append(Waiting(notice, now, verdict.at))

    def deliver(self, until: datetime) -> None:
        while due := [one for one in self.waiting if one.due < until]:
            one = min(due, key=lambda waiting: waiting.due)
            verdict = plan(self.needs, one.notice, one.due).outward
            if isinstance(verdict, Withhold):
                self.waiting.remove(one)
                self.withheld[verdict.reason] += 1
            elif verdict.at > one.due:
                one.due = verdict.at
            elif self.random.random() < 0.1:  # a server is away, nobody picks up: tried, not reached
                one.due += timedelta(minutes=self.random.choice([1, 5, 15, 60]))
            elif self.random.random() < 0.05:  # an address that does not exist: the next way takes over
                one.notice = replace(one.notice, failed=one.notice.failed | {verdict.channel})
            else:
                self.arrive(one, verdict)

    def arrive(self, one: Waiting, verdict: Send | Task) -> None:
        keeps_the_wish(self.needs, one.notice, one.due, verdict)
        self.ways[verdict.channel] += 1
        if self.needs.rhythm_at(one.due) in (Rhythm.QUIET, Rhythm.MINE):
            self.silent[one.notice.purpose] += 1
        self.sent[self.needs.rhythm_at(one.due)] += 1
        self.longest = max(self.longest, *(one.due - other.happened for other in self.waiting))
        self.needs = replace(self.needs, reached_at=one.due)
        self.waiting = []  # one mail tells it all


@pytest.mark.db_free
def test_ten_thousand_days_keep_every_wish_and_reach_everybody_who_may_be_reached():
    lives = [Life(seed).live() for seed in range(PERSONS)]
    assert DAYS * PERSONS == 10_000
    sent = sum((life.sent for life in lives), Counter())
    withheld = sum((life.withheld for life in lives), Counter())
    ways, purposes = (sum((getattr(life, name) for life in lives), Counter()) for name in ("ways", "silent"))
    assert set(sent) == set(Rhythm)
    assert min(sent.values()) > 50, sent
    assert min(withheld.values()) > 5, withheld
    assert set(ways) == set(WAYS)
    assert min(ways.values()) > 50, ways
    assert set(purposes) == {Purpose.CONTACT_ASKED, Purpose.WORD_ASKED, Purpose.OCCASION}  # asked for, also in silence
    assert max(life.longest for life in lives) <= timedelta(days=32)


@pytest.mark.db_free
def test_the_same_life_is_lived_the_same():
    assert Life(7).live().sent == Life(7).live().sent
