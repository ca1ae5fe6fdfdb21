"""Names and people's words keep their own direction inside a sentence of another one: else a Latin name takes the
figures of a date after it along, and an Arabic sentence is read in the wrong order.
"""

FIRST_STRONG, POP = "\u2068", "\u2069"


def in_own_direction(words: str) -> str:
    return f"{FIRST_STRONG}{words}{POP}" if words else ""
