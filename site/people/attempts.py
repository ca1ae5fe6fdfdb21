"""How often someone may try: each kind of try with its limits, taken before the check and given back when it was right.

Nobody can lock a parent out: guesses from elsewhere use up the allowance of elsewhere, never that of a device on
which she signed in before. An evening of parents on one Wi-Fi gets in, because only failures count.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import get_language

from . import addresses, limiter
from .policy import Refused
from .vocabulary import Reason

HOUR = 3600


@dataclass(frozen=True)
class Rule:
    purpose: str
    parts: tuple[str, ...]
    limit: int
    seconds: int = HOUR


# At this pace a year of guessing finds one of a thousand open cards once in forty thousand such years.
ALL_PAPERS = Rule("paper.all", (), limit=3_000)
ALL_CARDS = Rule("invitation.all", (), limit=3_000)


class Attempt:
    """One try that is under way. `granted` says whether it may be checked at all."""

    def __init__(self, *rules: Rule):
        self.taken: list[Rule] = []
        self.wait_seconds = 0.0
        for rule in rules:
            allowance = limiter.take(rule.purpose, *rule.parts, limit=rule.limit, seconds=rule.seconds)
            if not allowance.granted:
                self.wait_seconds = allowance.wait_seconds
                self.was_right()
                return
            self.taken.append(rule)

    @property
    def granted(self) -> bool:
        return not self.wait_seconds

    def was_right(self) -> None:
        for rule in self.taken:
            limiter.give_back(rule.purpose, *rule.parts, limit=rule.limit, seconds=rule.seconds)
        self.taken = []

    def required(self) -> "Attempt":
        if not self.granted:
            raise Refused(Reason.TOO_MANY, wait_seconds=self.wait_seconds)
        return self


def sign_in(*, name: str, network: str, device_id: str, known: bool) -> Attempt:
    """A password for a name. A device that signed in before is counted by itself."""
    if known:
        return Attempt(Rule("sign_in.known", (name, device_id), limit=10))
    return Attempt(Rule("sign_in.elsewhere", (name,), limit=10), Rule("sign_in.network", (network,), limit=150))


def paper_code(*, code: str, network: str) -> Attempt:
    """A code from a card for a new way in."""
    return Attempt(*_from_somewhere("paper", network), Rule("paper.prefix", (code[:3],), limit=20), ALL_PAPERS)


def invitation_code(*, code: str, network: str) -> Attempt:
    """A code from an invitation card."""
    return Attempt(*_from_somewhere("invitation", network), Rule("invitation.prefix", (code[:4],), limit=10), ALL_CARDS)


def _from_somewhere(purpose: str, network: str) -> list[Rule]:
    """By network and by the row it stands in, before what all have together: nobody alone uses that up.

    What all have together stops a crowd that guesses; it is wide, because it shuts out who holds a card (0021).
    """
    row = addresses.neighbourhood(network)
    return [Rule(f"{purpose}.network", (network,), limit=60), Rule(f"{purpose}.row", (row,), limit=120)]


def passkey(*, network: str, device_id: str) -> Attempt:
    """A passkey before we know whose. A device that signed in before is counted by itself, as with a password."""
    if device_id:
        return Attempt(Rule("passkey.known", (device_id,), limit=30))
    return Attempt(Rule("passkey.network", (network,), limit=150))


def passkey_question(*, network: str, device_id: str) -> Attempt:
    """Each question costs a row; never given back, and wide enough for an evening on one Wi-Fi."""
    if device_id:
        return Attempt(Rule("passkey.question.known", (device_id,), limit=60))
    return Attempt(Rule("passkey.question.network", (network,), limit=300))


def unlock_by_passkey(*, sign_in_id: str) -> Attempt:
    return Attempt(Rule("passkey.unlock", (sign_in_id,), limit=20))


def second_factor(*, account_id: str) -> Attempt:
    return Attempt(Rule("second_factor", (account_id,), limit=20))


def password_again(*, account_id: str, sign_in_id: str) -> Attempt:
    """The password asked within a session: to open the lock or to change something."""
    return Attempt(Rule("password_again", (account_id, sign_in_id), limit=10))


def recovery_request(*, name: str, network: str, device_id: str, known: bool) -> Attempt:
    """A code by mail: three an hour from one place and nine from all, so that nobody floods her box. Never given back.

    Whoever knows her address cannot alone keep her from a new password: a device that signed in before is counted by
    itself, and a new one with the row of networks it stands in.
    """
    if known:
        return Attempt(Rule("recovery.known", (name, device_id), limit=3))
    return Attempt(
        Rule("recovery.from", (name, addresses.neighbourhood(network)), limit=3),
        Rule("recovery.name", (name,), limit=9),
        Rule("recovery.network", (network,), limit=60),
    )


def address_asked(*, address: str, account_id: str) -> Attempt:
    """A code to an address that shall open an account: few, so that nobody floods a box. Never given back."""
    return Attempt(Rule("address.asked", (address,), limit=3), Rule("address.asked.by", (account_id,), limit=6))


def address_code(*, account_id: str) -> Attempt:
    return Attempt(Rule("address.code", (account_id,), limit=10))


def when(attempt: Attempt) -> str:
    """At what time the next try may be, in the words of the language: the next whole minute."""
    moment = timezone.localtime(timezone.now() + timedelta(seconds=attempt.wait_seconds + 59))
    return f"{moment.hour}\u00a0h\u00a0{moment:%M}" if get_language() == "fr" else f"{moment.hour}:{moment:%M}"
