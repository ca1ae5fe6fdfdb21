"""A new password by a code in the mail: allauth's process, with longer codes, and never past the second factor.

The answer is the same for every name that is typed; only a known, open account with an address gets a mail.
"""

import hmac
import time

from allauth.account.internal.flows.password_reset_by_code import (
    PASSWORD_RESET_VERIFICATION_SESSION_KEY,
    PasswordResetVerificationProcess,
)
from django.contrib.auth import SESSION_KEY
from django.db import transaction

from people import codes, limiter
from people.models import Account
from people.queries import account_by_name

MINUTES = 15
TRIES = 5


class Recovery(PasswordResetVerificationProcess):
    """Kept in the visitor's session, code and address only as keyed hashes: whoever deletes her account is not known to
    that session, and it would keep her address after her.
    """

    def __init__(self, request, state, user=None):
        super().__init__(request, state, user)
        self.max_attempts, self.timeout = TRIES, MINUTES * 60

    @classmethod
    @transaction.atomic
    def begin(cls, request, name: str) -> None:
        """For any name at all; what differs is only whether the outbox gets a row."""
        account = account_by_name(name)
        reachable = account is not None and account.email and account.is_active and not account.frozen_at
        process = cls(request, cls.initial_state(account if reachable else None, account.email if reachable else name))
        process.send()
        process.state["email"] = _digest(process.state["email"])
        process.persist()
        if SESSION_KEY not in request.session:
            request.session.set_expiry(MINUTES * 60)  # no longer than the code opens anything

    @classmethod
    def going_on(cls, request) -> "Recovery | None":
        state = request.session.get(PASSWORD_RESET_VERIFICATION_SESSION_KEY)
        return cls(request, state).abort_if_invalid() if state else None

    def send(self) -> None:
        """Nothing leaves for a name without an account; the session looks the same."""
        if self.user:
            super().send()
        else:  # a row is written either way, so that the time it takes tells nothing
            limiter.take("recovery.nobody", self.state["email"], limit=1000, seconds=60)
        self.state["code"] = codes.digest("recovery", self.state.get("code") or codes.eight_digits())

    def is_right(self, typed: str) -> bool:
        """Counted where tries at one moment add up: the session is read by all of them before one has written."""
        if not limiter.take("recovery.code", self.state.get("code", ""), limit=TRIES, seconds=MINUTES * 60).granted:
            return False
        right = hmac.compare_digest(codes.digest("recovery", codes.digits_of(typed)), self.state.get("code", ""))
        if right and self.user and not self._is_overtaken(self.user):
            self.state.update(code_confirmed=True, code="", at=time.time())
            self.persist()
            return True
        self.record_invalid_attempt()
        return False

    @property
    def confirmed_account(self) -> Account | None:
        """Nobody any more once she has another address, or chose another password after the code was asked for: whoever
        asked, or typed it, may be whom she shuts out.
        """
        user = self.user if self.state.get("code_confirmed") else None
        if user is None or _digest(user.email or "") != self.state["email"]:
            return None
        return None if self._is_overtaken(user) else user

    def _is_overtaken(self, user: Account) -> bool:
        """By a password chosen since the code was asked for; once it was typed, since then."""
        changed_at = user.password_changed_at
        return bool(changed_at and changed_at.timestamp() > self.state["at"])


def _digest(address: str) -> str:
    return codes.digest("recovery.address", address)
