"""Tells a person that someone else changed how she gets in: frozen, opened again, a role, a password.

Says only that something changed; on the page it leads to she sees what is so now.
"""

from django.urls import reverse

from outreach.actions import reach
from outreach.vocabulary import Purpose


def tell(person_id: str, what: str, by_id: str, *, former_address: str = "") -> None:
    """One notice, however much changed before it is read. Written in the transaction of the change."""
    reach(
        person_id=person_id,
        purpose=Purpose.ACCESS_CHANGED,
        by_id=by_id,
        subject="people.access",
        former_address=former_address,
    )


def send_code(person_id: str, address: str, code: str) -> None:
    """To the address that shall open the account, and to no other: only who reads there can type it."""
    reach(person_id=person_id, purpose=Purpose.SIGN_IN_CODE, code=code, to_address=address)


def address(person_id: str, subject_id: str) -> str:
    return reverse("my:devices")
