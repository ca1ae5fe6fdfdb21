"""What the faults of signing in need in their database, and what they ask of it. Runs where Django runs."""

import secrets

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from people import attempts, codes, limiter
from people.actions import recovery, staff
from people.actor import PORTAL
from people.models import Account, NewWayIn, Person
from people.policy import Refused
from portal.demo import cast
from tests.worlds import session_of

from . import seeding

AT_ONCE = 1_000


def session(key: str) -> str:
    return seeding.session(key)


def invitation(*, group: str) -> str:
    return seeding.invitation(group=group)


def staff_invitation() -> str:
    """The path of a link for a new colleague."""
    link = staff.invite_staff(role="partner", email=f"{secrets.token_hex(6)}@demo.invalid", name="Noor", by=PORTAL)
    return "/nl/" + link.partition("/nl/")[2]


def parents(*, count: int, frozen: bool = False) -> list[str]:
    """Sign-in names of so many parents, who all have the password of the demo: hashing each would measure scrypt."""
    now, shared, mark = timezone.now(), make_password(cast.PASSWORD), secrets.token_hex(4)
    people = Person.objects.bulk_create(Person(language="nl", created_at=now) for _ in range(count))
    shut = {"frozen_at": now, "frozen_by_id": "portal"} if frozen else {}
    rows = [
        Account(
            person=person,
            sign_in_name=f"proef-{mark}-{at}",
            email=f"proef-{mark}-{at}@demo.invalid",
            password=shared,
            created_at=now,
            **shut,
        )
        for at, person in enumerate(people)
    ]
    Account.objects.bulk_create(rows)
    return [row.sign_in_name for row in rows]


def members(*, count: int) -> dict:
    """A group with members who have the password of the demo, each with two sessions."""
    told, shared = seeding.circle(count=count, key="signing-in"), make_password(cast.PASSWORD)
    for member in told["members"]:
        account = Account.objects.select_related("person").get(person_id=member["person"])
        account.password = shared
        account.save(update_fields=["password"])
        member |= {"session": session_of(account, own_phone=True), "other": session_of(account, own_phone=True)}
    return told


def person_of(*, key: str) -> str:
    return Account.objects.get(email=f"{key}@demo.invalid").person_id


def nearly_spent(*, network: str, left: int) -> bool:
    """Wrong sign-ins from one network, until so many are left of an hour's allowance."""
    for _ in range(150 - left):
        limiter.take("sign_in.network", network, limit=150, seconds=3600)
    return True


def guess_paper(*, count: int, networks: int) -> dict[str, int]:
    """Random codes at the door of paper codes, straight at the limiter and the table: no page could be asked so fast.

    Beside the guesses a real code lies open; some of the guesses know its first signs.
    """
    account = Account.objects.select_related("person").get(email="amina@demo.invalid")
    code = recovery.issue_new_way_in(account=account, by=PORTAL, group_id="g" * 22)
    start, evaluated, hits = codes.as_meant(code)[:3], 0, 0
    for done in range(0, count, AT_ONCE):
        with transaction.atomic():
            for at in range(done, min(count, done + AT_ONCE)):
                signs = start if at % 2 else "".join(secrets.choice(codes.ALPHABET) for _ in range(3))
                guess = signs + "".join(secrets.choice(codes.ALPHABET) for _ in range(7))
                if attempts.paper_code(code=guess, network=f"198.{at % networks // 250}.{at % 250}.1").granted:
                    evaluated += 1
                    hits += _opens(guess)
    unused = NewWayIn.objects.filter(account=account, used_at__isnull=True, expires_at__gt=timezone.now()).count()
    return {"evaluated": evaluated, "hits": hits, "unused": unused}


def _opens(code: str) -> bool:
    try:
        recovery.open_way(code=code)
    except Refused:
        return False
    return True
