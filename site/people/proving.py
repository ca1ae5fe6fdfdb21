"""That a mailbox is hers: a code that only stands in a mail to it, typed before the address opens her account.

Whether the address is in use elsewhere changes nothing of it, so nobody learns here who else has an account. What was
asked waits in the session, encrypted; the code itself only as a keyed hash. Upper packages register who sends it.
"""

import json
import time
from collections.abc import Callable

from vault import keyring

from . import codes

SESSION_KEY = "address-asked"
MINUTES = 15
Sender = Callable[[str, str, str], None]
_SENDERS: list[Sender] = []


def register(sender: Sender) -> None:
    """`sender(person_id, address, code)` runs inside the transaction of the asking."""
    if sender not in _SENDERS:
        _SENDERS.append(sender)


def send(*, person_id: str, address: str, code: str) -> None:
    for sender in _SENDERS:
        sender(person_id, address, code)


def wait_for(session, *, account_id: str, address: str, code: str) -> None:
    """Remembers what was asked, in place of anything asked before."""
    asked = {"address": address, "code": _digest(account_id, address, code), "until": time.time() + MINUTES * 60}
    session[SESSION_KEY] = keyring.encrypt(json.dumps(asked))


def is_waiting(session) -> bool:
    return bool(_asked(session))


def address_shown(session, *, account_id: str, code: str) -> str:
    """The address whose code this is; nothing for any other."""
    asked = _asked(session)
    right = asked and codes.are_alike(asked["code"], _digest(account_id, asked["address"], codes.digits_of(code)))
    return asked["address"] if right else ""


def be_done(session) -> None:
    session.pop(SESSION_KEY, None)


def _asked(session) -> dict:
    token = session.get(SESSION_KEY, "")
    asked = json.loads(keyring.decrypt(token)) if token else {}
    return asked if asked.get("until", 0) > time.time() else {}


def _digest(account_id: str, address: str, code: str) -> str:
    return codes.digest("address", account_id, address, code)
