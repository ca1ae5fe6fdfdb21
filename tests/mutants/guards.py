"""Finds the guards of the portal in its sources, and puts a switch at each of them.

A guard is a `.require(…)` or a `_require…(…)`, an `if` that refuses, a part of a `filter` or a whole `exclude`, the
policy that a view names, and the roles of a policy. (Constraints of tables: `constraints.py`.) `select_for_update` is
left alone: what it holds is shown by races, in `tests/faults`.

`with_switches` gives the tree of a source in which each guard asks first whether it is the one that is gone: the names
it calls are those of `switches.py`.
"""

import ast
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
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
REQUIRING = ("require_", "_require", "_knows_one", "_may_grant", "_own_or_accompanied")


@dataclass(frozen=True)
class Guard:
    kind: str
    file: str
    line: int
    column: int
    before: str

    @property
    def key(self) -> str:
        return f"{self.file}:{self.line}:{self.column}:{self.kind}"

    def __str__(self) -> str:
        return f"{self.kind:<10} {self.file}:{self.line}  {self.before}"


def all_guards(root: Path) -> list[Guard]:
    return [guard for file in sources(root) for guard in with_switches(root, file)[1]]


def sources(root: Path) -> list[Path]:
    """The files in which guards are looked for."""
    found = []
    for folder in AREAS.values():
        for file in sorted((root / folder).rglob("*.py")):
            if file.relative_to(root / folder).parts[0].removesuffix(".py") in LAYERS:
                found.append(file)
    return found


def with_switches(root: Path, file: Path) -> tuple[ast.Module, list[Guard]]:
    text = file.read_text()
    switches = Switches(str(file.relative_to(root)), text)
    tree = switches.visit(ast.parse(text))
    return ast.fix_missing_locations(tree), switches.found


class Switches(ast.NodeTransformer):
    """Puts a switch at each guard of one file."""

    def __init__(self, name: str, text: str):
        self.name, self.text, self.found = name, text, []

    def guard(self, kind: str, node: ast.AST) -> ast.Constant:
        """Notes the guard; gives its key as a constant to hand to the switch."""
        shown = " ".join((ast.get_source_segment(self.text, node) or "").split())[:110]
        guard = Guard(kind, self.name, node.lineno, node.col_offset, shown)
        self.found.append(guard)
        return ast.Constant(guard.key)

    def visit_Expr(self, node: ast.Expr):
        if not (isinstance(node.value, ast.Call) and _requires(node.value.func)):
            return self.generic_visit(node)
        key = self.guard("require", node)
        self.generic_visit(node)
        node.value = ast.BoolOp(ast.Or(), [_call("gone", key), node.value])
        return node

    def visit_If(self, node: ast.If):
        key = self.guard("refusal", node) if _refuses(node) else None
        self.generic_visit(node)
        if key:
            node.test = ast.BoolOp(ast.And(), [ast.UnaryOp(ast.Not(), _call("gone", key)), node.test])
        return node

    def visit_Call(self, node: ast.Call):
        if not (isinstance(node.func, ast.Attribute) and node.func.attr in ("filter", "exclude")):
            return self.generic_visit(node)
        if node.func.attr == "exclude":
            key = self.guard("exclude", node)
            self.generic_visit(node)
            everything = ast.Call(ast.Attribute(node.func.value, "all", ast.Load()), [], [])
            return ast.copy_location(ast.IfExp(_call("gone", key), everything, node), node)
        only = [*node.args, *node.keywords]
        found_by_id = len(only) == 1 and isinstance(only[0], ast.keyword) and only[0].arg == "pk"
        keys = [] if found_by_id else [self.guard("filter", part) for part in only]  # an id narrows nothing
        self.generic_visit(node)
        if keys:
            words = keys[len(node.args) :]
            node.args = [_part(key, part) for key, part in zip(keys, node.args, strict=False)]
            node.keywords = [_word(key, word) for key, word in zip(words, node.keywords, strict=True)]
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef):
        decorators = []
        for one in node.decorator_list:
            name = getattr(one.func, "id", "") if isinstance(one, ast.Call) else ""
            if name == "guarded_by":
                one.args[0] = _call("rule", self.guard("guard", one), one.args[0])
            if name == "policy":
                decorators.append(_call("roles", self.guard("roles", one)))
            decorators.append(one)
        node.decorator_list = decorators
        return self.generic_visit(node)


def _call(switch: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(f"_kring_{switch}", ast.Load()), list(arguments), [])


def _part(key: ast.Constant, part: ast.expr) -> ast.Starred:
    switch = "parts" if isinstance(part, ast.Starred) else "part"
    value = part.value if isinstance(part, ast.Starred) else part
    return ast.Starred(_call(switch, key, value), ast.Load())


def _word(key: ast.Constant, word: ast.keyword) -> ast.keyword:
    value = word.value if word.arg is None else ast.Dict([ast.Constant(word.arg)], [word.value])
    return ast.keyword(None, _call("words", key, value))


def _requires(function) -> bool:
    if isinstance(function, ast.Attribute):
        return function.attr == "require"
    return isinstance(function, ast.Name) and function.id.startswith(REQUIRING)


def _refuses(node: ast.If) -> bool:
    last = node.body[-1]
    raised = last.exc if isinstance(last, ast.Raise) else None
    return isinstance(raised, ast.Call) and getattr(raised.func, "id", "") == "Refused"
