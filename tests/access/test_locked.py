"""Behind the lock of an own phone there is nobody: no page, no form and no file, by any method (G22, G24)."""

import pytest
from django.utils import timezone

from people.models import SignIn
from people.vocabulary import Role

from .addresses import every_address, examples
from .test_changing import changed, rows
from .test_matrix import MATRIX, address_of

pytestmark = [pytest.mark.django_db, pytest.mark.db_free]  # refused before it is asked

ROLES = (Role.PARENT, Role.FACILITATOR, Role.COORDINATOR)


def shut_doors(town):
    """Each address that is for somebody, with someone for whom it opens."""
    values = examples(town)
    for address in every_address():
        private = address.audience in ("members", "staff")
        policy = getattr(address.pattern.callback, "policy", None)
        if not private and (policy is None or Role.ANONYMOUS in policy.roles):
            continue
        row = MATRIX.get(address.name, [Role.PARENT.value])
        role = next((one for one in ROLES if one.value in row), None)
        if role:
            yield address.name, role, address_of(address, town, values)


def test_no_private_address_answers_while_it_is_locked(town):
    doors = list(shut_doors(town))
    clients = {role: town.client(role) for role in ROLES}
    before_locking = {name: clients[role].get(url).status_code for name, role, url in doors}
    SignIn.objects.filter(ended_at__isnull=True).update(own_phone=True, locked_at=timezone.now())
    before, wrong = rows(), []
    for name, role, url in doors:
        for method in ("get", "head", "post", "put", "delete"):
            answer = getattr(clients[role], method)(url)
            to = answer.headers.get("Location", "")
            sent_to_the_lock = answer.status_code == 302 and to.endswith(("/account/login/", "/account/unlock/"))
            if not sent_to_the_lock and answer.status_code != 405:
                wrong.append(f"{method} {name}: {answer.status_code} {to}")
    assert {one.get("/nl/account/login/").url for one in clients.values()} == {"/nl/account/unlock/"}
    assert wrong == []
    assert changed(before) == []
    assert len(doors) > 60
    assert sum(status == 200 for status in before_locking.values()) > 25  # the same people were let in before
