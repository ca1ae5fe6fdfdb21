"""Rows change in actions and nowhere else; edges never reach for a manager."""

import ast

import pytest

from .sources import ROOT, area_of, place, python_files, role_of, tree

pytestmark = pytest.mark.db_free

MANAGER_WRITES = {
    "create", "acreate", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete", "update",
}  # fmt: skip
# Where rows may be written: the actions, and the few low places that are themselves the only writers of their rows.
EVERYWHERE = None
WRITERS = {
    "actions": EVERYWHERE,
    "management": EVERYWHERE,
    "models": EVERYWHERE,
    "record": {"audit"},
    "sealer": {"audit"},
    "purpose": {"vault"},
    "limiter": {"people"},
}
# `.save` of what is no row: a drawn code, a picture, a session, and the page that Wagtail's own form saves.
SAVES = {
    "groups/views/work_members.py": {"segno.make(_link(invitation), error='m', micro=False)"},
    "site/people/views/second_factor.py": {"segno.make(being_set_up(request).address, error='m')"},
    "site/people/login_seam.py": {"request.session"},
    "resources/editing.py": {"super()"},
    "resources/pictures.py": {"_bare(whole)"},
}
EDGES = {"views", "consumers", "forms", "templatetags", "notices", "middleware", "urls", "context"}


def _is_query(text: str) -> bool:
    return ".objects" in text or text.startswith(("queryset", "rows"))


def _calls(module: ast.Module):
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, ast.unparse(node.func.value), node.lineno


def _writes(file):
    for name, on, line in _calls(tree(file)):
        if (name in MANAGER_WRITES and _is_query(on)) or (name == "save" and on not in SAVES.get(place(file), ())):
            yield f"{place(file)}:{line} {on}.{name}"


def _may_write(file) -> bool:
    role = role_of(file)
    return role in WRITERS and (WRITERS[role] is EVERYWHERE or area_of(file) in WRITERS[role])


def test_only_actions_write():
    files = [file for file in python_files() if not _may_write(file)]
    assert len(files) > 60
    assert [write for file in files for write in _writes(file)] == []


def test_the_exceptions_are_still_needed():
    for name, kept in SAVES.items():
        assert kept <= {on for call, on, _ in _calls(tree(ROOT / name)) if call == "save"}, name


def test_edges_never_touch_a_manager():  # G4
    found = [
        f"{place(file)}:{node.lineno}"
        for file in python_files("groups", "resources", "moderation", "outreach", "people", "portal")
        if role_of(file) in EDGES
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute) and node.attr == "objects" and isinstance(node.value, ast.Name)
    ]
    assert found == []
