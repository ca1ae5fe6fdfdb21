"""Finds the guards of the portal in its sources, and writes a source in which one of them is gone.

A guard is a `.require(…)` or a `_require…(…)`, an `if` that refuses, a part of a `filter` or a whole `exclude`, the
policy that a view names, the roles of a policy, and a constraint of a table (in the model and in the migration).
`select_for_update` is left alone: what it holds is shown by races, in `tests/faults`.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

AREAS = {
    "groups": "groups",
    "moderation": "moderation",
    "people": "site/people",
    "outreach": "site/outreach",
    "live": "site/live",
}
LAYERS = (
    *("policies", "actions", "queries", "views", "keep_apart", "families", "guard", "policy"),
    *("live", "socket_identity", "consumers", "hub", "heartbeat"),
)
ANYONE = 'type("Anyone", (), {"act": "", "require": staticmethod(lambda *a, **k: None)})()'
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
REQUIRING = ("require_", "_require", "_knows_one", "_may_grant", "_own_or_accompanied")


@dataclass(frozen=True)
class Mutant:
    area: str
    kind: str
    file: str
    line: int
    before: str
    function: str  # what it stands in, by file and first line
    edits: tuple[tuple[str, int, int, str], ...]  # file, from, to, text instead

    def __str__(self) -> str:
        return f"{self.kind:<10} {self.file}:{self.line}  {self.before}"

    def write_in(self, root: Path) -> dict[Path, str]:
        """Writes the sources without the guard; gives what stood there before."""
        old = {}
        for file, start, end, text in self.edits:
            path = root / file
            source = path.read_text()
            old[path] = source
            path.write_text(source[:start] + text + source[end:])
        return old


class Source:
    """One file, with the places of its nodes as offsets."""

    def __init__(self, root: Path, file: Path, area: str):
        self.text, self.area = file.read_text(), area
        self.name = str(file.relative_to(root))
        self.starts = [0]
        for line in self.text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.tree = ast.parse(self.text)
        self.functions = [node for node in ast.walk(self.tree) if isinstance(node, FUNCTIONS)]

    def at(self, line: int, column: int) -> int:
        """`ast` counts columns in bytes."""
        begin = self.starts[line - 1]
        text = self.text[begin : self.starts[line]] if line < len(self.starts) else self.text[begin:]
        return begin + len(text.encode()[:column].decode())

    def span(self, node) -> tuple[int, int]:
        return self.at(node.lineno, node.col_offset), self.at(node.end_lineno, node.end_col_offset)

    def mutant(self, kind: str, node, span: tuple[int, int], instead: str) -> Mutant:
        shown = " ".join(self.text[slice(*self.span(node))].split())[:110]
        function = f"{self.name}:{self.function_of(node)}"
        return Mutant(self.area, kind, self.name, node.lineno, shown, function, ((self.name, *span, instead),))

    def function_of(self, node) -> int:
        """The first line of the innermost function around it, decorators counted as Python counts them."""
        around = [one for one in self.functions if one.lineno <= node.lineno <= one.end_lineno and one is not node]
        inner = max(around, key=lambda one: one.lineno, default=None)
        if inner is None:
            return 0
        return min([inner.lineno, *(one.lineno for one in inner.decorator_list)])


def all_mutants(root: Path) -> list[Mutant]:
    found: list[Mutant] = []
    for area, folder in AREAS.items():
        for file in sorted((root / folder).rglob("*.py")):
            parts = file.relative_to(root / folder).parts
            if parts[0].removesuffix(".py") in LAYERS:
                found += _of_source(Source(root, file, area))
        found += _constraints(root, root / folder, area)
    return found


def _of_source(source: Source) -> Iterator[Mutant]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and _requires(node.value.func):
            yield source.mutant("require", node, source.span(node), "pass")
        elif isinstance(node, ast.If) and _refuses(node):
            start, end = source.span(node.test)
            yield source.mutant("refusal", node, (start, end), f"False and ({source.text[start:end]})")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from _narrowing(source, node)
        elif isinstance(node, FUNCTIONS):
            yield from _decorators(source, node)


def _requires(function) -> bool:
    if isinstance(function, ast.Attribute):
        return function.attr == "require"
    return isinstance(function, ast.Name) and function.id.startswith(REQUIRING)


def _refuses(node: ast.If) -> bool:
    last = node.body[-1]
    raised = last.exc if isinstance(last, ast.Raise) else None
    return isinstance(raised, ast.Call) and getattr(raised.func, "id", "") == "Refused"


def _narrowing(source: Source, node: ast.Call) -> Iterator[Mutant]:
    """One part of a filter at a time, and the whole of an exclude."""
    assert isinstance(node.func, ast.Attribute)
    if node.func.attr == "exclude":
        start, end = source.at(node.func.value.end_lineno, node.func.value.end_col_offset), source.span(node)[1]
        yield source.mutant("exclude", node, (start, end), ".all()")
    if node.func.attr != "filter":
        return
    parts = [*node.args, *node.keywords]
    for part in parts:
        if len(parts) == 1 and isinstance(part, ast.keyword) and part.arg == "pk":
            continue  # finding one thing by its id narrows nothing
        kept = ", ".join(source.text[slice(*source.span(one))] for one in parts if one is not part)
        opening = source.text.index("(", source.at(node.func.end_lineno, node.func.end_col_offset))
        yield source.mutant("filter", part, (opening + 1, source.span(node)[1] - 1), kept)


def _decorators(source: Source, node: ast.FunctionDef) -> Iterator[Mutant]:
    for decorator in node.decorator_list:
        if not isinstance(decorator, ast.Call):
            continue
        name = getattr(decorator.func, "id", "")
        if name == "guarded_by":
            yield source.mutant("guard", decorator, source.span(decorator.args[0]), ANYONE)
        if name == "policy":
            roles = next(one.value for one in decorator.keywords if one.arg == "roles")
            everybody = '__import__("people.policies").policies.SIGNED_IN' if source.area != "people" else "tuple(Role)"
            yield source.mutant("roles", decorator, source.span(roles), everybody)


def _constraints(root: Path, folder: Path, area: str) -> Iterator[Mutant]:
    """Each constraint, out of the model; and out of the first migration, which is what makes the tables."""
    migration = folder / "migrations" / "0001_initial.py"
    if not migration.exists():
        return
    made = Source(root, migration, area)
    in_tables = {_name(node): node for node in ast.walk(made.tree) if _is_constraint(node)}
    for file in sorted((folder / "models").glob("*.py")):
        source = Source(root, file, area)
        for node in ast.walk(source.tree):
            if not _is_constraint(node) or _name(node) not in in_tables:
                continue
            anything = "models.Q(pk__isnull=False) | models.Q(pk__isnull=True)"
            never = f'models.CheckConstraint(condition={anything}, name="{_name(node)}")'
            edits = (
                (source.name, *source.span(node), never),
                (made.name, *made.span(in_tables[_name(node)]), never),
            )
            yield Mutant(area, "constraint", source.name, node.lineno, _name(node), "", edits)


def _is_constraint(node) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("UniqueConstraint", "CheckConstraint")


def _name(node) -> str:
    return next(one.value.value for one in node.keywords if one.arg == "name")
