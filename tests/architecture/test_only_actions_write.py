"""Rows change in actions and nowhere else; edges never reach for a manager."""

import ast

import pytest

from .sources import place, python_files, role_of, tree

pytestmark = pytest.mark.db_free

WRITES = {
    "create", "acreate", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "save", "delete", "update",
}  # fmt: skip
# Where rows may be written: the actions, and the few low places that are themselves the only writers.
WRITERS = {
    "actions": None,
    "management": None,
    "models": None,
    "record": {"audit"},
    "sealer": {"audit"},
    "purpose": {"vault"},
    "limiter": {"people"},
    "worker": {"outreach"},
    "jobs": {"outreach"},
}
# `.update` and `.delete` of dicts, sets, hashes and responses are no database writes.
EDGES = {"views", "consumers", "forms", "templatetags", "notices", "middleware", "urls", "context"}


def _manager_calls(module: ast.Module):
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            text = ast.unparse(node.func.value)
            if ".objects" in text or text.startswith(("queryset", "rows")):
                yield node.func.attr, node.lineno
        if isinstance(node, ast.Attribute) and node.attr == "objects" and isinstance(node.value, ast.Name):
            yield "objects", node.lineno


def test_only_actions_write():
    found, seen = [], 0
    for file in python_files():
        seen += 1
        role = role_of(file)
        if role in WRITERS:
            continue
        found += [f"{place(file)}:{line} .{call}" for call, line in _manager_calls(tree(file)) if call in WRITES]
    assert seen > 60
    assert found == []


def test_edges_never_touch_a_manager():  # G4
    found = [
        f"{place(file)}:{line}"
        for file in python_files("groups", "resources", "moderation", "outreach", "people", "portal")
        if role_of(file) in EDGES
        for call, line in _manager_calls(tree(file))
    ]
    assert found == []
