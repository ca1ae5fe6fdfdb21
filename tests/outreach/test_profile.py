"""What staff say of themselves: nothing has to be said, only one's own, and what was said can be taken back."""

import re

import pytest

from outreach.actions.profile import say_of_oneself
from outreach.models import StaffProfile
from people.policy import Refused

from .company import ask, colleague, facilitator, named
from .conftest import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_no_groups")]


def test_all_of_it_may_stay_unsaid_and_only_ones_own_is_said(rf):
    sofie = colleague("Sofie")
    assert ask(rf, facilitator(sofie), "work:outreach_profile", {}).status_code == 302
    row = StaffProfile.objects.get()
    assert (row.person_id, row.gender, row.themes, row.hours, row.most_families) == (sofie.pk, "", [], [], None)
    with pytest.raises(Refused):
        say_of_oneself(by=actor(named("Amina", 1)), gender="woman")


def test_what_was_said_stands_in_the_form_and_can_be_taken_back(rf):
    sofie = colleague("Sofie")
    given = {"gender": "woman", "themes": ["left", "worry"], "hours": ["evening"], "most_families": "6"}
    ask(rf, facilitator(sofie), "work:outreach_profile", given)
    page = ask(rf, facilitator(sofie), "work:outreach_me").content.decode()
    assert len(re.findall(r"<input[^>]* checked", page)) == 4
    assert 'value="6"' in page
    ask(rf, facilitator(sofie), "work:outreach_profile", {"gender": ""})
    assert StaffProfile.objects.get().gender == ""


@pytest.mark.parametrize(
    "wrong",
    [{"gender": "x"}, {"themes": ["x"]}, {"hours": ["night"]}, *({"most_families": n} for n in ("0", "-1", "61", "x"))],
)
def test_what_cannot_be_said_comes_back_with_a_sentence(rf, wrong):
    assert ask(rf, facilitator(colleague("Sofie")), "work:outreach_profile", wrong).status_code == 422
    assert not StaffProfile.objects.exists()
