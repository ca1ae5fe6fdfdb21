"""The next step towards one parent, proposed from her rhythm, or because somebody took over. Pure: the planner's word,
as facts for a sentence.
"""

from dataclasses import dataclass
from datetime import datetime

from people.vocabulary import Rhythm

from .planner import BETWEEN_NEWS, Needs, Notice, Verdict, Withhold, plan
from .vocabulary import SENDINGS, Purpose, Withheld

# Nothing rings for who chose none of these ways, or has none: the app is always there.
ONLY_THE_APP = frozenset({Withheld.NO_WAY_CHOSEN, Withheld.NO_ADDRESS, Withheld.EVERY_WAY_FAILED})


@dataclass(frozen=True)
class NextStep:
    """`what`: introduce, now, from (then `at`), mine, quiet, matters, or not_you (then `because`)."""

    what: str
    at: datetime | None = None
    because: str = ""


def next_step(needs: Needs, me: str, now: datetime, *, is_unasked: bool = False) -> NextStep:
    """`is_unasked`: whether I took over from a colleague, and she did not say yes to it yet."""
    if is_unasked:
        verdict = introduction(needs, me, now)
        if not isinstance(verdict, Withhold) and verdict.at > now:
            return NextStep("from", verdict.at)
        if not isinstance(verdict, Withhold) or verdict.reason in ONLY_THE_APP:
            return NextStep("introduce")
    rhythm = needs.rhythm_at(now)
    wait = BETWEEN_NEWS.get(rhythm)
    if wait is None:
        at = needs.quiet_until if rhythm == Rhythm.QUIET else None
        return NextStep(rhythm.value, at)
    verdict = plan(needs, Notice(Purpose.CHECK_IN, by=me), now).outward
    if not isinstance(verdict, Withhold):
        return NextStep("now") if verdict.at <= now else NextStep("from", verdict.at)
    if verdict.reason not in ONLY_THE_APP:
        return NextStep("not_you", because=verdict.reason.sentence)
    again = needs.reached_at + wait if needs.reached_at else now
    return NextStep("now") if again <= now else NextStep("from", again)


def introduction(needs: Needs, me: str, now: datetime) -> Verdict:
    """Telling her who took over, and asking whether it is all right: a person does that, never a sending."""
    return plan(needs, Notice(Purpose.INTRODUCTION, by=me, failed=frozenset(SENDINGS)), now).outward
