"""No public function tests or bounds interruption rows as if each were somebody else.

Rows of one person are alike; a test on rows finds differences in 20 to 42 % of the worlds without
any. What has to hold, by machine:

1. Every public function of `stats` that takes arrays is proven in `factories/unit_proofs.py`: it
   is called with users' figures, and again with every user's interruptions there nine times over.
   That is no more knowledge, so no interval may become narrower and no p smaller. A new function
   fails until it is proven, too.
2. Every array says in the docstring whose entry is whose: its description speaks of users.
   So do plain counts where a function takes nothing else.
3. Outside of `stats` nobody has the tools: no SciPy, tea-tasting, statistics, normal or Student
   quantile.

Comparisons without random assignment see neither rows nor users: their figures are those of days,
or of the units that were launched, and their p is a rank among dates or orders of launches. Their
arrays say which of these an entry belongs to.

The last tests hand the checks functions that go by rows, and see them caught.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import math
import pkgutil
import re
import typing
from pathlib import Path
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from factories.unit_proofs import (
    PROVEN,
    WORLDS,
    World,
    compared,
    of,
)

import resume_gap
from resume_gap.stats import (
    arms,
    difference,
    ratio,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


SOURCE = Path(resume_gap.__file__).parent


# The package, walked


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(resume_gap.__path__, "resume_gap."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def public(module: ModuleType) -> Iterator[tuple[str, FunctionType]]:
    """Public functions of a module, and public methods of its public classes."""
    for name, thing in vars(module).items():
        if name.startswith("_") or getattr(thing, "__module__", None) != module.__name__:
            continue
        if inspect.isfunction(thing):
            yield name, thing
        elif inspect.isclass(thing):
            for method, body in vars(thing).items():
                if inspect.isfunction(body) and not method.startswith("_"):
                    yield f"{name}.{method}", body


def holds_arrays(kind: Any, deep: bool = True) -> bool:
    """Whether a type is an array, or has one somewhere inside."""
    if kind is np.ndarray or typing.get_origin(kind) is np.ndarray:
        return True
    if any(holds_arrays(part, deep) for part in typing.get_args(kind)):
        return True
    if deep and inspect.isclass(kind) and dataclasses.is_dataclass(kind):
        return any(holds_arrays(part) for part in typing.get_type_hints(kind).values())
    return False


def parameters(function: FunctionType) -> dict[str, Any]:
    hints = typing.get_type_hints(function)
    return {name: kind for name, kind in hints.items() if name != "return"}


def unproven(module: ModuleType, prefix: str) -> list[str]:
    """Public functions that take arrays and are not proven above."""
    return [
        f"{prefix}{name}"
        for name, function in public(module)
        if any(holds_arrays(kind) for kind in parameters(function).values())
        and f"{prefix}{name}" not in PROVEN
    ]


def said(text: str | None, name: str) -> str:
    """What a docstring's Args say of a parameter."""
    found = re.search(
        rf"^\s*{name}: (.*?)(?=^\s*\w+: |^\s*$|\Z)",
        inspect.cleandoc(text or ""),
        re.DOTALL | re.MULTILINE,
    )
    return found.group(1) if found else ""


def speechless(module: ModuleType, whose: str = "user") -> list[str]:
    """Arrays, and counts of functions without arrays, that do not say whose they are."""
    found = []
    for name, function in public(module):
        arrays = {k: v for k, v in parameters(function).items() if holds_arrays(v, deep=False)}
        counts = {
            k: v
            for k, v in parameters(function).items()
            if k not in ("seed", "draws") and v in (int, tuple[int, int])
        }
        anything = any(holds_arrays(v) for v in parameters(function).values())
        found += [
            f"{module.__name__}.{name}: {parameter}"
            for parameter in arrays or ({} if anything else counts)
            if not re.search(whose, said(function.__doc__, parameter), re.IGNORECASE)
        ]
    source = ast.parse(inspect.getsource(module))
    for thing in (one for one in source.body if isinstance(one, ast.ClassDef)):
        told = re.search(whose, ast.get_docstring(thing) or "", re.IGNORECASE)
        if thing.name.startswith("_") or told:
            continue
        for field, after in zip(thing.body, [*thing.body[1:], None], strict=True):
            if isinstance(field, ast.AnnAssign) and re.search(
                "NDArray|Floats", ast.unparse(field.annotation)
            ):
                text = ast.unparse(after) if isinstance(after, ast.Expr) else ""
                if not re.search(whose, text, re.IGNORECASE):
                    found.append(f"{module.__name__}.{thing.name}: {ast.unparse(field.target)}")
    return found


TOOLS = re.compile(
    r"\b(scipy|tea_tasting|statsmodels|statistics|NormalDist|t_quantile|ppf|1\.96|1\.645)\b"
)


ANYWHERE = re.compile(TOOLS.pattern.replace(r"\b", ""))


ALLOWED: dict[str, set[str]] = {}
"""Files that may hold such makings, and which; none does."""


def tools(text: str) -> set[str]:
    """Makings of intervals and tests in a source, comments and strings apart."""
    if not ANYWHERE.search(text):  # most sources need not be parsed
        return set()
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return set(TOOLS.findall(ast.unparse(tree)))


