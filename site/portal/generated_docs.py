"""Pages that are printed from the code, so that they cannot drift from it: `docs/generated/`. A test compares them."""

import ast
import importlib
import inspect
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model

from people.policy import REGISTRY
from people.vocabulary import Role

from . import env
from .personal_data import LIBRARIES

FOLDER = env.ROOT / "docs" / "generated"
AREAS = ("groups", "resources", "moderation", "outreach", "people", "audit", "vault", "live", "portal")
NOTE = "<!-- Printed by `manage.py generate_docs`; a test compares it with the code. Do not edit. -->\n\n"


def _first_paragraph(text: str | None) -> str:
    return " ".join((inspect.cleandoc(text or "").split("\n\n")[0]).split())


def _in_words(role: Role) -> str:
    return role.value.replace("_", " ")


def permissions() -> str:
    """Which role can ever hold which act, and under what condition."""
    importlib.import_module(settings.ROOT_URLCONF)  # brings every area in with its rules, whoever asks
    lines = [
        "# Who may do what\n",
        NOTE,
        "For coordinators and engineers. The second column says which roles can hold an act at all; the condition "
        "beside it must hold as well, for rank alone never opens anything private. Every role that is not named is "
        "refused. ‘Accompanies’ means: appointed to a group that is there, with the parent in it or at its door.\n\n",
    ]
    by_scope: dict[str, list] = {}
    for act, rule in sorted(REGISTRY.items()):
        by_scope.setdefault(act.partition(":")[0], []).append((act, rule))
    for scope, rules in by_scope.items():
        lines += [f"## {scope}\n\n", "| act | who can hold it | condition |\n", "| --- | --- | --- |\n"]
        for act, rule in rules:
            held = ", ".join(_in_words(role) for role in Role if role in rule.roles) or "the portal itself"
            lines.append(f"| `{act}` | {held} | {_first_paragraph(rule.rule.__doc__)} |\n")
        lines.append("\n")
    return "".join(lines)


def states() -> str:
    """How a message moves from one state to the next, as a table and a diagram."""
    from groups.vocabulary import MOVES

    lines = ["# States of a message\n\n", NOTE, "```mermaid\nstateDiagram-v2\n"]
    for before, afters in MOVES.items():
        lines += [f"    {before or '[*]'} --> {after}\n" for after in sorted(afters)]
    lines.append("```\n\nA draft is not a message yet: it has a model of its own and nobody but its author sees it.\n")
    return "".join(lines)


def _recorded_kinds(file: Path) -> set[str]:
    """The first argument of each call of `record` in a file; of a choice between two, both."""
    kinds = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", getattr(node.func, "attr", "")) != "record":
            continue
        named = [keyword.value for keyword in node.keywords if keyword.arg == "kind"]
        for value in ast.walk((node.args or named or [node])[0]):
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and "." in value.value:
                kinds.add(value.value)
    return kinds


def events() -> str:
    """Every kind of audit row that the code can write."""
    found: dict[str, set[str]] = {}
    for area in AREAS:
        for file in sorted(Path(importlib.import_module(area).__file__).parent.rglob("*.py")):
            for kind in _recorded_kinds(file):
                found.setdefault(kind, set()).add(f"`{file.relative_to(env.ROOT)}`")
    lines = ["# What the audit record can hold\n\n", NOTE, "| event | written by |\n", "| --- | --- |\n"]
    lines += [f"| `{kind}` | {', '.join(sorted(places))} |\n" for kind, places in sorted(found.items())]
    return "".join(lines)


def personal_data() -> str:
    """The register of processing: each field about a person, what for, on what ground, how long, for whom."""
    lines = [
        "# Register of processing, field by field\n\n",
        NOTE,
        "The grounds are a proposal in plain words: the controller and its officer for data protection confirm them. "
        "Whoever is said to see something sees it only under the rules in [permissions](permissions.md).\n\n",
    ]
    for area in AREAS:
        register, more = personal_register(area), ground_and_access(area)
        if register:
            lines += [f"## {area}\n\n", "| field | what for | kept | ground | seen by |\n", f"| {'--- | ' * 5}\n"]
            for field, (why, long) in sorted(register.items()):
                ground, seen_by = more.get(field.partition(".")[0], ("", ""))
                lines.append(f"| `{field}` | {why} | {long} | {ground} | {seen_by} |\n")
            lines.append("\n")
    lines += ["## Tables of libraries\n\n", "| table | what for | kept | ground | seen by |\n", f"| {'--- | ' * 5}\n"]
    lines += [f"| `{table}` | {' | '.join(told)} |\n" for table, told in sorted(LIBRARIES.items())]
    return "".join(lines)


def personal_register(area: str) -> dict[str, tuple[str, str]]:
    try:
        return importlib.import_module(f"{area}.personal_data").PERSONAL
    except ModuleNotFoundError:
        return {}


def ground_and_access(area: str) -> dict[str, tuple[str, str]]:
    return importlib.import_module(f"{area}.personal_data").GROUND_AND_ACCESS if personal_register(area) else {}


def incomplete_entries() -> list[str]:
    """Entries that lack what for, how long, a ground or who sees it; and tables of libraries that nobody judged."""
    missing = []
    for area in AREAS:
        more = ground_and_access(area)
        for field, told in personal_register(area).items():
            if not all((*told, *more.get(field.partition(".")[0], ("",)))):
                missing.append(f"{area}: {field}")
    for model in apps.get_models():
        people = [field for field in model._meta.local_concrete_fields if field.related_model is get_user_model()]
        if people and model._meta.app_label not in AREAS and model._meta.label not in LIBRARIES:
            missing.append(model._meta.label)
    return missing


def fields_without_entry() -> list[str]:
    """Fields of our models that nobody classified as personal or not."""
    missing = []
    for area in AREAS:
        if not apps.is_installed(area):
            continue
        try:
            module = importlib.import_module(f"{area}.personal_data")
            known = set(module.PERSONAL) | set(module.NOT_PERSONAL)
        except ModuleNotFoundError:
            known = set()
        for model in apps.get_app_config(area).get_models():
            names = {f"{model.__name__}.{field.name}" for field in model._meta.local_concrete_fields}
            missing += sorted(f"{area}: {name}" for name in names - known)
    return missing


PAGES = {
    "permissions.md": permissions,
    "states.md": states,
    "events.md": events,
    "personal-data.md": personal_data,
}
