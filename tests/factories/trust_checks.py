"""What is printed about checks of a trial or a launch, and which of them the source can make."""

from __future__ import annotations

import ast
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from resume_gap.report.text import failed_checks, trust
from resume_gap.results.trust import TrustCheck

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resume_gap.report.text.plain_check import Plain

SOURCE = Path(__file__).parents[2] / "src" / "resume_gap"


def found(name: str, code: str, p: float | None = None, **figures: Any) -> str:
    """What a check of a trial found."""
    return trust.found(TrustCheck(name=name, code=code, status="warned", p=p, figures=figures))


def plain(name: str, code: str) -> Plain:
    """Why no result of a trial is shown."""
    words = failed_checks.plain(TrustCheck(name=name, code=code, status="failed"))
    assert words is not None
    return words


@cache
def made(folder: str) -> frozenset[tuple[str, str]]:
    """By name and code, the checks that the modules of a folder make, as far as texts show it."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (SOURCE / folder).glob("*.py")]
    functions = {n.name: n for tree in trees for n in tree.body if isinstance(n, ast.FunctionDef)}
    return frozenset(pair for tree in trees for pair in Texts(tree, functions).checks())


class Texts:
    """A module, asked which texts its expressions can be.

    A variable is every text that its function, its module or the callers of its function give it.
    """

    def __init__(self, tree: ast.Module, functions: dict[str, ast.FunctionDef]) -> None:
        self.functions = functions
        self.own = [n for n in tree.body if isinstance(n, ast.FunctionDef)]
        self.top = [n for n in tree.body if not isinstance(n, ast.FunctionDef | ast.ClassDef)]

    def checks(self) -> Iterator[tuple[str, str]]:
        """Names and codes of checks that are made, and of those that get another code."""
        for function in self.own:
            for call in [*_calls(function, "TrustCheck"), *_calls(function, "replace")]:
                given = {one.arg: one.value for one in call.keywords}
                if "code" not in given:
                    continue
                for caller in self.callers(function):
                    names = (
                        self.texts(given["name"], caller)
                        if "name" in given
                        else self.asked(function)
                    )
                    codes = self.texts(given["code"], caller)
                    yield from product(names, codes)

    def callers(self, function: ast.FunctionDef) -> list[Scope]:
        """The function with what each caller of the module gives it."""
        calls = [(one, call) for one in self.own for call in _calls(one, function.name)]
        names = [one.arg for one in function.args.args]
        given = [
            Scope(
                function, {n: (a, Scope(one, {})) for n, a in zip(names, call.args, strict=False)}
            )
            for one, call in calls
        ]
        return given or [Scope(function, {})]

    def texts(self, node: ast.expr, scope: Scope) -> set[str]:
        """What an expression can be."""
        match node:
            case ast.Constant(value=str(text)):
                return {text}
            case ast.IfExp():
                return self.texts(node.body, scope) | self.texts(node.orelse, scope)
            case ast.BoolOp() | ast.Tuple():
                parts = node.values if isinstance(node, ast.BoolOp) else node.elts
                return set().union(*(self.texts(one, scope) for one in parts))
            case ast.Name() if node.id in scope.given:
                return self.texts(*scope.given[node.id])
            case ast.Name():
                values = [
                    v for body in (scope.function, *self.top) for v in self.put(body, node.id)
                ]
                return set().union(*(self.texts(one, scope) for one in values))
        return set()

    def asked(self, function: ast.FunctionDef) -> set[str]:
        """The names of checks that get another code: the one asked for, else all of the module."""
        some = [
            (node.comparators[0], function)
            for node in ast.walk(function)
            if isinstance(node, ast.Compare) and ast.unparse(node.left).endswith(".name")
        ] or [
            (one.value, other)
            for other in self.own
            for call in _calls(other, "TrustCheck")
            for one in call.keywords
            if one.arg == "name"
        ]
        return set().union(*(self.texts(node, Scope(other, {})) for node, other in some))

    def put(self, body: ast.AST, name: str) -> Iterator[ast.expr]:
        """What is put into a variable."""
        for node in ast.walk(body):
            if isinstance(node, ast.comprehension) and ast.unparse(node.target) == name:
                yield node.iter
            if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
                continue
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and target.id == name:
                yield node.value
            elif isinstance(target, ast.Tuple):
                at = [ast.unparse(one) for one in target.elts]
                if name in at:
                    yield from self.part(node.value, at.index(name))

    def part(self, value: ast.expr, at: int) -> Iterator[ast.expr]:
        """One part of a tuple, of either of two, or of what a function answers."""
        match value:
            case ast.Tuple():
                yield value.elts[at]
            case ast.IfExp():
                yield from self.part(value.body, at)
                yield from self.part(value.orelse, at)
            case ast.Call(func=ast.Name(id=called)) if called in self.functions:
                for node in ast.walk(self.functions[called]):
                    if isinstance(node, ast.Return) and node.value is not None:
                        yield from self.part(node.value, at)


class Scope(NamedTuple):
    """A function with what a caller gives it."""

    function: ast.FunctionDef
    given: dict[str, tuple[ast.expr, Any]]


def _calls(function: ast.FunctionDef, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
            yield node
