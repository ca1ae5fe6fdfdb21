"""What is sent to a page of a parent, and what it says."""

import re


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def part(name: str, **fields) -> dict:
    return {"part": name, **fields}
