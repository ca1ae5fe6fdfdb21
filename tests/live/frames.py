"""Frames that no page of ours sends: a thousand of them, the same ones for every seed.

Half are made of what a frame is made of, with values that do not fit or that belong to somebody else; half are bytes
and shapes of any kind.
"""

import json
import random
from collections.abc import Iterator

DEEP = 5000
ODD = (
    None, True, False, 0, -1, 1, 2**31, 2**53 + 1, 2**63, 2**64, -(2**63), 10**400, 1.5, 1e308, float("inf"),
    float("nan"), "", " ", "\x00", "a\x00b", "\ud800", "\udfff\ud800", "\U0010ffff", "\u202e\u2066", "\ufeff", "0",
    "'", '"', "%s%n", "{{7*7}}", "' OR 1=1 --", "../../etc", "\r\n\r\nX: y", "x" * 300, [], {}, [[]], [1, "a"],
    {"topic": {}},
)  # fmt: skip
TYPES = (*("follow",) * 10, "at", "at", "ping", "html", "gone", "ended", "own", "unfollow", "FOLLOW", "")
NAMES = ("type", "topic", "after", "seq", "id", "person", "language", "__proto__", "\ud800", "")
# No JSON at all, or more than a parser likes to take.
RAW = (
    "", " ", "null", "[]", "{", "}", "{}", '"', "\x00", "[" * DEEP, '{"a":' * 1000, "[" * DEEP + "]" * DEEP, "9" * 5000,
    '{"type":"follow","topic":"conversation:x","after":' + "9" * 4000 + "}", '{"type":"follow","type":"at","topic":1}',
    '{"type":"follow","topic":"\\ud800","after":0}', '{"type":"follow","topic":"conversation:\\u0000","after":0}',
    '{"type":"follow","topic":"conversation:\\ud800\\udc00\\ud800","after":0}', "NaN", "-Infinity", "\ufeff{}", "{}{}",
)  # fmt: skip


def topics(dice: random.Random, foreign: list[str]) -> str:
    """A topic of others, or something that looks a little like one."""
    topic = dice.choice(foreign)
    if dice.random() < 0.5:
        return topic
    kind, _, subject_id = topic.partition(":")
    return dice.choice(
        (
            f"{kind}:", f":{subject_id}", f"{topic}:{subject_id}", topic.upper(), f" {topic}",
            f"{topic} ", f"{topic}\x00", f"{kind}:\x00", f"{kind}:\ud800", f"{kind}:{subject_id}\udfff",
            f"{kind}:{'x' * 5000}", f"{kind}:%", f"{kind}:{subject_id[:-1]}_", f"{kind}\n:{subject_id}", f"{topic}\n",
            f"nothing:{subject_id}",
        )
    )  # fmt: skip


def odd(dice: random.Random, depth: int = 0):
    """A value of any kind, now and then with others inside."""
    roll = dice.random()
    if depth < 4 and roll < 0.15:
        return [odd(dice, depth + 1) for _ in range(dice.randrange(4))]
    if depth < 4 and roll < 0.3:
        return {dice.choice(NAMES): odd(dice, depth + 1) for _ in range(dice.randrange(4))}
    return dice.choice(ODD)


def frames(count: int, foreign: list[str], seed: str) -> Iterator[str]:
    """`foreign` are topics that whoever sends the frames has no business with."""
    dice = random.Random(seed)
    for number in range(count):
        if number < len(RAW):
            yield RAW[number]
            continue
        frame = {"type": dice.choice(TYPES), "topic": topics(dice, foreign), "after": dice.choice((0, 0, 1, -1, 2**60))}
        for _ in range(dice.randrange(3)):
            frame[dice.choice(NAMES)] = odd(dice)
        for name in dice.sample(sorted(frame), dice.randrange(2)):
            frame.pop(name)
        text = json.dumps(odd(dice) if dice.random() < 0.2 else frame, ensure_ascii=True)
        yield text[: dice.randrange(len(text) + 1)] if dice.random() < 0.1 else text
