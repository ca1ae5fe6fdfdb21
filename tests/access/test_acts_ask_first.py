"""Every act asks its policy before it looks at what it was given (G1): nobody at all is refused with nothing looked up.

What an act is given here is nothing: a stand-in that answers whatever is asked of it. An act that no longer asks
stumbles over it, or goes through.
"""

import inspect
from importlib import import_module
from pkgutil import iter_modules
from unittest.mock import MagicMock

import pytest

from people.actor import ANONYMOUS, Actor
from people.policy import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.db_free]  # for the transactions around them
PACKAGES = ("groups", "moderation", "outreach", "people", "resources")
# These need the row first, locked or fresh: their policy judges what it says now. Each has tests of its own.
FROM_THE_ROW = {
    "groups": {
        "conversations": {"close_conversation", "reopen_conversation"},
        "decisions": {"publish_message", "return_message", "decline_message", "remove_message"},
        "facilitation": {"appoint_facilitator", "withdraw_facilitator"},
        "groups": {"name_group", "set_mode", "close_group"},
        "invitations": {"revoke_invitation"},
        "looking": {"look"},
        "membership": {"admit", "not_admit", "end_membership"},
        "messages": {"post_message"},
    },
    "moderation": {"reports": {"tell_team"}, "reviews": {"close"}},
    "outreach": {
        "moments": {"correct"},
        "override": {"confirm_override", "use_override"},
        "staffed_hours": {"set_hours"},
    },
    "people": {
        "recovery": {"use_new_way_in"},
        "staff": {"invite_staff", "accept_staff_invitation", "grant_role", "withdraw_role"},
    },
}


def acts():
    for package in PACKAGES:
        for module in iter_modules(import_module(f"{package}.actions").__path__):
            found = import_module(f"{package}.actions.{module.name}")
            for name, act in vars(found).items():
                is_ours = inspect.isfunction(act) and act.__module__ == found.__name__ and not name.startswith("_")
                if is_ours and getattr(inspect.signature(act).parameters.get("by"), "annotation", None) is Actor:
                    yield package, module.name, name, act


def later(package: str, module: str) -> set[str]:
    return FROM_THE_ROW.get(package, {}).get(module, set())


ASK_FIRST = [
    (f"{package}.{module}.{name}", act) for package, module, name, act in acts() if name not in later(package, module)
]


@pytest.mark.parametrize("act", [act for _, act in ASK_FIRST], ids=[name for name, _ in ASK_FIRST])
def test_nobody_is_refused_before_anything_is_looked_at(act):
    given = {
        one.name: MagicMock(name=one.name)
        for one in inspect.signature(act).parameters.values()
        if one.default is inspect.Parameter.empty and one.name != "by"
    }
    with pytest.raises(Refused):
        act(**given, by=ANONYMOUS)


def test_the_list_of_those_that_need_the_row_names_what_there_is():
    there = {(package, module, name) for package, module, name, _ in acts()}
    named = {
        (package, module, name)
        for package in FROM_THE_ROW
        for module in FROM_THE_ROW[package]
        for name in later(package, module)
    }
    assert named <= there
    assert len(ASK_FIRST) > 100
