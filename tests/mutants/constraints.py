"""Takes the constraints of tables away one by one, in a copy: out of the model, and out of the first migration, which
is what makes the tables. Each takes about as long as making the tables anew."""

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .guards import AREAS

NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", "pictures")
ANYTHING = "models.Q(pk__isnull=False) | models.Q(pk__isnull=True)"
AT_THE_TABLES = "tests/portal/test_constraints.py"
SECONDS = 900


@dataclass(frozen=True)
class Constraint:
    area: str
    file: str
    line: int
    before: str
    edits: tuple[tuple[str, int, int, str], ...]  # file, from, to, text instead

    kind = "constraint"

    def __str__(self) -> str:
        return f"{self.kind:<10} {self.file}:{self.line}  {self.before}"


def all_constraints(root: Path) -> list[Constraint]:
    return [one for area, folder in AREAS.items() for one in _of_area(root, root / folder, area)]


def is_noticed(root: Path, constraint: Constraint) -> bool:
    """Whether a test fails when the tables are made without it."""
    with tempfile.TemporaryDirectory(prefix="kring-constraint-") as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(root, copy, ignore=NOT_COPIED)
        for file, start, end, text in constraint.edits:
            source = (copy / file).read_text()
            (copy / file).write_text(source[:start] + text + source[end:])
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-m", "not browser", AT_THE_TABLES]
        command.append(f"tests/{constraint.area}")
        environment = {**os.environ, "DATABASE_URL": "", "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, timeout=SECONDS, check=False
        ).returncode
        assert done <= 1, "The tests of the tables could not be run."
        return done == 1


def _of_area(root: Path, folder: Path, area: str) -> list[Constraint]:
    migration = folder / "migrations" / "0001_initial.py"
    if not migration.exists():
        return []
    in_tables = {_name(node): node for node in ast.walk(ast.parse(migration.read_text())) if _is_constraint(node)}
    found = []
    for file in sorted((folder / "models").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if _is_constraint(node) and _name(node) in in_tables:
                never = f'models.CheckConstraint(condition={ANYTHING}, name="{_name(node)}")'
                edits = tuple(
                    (str(where.relative_to(root)), *_span(where.read_text(), what), never)
                    for where, what in ((file, node), (migration, in_tables[_name(node)]))
                )
                found.append(Constraint(area, edits[0][0], node.lineno, _name(node), edits))
    return found


def _span(text: str, node: ast.Call) -> tuple[int, int]:
    """Where it stands, as offsets. `ast` counts columns in bytes."""
    lines = text.splitlines(keepends=True)

    def at(line: int, column: int) -> int:
        return sum(map(len, lines[: line - 1])) + len(lines[line - 1].encode()[:column].decode())

    return at(node.lineno, node.col_offset), at(node.end_lineno, node.end_col_offset)


def _is_constraint(node) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("UniqueConstraint", "CheckConstraint")


def _name(node) -> str:
    return next(one.value.value for one in node.keywords if one.arg == "name")
