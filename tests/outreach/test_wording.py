"""How the portal reads a wish: one sentence never contradicts another."""

import pytest

from outreach.planner import Needs
from outreach.vocabulary import Channel, Kind
from outreach.wording import how_we_read
from people.vocabulary import Rhythm

from .conftest import NOON

pytestmark = pytest.mark.db_free

EMAIL, CALL, VISIT = Channel.EMAIL, Channel.CALL, Channel.VISIT


def read(*ways, reachable=(EMAIL, CALL, VISIT), **by_kind):
    kinds = {Kind(kind): chosen for kind, chosen in by_kind.items()}
    needs = Needs(rhythm=Rhythm.OFTEN, channels=ways, channels_by_kind=kinds, reachable=frozenset(reachable))
    return how_we_read(needs, NOON)


@pytest.mark.parametrize(
    ("reading", "calls"),
    [
        (read(EMAIL), False),
        (read(EMAIL, CALL), True),
        (read(EMAIL, words=(CALL, EMAIL)), True),  # for a talk a call is wanted, though not for news
        (read(EMAIL, events=(VISIT,)), True),
        (read(EMAIL, words=(CALL,), reachable=(EMAIL,)), False),  # wanted, but there is no number yet
        (read(CALL, news=(EMAIL,), answers=(EMAIL,), words=(EMAIL,), events=(EMAIL,)), False),
    ],
)
def test_it_says_we_do_not_call_only_when_nobody_may_call_for_anything(reading, calls):
    assert reading.calls is calls