def narrowed(
    function: Callable[[World, World], list[float]], a: World, b: World
) -> list[tuple[float, float]]:
    """Figures that claim more after every interruption was repeated."""
    once, often = function(a, b), function(a.repeated(), b.repeated())
    assert len(once) == len(often)
    assert all(math.isfinite(value) for value in once + often)
    return [
        (before, after)
        for before, after in zip(once, often, strict=True)
        if after < before - 1e-6 * abs(before) - 1e-12
    ]


BY_DAY_OR_UNIT = (
    "before_launch",
    "imputation",
    "imputed",
    "interrupted_series",
    "placebos",
    "what_changed",
)
"""Modules of `stats` whose arrays have an entry for each day or each launched unit."""


def whose(module: ModuleType) -> str:
    """What the arrays of a module must speak of."""
    alone = module.__name__.split(".")[-1] in BY_DAY_OR_UNIT
    return r"\b(days?|dates?|units?|orders?|weekdays?)\b" if alone else "user"


STATS = [module for module in modules() if module.__name__.startswith("resume_gap.stats.")]


@pytest.mark.parametrize(
    "module",
    [module for module in STATS if whose(module) == "user"],
    ids=lambda module: module.__name__.split(".")[-1],
)
def test_whoever_takes_arrays_is_proven(module: ModuleType) -> None:
    assert unproven(module, f"{module.__name__.split('.')[-1]}.") == []


def test_nobody_is_proven_who_is_not_there() -> None:
    names = {f"{m.__name__.split('.')[-1]}.{name}" for m in STATS for name, _ in public(m)}
    assert set(PROVEN) <= names


@pytest.mark.parametrize("name", PROVEN)
@pytest.mark.parametrize("worlds", WORLDS, ids=["small", "large"])
def test_rows_repeated_within_users_tell_nothing(name: str, worlds: tuple[World, World]) -> None:
    assert narrowed(PROVEN[name], *worlds) == []


@pytest.mark.parametrize("module", STATS, ids=lambda module: module.__name__.split(".")[-1])
def test_every_array_says_whose_it_is(module: ModuleType) -> None:
    assert speechless(module, whose(module)) == []


def test_nobody_else_has_the_tools() -> None:
    paths = [p for p in sorted(SOURCE.rglob("*.py")) if not {"stats", "synthetic"} & set(p.parts)]
    assert len(paths) > 150
    for path in paths:
        place = path.relative_to(SOURCE).as_posix()
        assert tools(path.read_text(encoding="utf-8")) - ALLOWED.get(place, set()) == set(), place


# The checks can fail


def by_rows(a: World, _: World) -> list[float]:
    """What must not be: every interruption a person."""
    return [2 * 1.96 * float(a.y_us.std()) / math.sqrt(len(a.y_us))]


def test_a_function_that_goes_by_rows_is_caught() -> None:
    assert narrowed(by_rows, *WORLDS[0])
    rows = ratio.ratio_of_sums
    caught = narrowed(lambda a, _: of(rows(a.y_us, np.ones_like(a.y_us))), *WORLDS[0])
    assert caught
    dealt_rows = narrowed(
        lambda a, b: compared(
            difference.compare(*(arms.Arm(numerators=one.y_us / 1e6) for one in (a, b)), seed=1)
        ),
        *WORLDS[0],
    )
    assert dealt_rows


def fake(text: str) -> ModuleType:
    module = ModuleType("fake")
    exec(text, vars(module))  # noqa: S102
    return module


def test_an_unproven_function_is_caught() -> None:
    module = fake(
        "import numpy as np\n"
        "from numpy.typing import NDArray\n"
        "from resume_gap.stats.interval import Interval\n"
        "def interval(rows: NDArray[np.float64]) -> Interval: ...\n"
        "def _inner(rows: NDArray[np.float64]) -> Interval: ...\n"
        "def numbers(level: float) -> float: ...\n"
        "class Holder:\n"
        "    def bounds(self, rows: list[NDArray[np.int64]]) -> Interval: ...\n"
    )
    assert unproven(module, "fake.") == ["fake.interval", "fake.Holder.bounds"]


def test_an_array_without_an_owner_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nameless.py").write_text(
        "import numpy as np\n"
        "from numpy.typing import NDArray\n"
        "class Sums:\n"
        '    """Sums."""\n'
        "    y: NDArray[np.int64]\n"
        '    """Microseconds."""\n'
        "    n: NDArray[np.int64]\n"
        '    """(users) interruptions."""\n'
        "def mean(y: NDArray[np.int64], n: NDArray[np.int64]) -> float:\n"
        '    """Mean.\n\n    Args:\n        y: (rows) times.\n        n: (users) counts.\n    """\n'
        "def table(one: tuple[int, int], users: int) -> float:\n"
        '    """P.\n\n    Args:\n        one: Counts.\n        users: Users.\n    """\n',
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module("nameless")
    assert speechless(module) == ["nameless.mean: y", "nameless.table: one", "nameless.Sums: y"]


def test_tools_in_the_wrong_place_are_caught() -> None:
    assert tools("from scipy import stats\nhalf = 1.96 * error") == {"scipy", "1.96"}
    assert tools("from resume_gap.stats.student import t_quantile") == {"t_quantile"}
    assert tools('"""The statistics of scipy."""\nx = 1  # NormalDist') == set()
