"""What a session's id looks like. Anything else in the cookie is no session, and the database need not be asked for it:
some signs it does not even take.
"""

import re

_ONE = re.compile(r"[a-z0-9]{32}", re.ASCII)  # as Django makes them


def is_one(text: str | None) -> bool:
    return bool(text and _ONE.fullmatch(text))
