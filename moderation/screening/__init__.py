"""First look at a text: words that mean danger to someone, and details that could expose someone.

`screen` is pure and answers for every text. It only makes a message wait for a person; it never judges, and it is wrong
both ways at times. Every language of the site is tried, whatever the language of the group: people write as they speak.
"""

from dataclasses import dataclass

from .folding import fold
from .rules import RULES

# Whom to call, the most pressing first.
NEEDS_IN_ORDER = ("danger", "police", "violence", "child", "suicide", "talk")


@dataclass(frozen=True)
class Finding:
    """What was found, and where: positions in the text as it was written."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Screening:
    findings: tuple[Finding, ...] = ()
    must_wait: bool = False
    needs: tuple[str, ...] = ()


def screen(text: str, language: str = "") -> Screening:
    """Looks a text through. `language` is what its author chose; it leaves no other language out."""
    folded = fold(text)
    findings: list[Finding] = []
    must_wait, needs = False, set()
    for rule in RULES:
        found = _apart(rule.find(folded))
        if not found:
            continue
        findings += [Finding(rule.kind, *folded.original(start, end)) for start, end in found]
        must_wait = must_wait or rule.must_wait
        needs.update(rule.needs)
    return Screening(
        findings=tuple(sorted(findings, key=lambda one: (one.start, one.end, one.kind))),
        must_wait=must_wait,
        needs=tuple(need for need in NEEDS_IN_ORDER if need in needs),
    )


def _apart(spans) -> list[tuple[int, int]]:
    """Spans of one kind that touch each other are one."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart
