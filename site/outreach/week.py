"""A week of quiet hours as a person reads it: what holds on most days, the days that differ, and days quiet as a whole.

Pure. The planner knows only hours of each day and of single weekdays, and all of them hold at once; so a day that
differs is written as seven days with hours of their own, and read back here. Nothing is lost on the way.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import time

from .quiet import MIDNIGHT
from .wish import QuietHours

DAYS = range(7)
Span = tuple[time, time]


@dataclass(frozen=True)
class Week:
    """`usual`: the hours that hold on most days. `other`: the hours of days that differ, by weekday; none at all is
    also a difference. `whole`: weekdays that are quiet from morning to night, whatever their hours.
    """

    usual: tuple[Span, ...]
    other: Mapping[int, tuple[Span, ...]]
    whole: frozenset[int]

    def with_usual(self, *spans: Span) -> "Week":
        """Other hours for every day that does not differ."""
        return replace(self, usual=spans)

    def with_other(self, weekday: int, *spans: Span) -> "Week":
        """Hours of its own for one weekday; without any, nothing is quiet on it."""
        return replace(self, other={**self.other, weekday: spans})

    def without_other(self, weekday: int) -> "Week":
        return replace(self, other={day: spans for day, spans in self.other.items() if day != weekday})

    def with_whole(self, weekday: int) -> "Week":
        return replace(self, whole=self.whole | {weekday})

    def without_whole(self, weekday: int) -> "Week":
        return replace(self, whole=self.whole - {weekday})


def week_of(hours: Iterable[QuietHours]) -> Week:
    hours = tuple(hours)
    each = {(one.start, one.end) for one in hours if one.weekday is None}
    whole = {one.weekday for one in hours if one.weekday is not None and _is_whole(one)}
    per_day = [
        tuple(sorted(each | {(one.start, one.end) for one in hours if one.weekday == day and not _is_whole(one)}))
        for day in DAYS
    ]
    # Of as many days each, the hours that were written for all days are the usual ones.
    counted = Counter(per_day)
    usual = max(counted, key=lambda spans: (counted[spans], set(spans) == each, spans))
    other = {day: spans for day, spans in enumerate(per_day) if spans != usual}
    return Week(usual, other, frozenset(whole))


def hours_of(week: Week) -> tuple[QuietHours, ...]:
    """As the wish holds it."""
    other = {day: tuple(sorted(spans)) for day, spans in week.other.items() if tuple(sorted(spans)) != week.usual}
    if other:
        spans = [QuietHours(*span, day) for day in DAYS for span in other.get(day, week.usual)]
    else:
        spans = [QuietHours(*span) for span in week.usual]
    return (*spans, *(QuietHours(MIDNIGHT, MIDNIGHT, day) for day in sorted(week.whole)))


def _is_whole(one: QuietHours) -> bool:
    return one.start == one.end == MIDNIGHT
