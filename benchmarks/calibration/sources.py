"""Which code a batch depends on: the module that draws it and all it imports, from here on down.

A part that joins changes no other part's sources, so what those have drawn stays good.
"""

import ast
import hashlib
import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import resume_gap

_ROOTS: Final[Mapping[str, Path]] = {
    "resume_gap": Path(resume_gap.__file__).parent,
    "benchmarks": Path(__file__).parents[1],
}


def fingerprint(draw: Callable[..., Any], *, parameters: Mapping[str, Any], more: str) -> str:
    """Hash of the code that draws, the queries it may run, and what it is given.

    Args:
        draw: a function of a module of its own.
        parameters: plain JSON values.
        more: whatever else the batches depend on.
    """
    digest = hashlib.blake2b(digest_size=8)
    digest.update(_of_module(draw.__module__))
    digest.update(json.dumps([draw.__qualname__, dict(parameters), more]).encode())
    return digest.hexdigest()


@cache
def _of_module(module: str) -> bytes:
    digest = hashlib.blake2b(digest_size=8)
    found = closure(module)
    paths = [found[name] for name in sorted(found)]
    if "resume_gap.pipeline.queries" in found:
        from resume_gap.pipeline.queries import folder  # noqa: PLC0415 - light start of the command

        paths += sorted(folder().glob("*.sql"))
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.digest()


def closure(module: str) -> dict[str, Path]:
    """The module and everything of ours that it imports, however far down, by name."""
    found: dict[str, Path] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        path = None if name in found else _path(name)
        if path is not None:
            found[name] = path
            waiting += _imports(path)
    return found


@cache
def _imports(path: Path) -> tuple[str, ...]:
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name for name in (node.module, *inside) if "." in name)


def _path(name: str) -> Path | None:
    """The file of a module of ours; None for others, and for what is no module."""
    top, *rest = name.split(".")
    if top not in _ROOTS:
        return None
    path = _ROOTS[top].joinpath(*rest)
    files = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in files if file.is_file()), None)


def source(function: Callable[..., Any]) -> str:
    """A function's own lines."""
    return inspect.getsource(function)
