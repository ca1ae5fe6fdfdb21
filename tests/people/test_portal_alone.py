"""What only the portal itself does, after a backup came back: no role does it by any action."""

import pytest
from django.utils import timezone

from audit.models import AuditEntry
from people.actions import own_data, recovery, sessions, staff
from people.actor import ANONYMOUS, PORTAL, Actor
from people.erasure_journal import Erased
from people.models import Person, SignIn
from people.policy import Refused
from people.vocabulary import Role
from tests.worlds import session_of

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
SOMEBODY = [ANONYMOUS, *(Actor(person_id="p" * 22, account_id="a" * 22, roles=frozenset({role})) for role in Role)]


@pytest.mark.parametrize("by", SOMEBODY, ids=lambda by: "-".join(by.roles) or "nobody")
def test_nobody_else_erases_again_or_ends_the_sign_ins_of_all(parent, by):
    session_of(parent)
    with pytest.raises(Refused):
        own_data.erase_again(erased=Erased(timezone.now(), parent.person_id), by=by)
    with pytest.raises(Refused):
        sessions.end_everyones(by=by, because="restored")
    assert Person.objects.filter(pk=parent.person_id).exists()
    assert SignIn.objects.filter(ended_at=None).count() == 1


def test_the_portal_ends_all_of_them_with_one_line_of_history(client, parent):
    session_of(parent)
    assert client.post("/nl/account/login/", {"login": parent.sign_in_name, "password": PASSWORD}).status_code == 302
    assert sessions.end_everyones(by=PORTAL, because="restored") == 2
    assert client.get("/nl/my/").url.startswith("/nl/account/login/")
    assert AuditEntry.objects.filter(kind="people.sign_in.all_ended").get().details == {
        "why": "restored",
        "sign_ins": 2,
    }


def test_after_that_no_paper_from_before_opens_an_account(parent):
    code = recovery.issue_new_way_in(account=parent, by=PORTAL, group_id="g" * 22)
    link = staff.invite_staff(role=Role.EDITOR, email="lien@demo.invalid", name="Lien", by=PORTAL)
    sessions.end_everyones(by=PORTAL, because="restored")
    with pytest.raises(Refused):
        recovery.open_way(code=code)
    with pytest.raises(Refused):
        staff.open_invitation(token=link.rstrip("/").split("/")[-1])
