"""Defaults and numbers of these folders are those that were reviewed: `numbers.txt`, one a line.

A default that changes, or a number that a module decides by, shows as a changed line. Where it is
meant: RESUME_GAP_GOLDEN=write python -m pytest tests/test_numbers.py. What docs/method.md says of a
number is compared in `test_method.py`.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import os
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

REVIEWED = Path(__file__).parent / "numbers.txt"
FOLDERS = ("output", "results", "stats", "synthetic", "textcheck", "trial")
"""Where a number is part of what is found, and seldom changes."""
PLAIN = (bool, int, float, str)


def modules() -> Iterator[ModuleType]:
    for folder in FOLDERS:
        name = f"resume_gap.{folder}"
        package = importlib.import_module(name)
        for one in pkgutil.walk_packages(package.__path__, f"{name}."):
            yield importlib.import_module(one.name)


def is_plain(value: object) -> bool:
    return isinstance(value, PLAIN) or (isinstance(value, tuple) and all(map(is_plain, value)))


def numbers_of(module: ModuleType) -> Iterator[str]:
    """The numbers at the top of a module, and tuples of them."""
    for name, value in vars(module).items():
        values = value if isinstance(value, tuple) else (value,)
        own = not (isinstance(value, tuple) and type(value) is not tuple)
        if own and values and all(type(one) in (int, float) for one in values):
            yield f"{name} = {value!r}"


def defaults_of(module: ModuleType) -> Iterator[str]:
    """The defaults of a module's functions, methods and classes."""
    for name, value in vars(module).items():
        if getattr(value, "__module__", None) != module.__name__:
            continue
        for field, default in fields_of(value):
            if is_plain(default):
                yield f"{name}.{field} = {default!r}"
        for at, function in functions_of(name, value):
            for parameter in inspect.signature(function).parameters.values():
                if parameter.default is not parameter.empty and is_plain(parameter.default):
                    yield f"{at}({parameter.name}={parameter.default!r})"


def fields_of(value: Any) -> Iterator[tuple[str, object]]:
    if dataclasses.is_dataclass(value):
        yield from ((field.name, field.default) for field in dataclasses.fields(value))
    elif hasattr(value, "_field_defaults"):
        yield from value._field_defaults.items()


def functions_of(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if inspect.isclass(value):
        for inner, method in vars(value).items():
            made = dataclasses.is_dataclass(value) or hasattr(value, "_field_defaults")
            own = getattr(method, "__func__", method)
            if inspect.isfunction(own) and not (made and inner.startswith("_")):
                yield f"{name}.{inner}", own
    elif callable(value) and inspect.isfunction(inspect.unwrap(value)):
        yield name, inspect.unwrap(value)


def test_every_default_and_number_is_one_that_was_reviewed() -> None:
    lines = []
    for module in modules():
        place = module.__name__.removeprefix("resume_gap.")
        source = inspect.getsource(module)
        found = [
            line
            for line in numbers_of(module)
            if f"\n{line.split(' = ')[0]}:" in source or f"\n{line.split(' = ')[0]} =" in source
        ]
        lines += [f"{place}: {line}" for line in [*found, *defaults_of(module)]]
    text = "\n".join([*sorted(lines), ""])
    if os.environ.get("RESUME_GAP_GOLDEN") == "write":
        REVIEWED.write_text(text, encoding="utf-8")
    assert text.splitlines() == REVIEWED.read_text(encoding="utf-8").splitlines()
