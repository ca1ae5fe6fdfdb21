"""Private rows are fetched in the actions of their own area and in the modules named here, nowhere else (G4).

A private row holds an encrypted text or tells who someone is. Named is every module that fetches one, with its model or
from the other side of a relation; a name without a fetch fails too, so that the list stays what it is.
"""

import ast

import pytest
from django.apps import apps

from vault.fields import EncryptedTextField

from .sources import area_of, place, python_files, role_of, tree

pytestmark = pytest.mark.db_free

FETCHES = {
    "audit.AuditEntry": {"site/audit/queries.py", "site/audit/record.py", "site/audit/sealer.py"},
    "groups.Conversation": {"groups/hearing.py", "groups/in_sight.py", "groups/queries.py"},
    "groups.Draft": {"groups/own_data.py"},
    "groups.Group": {
        "groups/policies/messages.py", "groups/queries.py", "site/portal/management/commands/demo.py",
        "site/portal/management/commands/leak.py",
    },
    "groups.Invitation": {"groups/queries.py"},
    "groups.Membership": {
        "groups/circles.py", "groups/families.py", "groups/live.py", "groups/own_data.py",
        "groups/policies/groups.py", "groups/policies/messages.py", "groups/policies/relations.py",
        "groups/queries.py", "site/portal/demo/world.py", "site/portal/leaks/hit.py",
    },
    "groups.Message": {"groups/gone.py", "groups/live.py", "groups/own_data.py", "groups/queries.py"},
    "moderation.Decision": set(),
    "moderation.Report": {"moderation/own_data.py", "moderation/queries.py"},
    "outreach.ContactMoment": {
        "site/outreach/facts.py", "site/outreach/families.py", "site/outreach/queries.py",
        "site/outreach/unanswered.py",
    },
    "outreach.Delivery": {
        "site/outreach/facts.py", "site/outreach/override_queries.py", "site/outreach/queries.py",
        "site/outreach/round_queries.py", "site/outreach/sendings.py", "site/outreach/word_queries.py",
        "site/portal/demo/world.py",
    },
    "outreach.Occasion": set(),
    "outreach.Override": {"site/outreach/override_queries.py"},
    "outreach.PushSubscription": {"site/outreach/facts.py", "site/outreach/queries.py"},
    "outreach.Round": {"site/outreach/round_queries.py"},
    "outreach.SafeContact": {
        "site/outreach/facts.py", "site/outreach/own_data.py", "site/outreach/queries.py",
        "site/outreach/seen_by_staff.py",
    },
    "outreach.StaffWord": {"site/outreach/word_queries.py"},
    "people.Account": {
        "groups/actions/invitations.py", "groups/actions/membership.py", "moderation/queries.py",
        "resources/actions/editors.py", "site/outreach/actions/stories.py", "site/outreach/facts.py",
        "site/people/own_account_data.py", "site/people/queries.py", "site/portal/demo/world.py",
        "site/portal/management/commands/leak.py",
    },
    "people.Authenticator": set(),
    "people.ContactNeeds": {
        "site/outreach/actions/needs.py", "site/outreach/actions/unsubscribing.py", "site/outreach/own_data.py",
        "site/outreach/queries.py",
    },
    "people.KeepApart": {"site/people/keep_apart.py", "site/people/queries.py"},
    "people.Person": {
        "moderation/queries.py", "site/outreach/actions/leasing.py", "site/outreach/actions/newcomers.py",
        "site/outreach/actions/stories.py", "site/outreach/actions/unsubscribing.py", "site/outreach/facts.py",
        "site/outreach/matching.py", "site/outreach/names.py", "site/outreach/override_queries.py",
        "site/outreach/queries.py", "site/outreach/round_queries.py", "site/outreach/said_of_themselves.py",
        "site/outreach/sendings.py", "site/people/own_account_data.py", "site/people/queries.py",
        "site/portal/leaks/hit.py", "site/portal/leaks/papers.py", "site/portal/management/commands/leak.py",
    },
    "vault.MasterSecret": {"site/vault/purpose.py"},
}  # fmt: skip
NOT_OURS = {"resources/actions/editors.py": {"Group"}, "site/people/actions/staff.py": {"Group"}}  # Django's own groups
MANAGER = {
    "all", "count", "exclude", "exists", "filter", "first", "get", "in_bulk", "iterator", "last", "only", "order_by",
    "prefetch_related", "select_for_update", "select_related", "values", "values_list", "annotate",
}  # fmt: skip


def private_models() -> dict[str, type]:
    found = {
        model._meta.label: model
        for model in apps.get_models()
        if any(isinstance(field, EncryptedTextField) for field in model._meta.get_fields())
    }
    return found | {"people.Account": apps.get_model("people.Account")}


def relations() -> dict[str, str]:
    """The name by which rows of a private model hang on another row, where that name is ours to look for."""
    return {
        field.remote_field.related_name: label
        for label, model in private_models().items()
        for field in model._meta.get_fields()
        if getattr(field, "remote_field", None) and (getattr(field.remote_field, "related_name", "") or "+") != "+"
    }


def fetched_in(file) -> set[str]:
    """The private models of which this file fetches rows."""
    by_name = {model.__name__: label for label, model in private_models().items()}
    by_relation, found = relations(), set()
    for node in ast.walk(tree(file)):
        if not isinstance(node, ast.Attribute):
            continue
        below = node.value
        if node.attr == "objects" and isinstance(below, ast.Name) and below.id in by_name:
            found |= {by_name[below.id]} if below.id not in NOT_OURS.get(place(file), ()) else set()
        # `group.memberships.filter(…)`, but not `messages.post_message(…)` of a module of that name
        if node.attr in MANAGER and isinstance(below, ast.Attribute) and below.attr in by_relation:
            found.add(by_relation[below.attr])
    return found


def test_private_rows_are_fetched_where_it_is_said():  # G4
    assert set(FETCHES) == set(private_models())
    unsaid, fetching = [], {label: set() for label in FETCHES}
    for file in python_files():
        for label in fetched_in(file):
            fetching[label].add(place(file))
            at_home = role_of(file) == "actions" and area_of(file) == label.partition(".")[0]
            if not at_home and place(file) not in FETCHES[label]:
                unsaid.append(f"{place(file)} fetches {label}")
    assert unsaid == []
    assert {label: named - fetching[label] for label, named in FETCHES.items() if named - fetching[label]} == {}


def test_no_page_fetches_a_private_row():  # G4
    """Views, forms, templates' tags and sockets get what a query or a guard gives them."""
    edges = {"views", "forms", "templatetags", "consumers", "hub", "middleware", "context", "urls", "notices"}
    assert [place(file) for file in python_files() if role_of(file) in edges and fetched_in(file)] == []
    assert not edges & {name.rpartition("/")[2].removesuffix(".py") for named in FETCHES.values() for name in named}
