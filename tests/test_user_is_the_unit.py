"""No public function tests or bounds interruption rows as if each were somebody else.

Rows of one person are alike; a test on rows finds differences in 20 to 42 % of the worlds without
any. What has to hold, by machine:

1. Every public function of `stats` that takes arrays is proven here: it is called with users'
   figures, and again with every user's interruptions there nine times over. That is no more
   knowledge, so no interval may become narrower and no p smaller. A new function fails until it
   is proven, too.
2. Every array says in the docstring whose entry is whose: its description speaks of users.
   So do plain counts where a function takes nothing else.
3. Outside of `stats` nobody has the tools: no SciPy, tea-tasting, statistics, normal or Student
   quantile.

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
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import resume_gap
from resume_gap.stats import (
    arms,
    blocks,
    bounds,
    clusters,
    cuped,
    difference,
    excess,
    excess_range,
    first_bounds,
    give_ups,
    inference,
    jackknife,
    moments,
    permutation,
    policies,
    power,
    primary_cap,
    quantiles,
    ratio,
    sample_ratio,
    scenarios,
    selection,
    stratified,
    tossed,
    trigger_rate,
    uneven,
    welch,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from resume_gap.stats.interval import Interval

SOURCE = Path(resume_gap.__file__).parent
AGAIN = 9


@dataclass(frozen=True)
class World:
    """Interruptions of the users of one arm: whose each is, and its microseconds."""

    users: int
    user: NDArray[np.int64]
    y_us: NDArray[np.int64]

    def repeated(self) -> World:
        """Every interruption of every user several times: as many users, nothing more known."""
        return World(self.users, np.tile(self.user, AGAIN), np.tile(self.y_us, AGAIN))

    @property
    def n(self) -> NDArray[np.int64]:
        return np.bincount(self.user, minlength=self.users).astype(np.int64)

    def sums(self, part: float = 1.0) -> NDArray[np.int64]:
        """(users) summed integers, of such a part of each row."""
        out = np.zeros(self.users, dtype=np.int64)
        np.add.at(out, self.user, (self.y_us * part).astype(np.int64))
        return out

    @property
    def hits(self) -> NDArray[np.int64]:
        out = np.zeros(self.users, dtype=np.int64)
        np.add.at(out, self.user, (self.y_us < 60_000_000).astype(np.int64))
        return out

    @property
    def means(self) -> NDArray[np.float64]:
        """(users) seconds; one value per user, 0 for those without a row."""
        return self.sums() / np.maximum(self.n, 1) / 1e6

    @property
    def shares(self) -> NDArray[np.float64]:
        """(users, 1) share of hits; one value per user."""
        return (self.hits / np.maximum(self.n, 1))[:, None]

    @property
    def arm(self) -> arms.Arm:
        return arms.Arm(numerators=self.sums() / 1e6, denominators=self.n.astype(float))

    @property
    def parts(self) -> moments.Users:
        return moments.Users(self.sums() / 1e6, self.n.astype(float), None)

    @property
    def one_each(self) -> moments.Users:
        """One value per user: the mean of the user's rows."""
        return moments.Users(self.means, np.ones(self.users), None)

    @property
    def days(self) -> NDArray[np.int64]:
        """(users) day of the assignment."""
        return np.arange(self.users) % 5

    @property
    def seen(self) -> selection.SeenUsers:
        return selection.SeenUsers(users=self.users, user=self.user, y=self.y_us / 1e6)

    @property
    def times(self) -> bounds.PolicyTimes:
        return bounds.PolicyTimes(
            eligible=self.n,
            hits=self.hits,
            addressable=self.hits,
            reorientation_us=self.sums(),
            addressable_us=self.sums(0.5),
            search_us=self.sums(0.25),
        )

    @property
    def policy(self) -> policies.PolicySums:
        return policies.PolicySums(
            name="last_touched",
            eligible=self.n,
            hits=self.hits,
            chance_2520=840 * self.hits,
            habit_hits=self.n * 0,
            search_us=self.sums(0.25),
        )

    @property
    def steps(self) -> excess_range.StepSums:
        return excess_range.StepSums(
            user=np.arange(self.users),
            cell=np.arange(self.users) % 3,
            # So many that everybody's own are enough, however often rows are repeated.
            many=20 * self.n,
            us=3 * self.sums(0.9),
            gap_us=4 * self.n * 1_000_000,
            weighted_high=(3 * self.sums(0.9) * 1_000_000) >> excess_range.LOW_BITS,
            weighted_low=0 * self.n,
        )

    @property
    def left(self) -> give_ups.GiveUpSums:
        return give_ups.GiveUpSums(
            cap_us=900_000_000,
            eligible=self.n,
            search_us=self.sums(0.25),
            abandoned=self.hits,
            later=self.n,
            right_later=self.hits,
            reached=self.n,
            hits=self.hits,
        )

    @property
    def cells(self) -> excess.CellSums:
        return excess.CellSums(
            user=np.arange(self.users),
            cell=np.arange(self.users) % 3,
            n=self.n,
            y_us=self.sums(),
            found=4 * self.n,
            found_us=3 * self.sums(0.9),
        )


def world(seed: int, users: int) -> World:
    """Slow users and fast ones, with many interruptions or none."""
    draw = np.random.default_rng(seed)
    counts = draw.poisson(2 * draw.lognormal(0, 0.8, users))
    slow = draw.lognormal(4, 0.7, users)
    user = np.repeat(np.arange(users), counts)
    y = np.minimum(slow[user] * draw.lognormal(0, 0.7, len(user)), 900)
    return World(users, user, (y * 1e6).astype(np.int64))


WORLDS = [(world(1, 60), world(2, 70)), (world(3, 200), world(4, 180))]


def wide(*ends: float | None) -> list[float]:
    """The width of an interval, which has to exist."""
    lower, upper = ends
    assert lower is not None
    assert upper is not None
    return [upper - lower]


def of(found: Interval) -> list[float]:
    return wide(found.ci_lower, found.ci_upper)


def compared(found: difference.Comparison) -> list[float]:
    effect = found.effect
    assert effect.p is not None
    assert found.variance is not None
    assert found.log_variance is not None
    return [
        *wide(effect.ci_lower, effect.ci_upper),
        *wide(effect.relative_ci_lower, effect.relative_ci_upper),
        *wide(found.relative_lower, found.relative_upper),
        effect.p,
        found.variance,
        found.log_variance,
    ]


def there(found: Any) -> Any:
    assert found is not None
    return found


def compare(a: World, b: World) -> difference.Comparison:
    return difference.compare(a.arm, b.arm, seed=1, draws=499)


def share(a: World) -> jackknife.Ratio:
    return there(jackknife.jackknife(a.hits, a.n))


def columns(a: World, b: World) -> tuple[Any, Any, moments.Centre]:
    common = moments.centre(moments.together(a.parts, b.parts))
    return moments.columns(a.parts, common), moments.columns(b.parts, common), common


def column_error(a: World, b: World) -> list[float]:
    first, _, common = columns(a, b)
    found = moments.moments(first.sum(axis=0), a.users, common)
    return [float(found.variance)]


def dealt(a: World, b: World) -> list[float]:
    t = permutation.permuted(*columns(a, b), draws=499, seed=1)
    return [permutation.critical(t, 0.95), permutation.share_beyond(1.5, t)]


TERMS = inference.Terms(permute=False, seed=1, level=0.95, draws=499)


def inferred(found: inference.Inferred) -> list[float]:
    reaches = [there(found.wide), there(found.one_sided)]
    return [found.error, *(part for reach in reaches for part in (reach.half, reach.p))]


def units(a: World, b: World) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Two users a unit."""
    return np.arange(a.users) // 2, np.arange(b.users) // 2


def by_units(a: World, b: World) -> list[float]:
    found = clusters.by_unit(a.parts, b.parts, units(a, b))
    return [float(square) for square in found.squares]


def sized(a: World) -> list[float]:
    found = scenarios.sized(share(a), share(a), noticed=1, removed=0.5, wrong_cost_seconds=2)
    return wide(*found.interval())


def first_returns(a: World, users: int) -> primary_cap.FirstReturns:
    first_us = (60e6 * (1 + a.means)).astype(np.int64)
    some = np.resize(np.arange(a.users), users)
    return primary_cap.FirstReturns(
        lag_us=first_us[some],
        observed=np.ones(len(some), dtype=bool),
        hit=np.ones(len(some), dtype=bool),
        search_us=first_us[some] // 2,
        reached=np.ones(len(some), dtype=bool),
        abandoned=np.zeros(len(some), dtype=bool),
        later=np.zeros(len(some), dtype=bool),
        right_later=np.zeros(len(some), dtype=bool),
        in_first_half=np.arange(len(some)) % 2 == 0,
    )


def launched(a: World) -> trigger_rate.PseudoLaunches:
    return trigger_rate.PseudoLaunches(
        launch=np.zeros(a.users, dtype=np.int64),
        user=np.arange(a.users),
        wait_us=(1e6 * (1 + a.means)).astype(np.int64),
        followed_us=np.array([2_000_000]),
        active=a.users,
    )


def chosen_cap(a: World) -> primary_cap.ChosenCap:
    firsts = first_returns(a, 2_000)  # enough to choose a cap by
    return primary_cap.choose_cap(
        firsts, [60_000_000], 120_000_000, noticed=1, removed=0.5, wrong_cost_seconds=1
    )


PROVEN: dict[str, Callable[[World, World], list[float]]] = {
    "difference.compare": lambda a, b: compared(compare(a, b)),
    "difference.difference": lambda a, b: wide(
        (e := difference.difference(a.arm, b.arm, seed=1, draws=499)).ci_lower, e.ci_upper
    ),
    "bounds.bounds_of": lambda a, _: [
        width
        for rung in bounds.bounds_of(a.times, cap_us=900_000_000).bounds
        for width in wide(rung.ci_lower, rung.ci_upper)
    ],
    # One value per user: those of a user's own rows, however often they are there.
    "cuped.covariate": lambda a, _: list(cuped.covariate(a.means, a.shares)),
    "cuped.explained": lambda a, _: [there(cuped.explained(a.means, a.shares))],
    "excess.excess": lambda a, _: of(excess.excess(a.cells).estimate),
    "excess_range.excess_range": lambda a, _: [
        width
        for clock in excess_range.excess_range(a.cells, a.cells, a.steps)[1:3]
        for width in of(clock)
    ],
    "excess_range.step_anew": lambda a, _: of(
        there(excess_range.step_anew(a.cells, a.steps)).interval
    ),
    "give_ups.give_ups": lambda a, _: [
        width for ratio in there(give_ups.give_ups(a.left))[:2] for width in wide(*ratio.interval())
    ],
    "stratified.more_common_p": lambda a, _: [
        stratified.more_common_p(a.hits, a.n, a.n + a.hits, 3 * a.n)
    ],
    "jackknife.left_out": lambda a, _: wide(
        *jackknife.left_out(share(a).estimate, share(a).without, share(a).freedom).interval()
    ),
    "jackknife.jackknife": lambda a, _: wide(*there(jackknife.jackknife(a.sums(), a.n)).interval()),
    "jackknife.combined": lambda a, _: wide(
        *jackknife.combined([(1.0, share(a)), (0.5, share(a))]).interval()
    ),
    "jackknife.wilson": lambda a, _: of(jackknife.wilson(a.hits, a.n)),
    "moments.centre": column_error,
    "moments.columns": column_error,
    "moments.moments": column_error,
    "moments.together": column_error,
    "inference.inferred": lambda a, b: inferred(inference.inferred(a.parts, b.parts, TERMS)),
    "inference.inferred_in_blocks": lambda a, b: inferred(
        inference.inferred_in_blocks(
            a.one_each, b.one_each, (np.arange(a.users) % 2, np.arange(b.users) % 2), TERMS
        )
    ),
    # One return per user.
    "first_bounds.first_bounds": lambda a, _: of(
        first_bounds.first_bounds(first_returns(a, a.users), 60_000_000, 120_000_000).search
    ),
    # Every user once at a launch, however many rows are behind the wait.
    "trigger_rate.trigger_rates": lambda a, _: [
        rate.upper - rate.lower
        for rate in trigger_rate.trigger_rates(launched(a), [1_000_000, 3_000_000], seed=1).rates
    ],
    "uneven.split_by_value": lambda a, _: [
        there(uneven.split_by_value(np.arange(a.users) % 2, a.hits > 0)).p
    ],
    # Units are of users, never of rows.
    "clusters.by_unit": by_units,
    "clusters.unit_count": lambda a, _: [
        1 / clusters.unit_count(np.arange(a.users) // 2, a.n.astype(np.float64))
    ],
    "inference.inferred_by_unit": lambda a, b: inferred(
        inference.inferred_by_unit(a.parts, b.parts, units(a, b), None, 0.95)
    ),
    "tossed.together": lambda a, _: [
        there(tossed.together(np.arange(a.users) // 4, a.hits > 0, 1)).p
    ],
    # Days and arms are those of users.
    "blocks.merged_days": lambda a, _: [*map(float, blocks.merged_days(a.days, a.hits > 0))],
    "sample_ratio.over_time": lambda a, _: [there(sample_ratio.over_time(a.days, a.hits > 0)[0])],
    "permutation.deal": dealt,
    "permutation.permuted": dealt,
    "permutation.critical": dealt,
    "permutation.share_beyond": dealt,
    "policies.figures": lambda a, _: [
        width
        for name in ("lift", "over_habit", "search", "middle")
        for width in wide(
            *getattr(
                there(policies.figures(a.policy, noticed=1, removed=1, wrong_cost_seconds=0)), name
            ).interval()
        )
    ],
    # One return per user: how often the others are there changes nothing.
    "primary_cap.choose_cap": lambda a, _: [
        float(there(cap.users_per_arm)) for cap in chosen_cap(a).caps
    ],
    "power.spread": lambda a, _: of(power.spread(a.means, seed=1, draws=199)),
    "quantiles.quantile_difference": lambda a, b: wide(
        (e := quantiles.quantile_difference(0.5, a.means, b.means, seed=1, draws=999)).ci_lower,
        e.ci_upper,
    ),
    # The fewer users they are worth, the wider the interval.
    "ratio.effective_users": lambda a, _: [1 / ratio.effective_users(a.n)],
    "ratio.ratio_of_sums": lambda a, _: of(ratio.ratio_of_sums(a.sums(), a.n)),
    "scenarios.size": lambda a, _: of(there(scenarios.size(a.times)).middle),
    "scenarios.sized": lambda a, _: sized(a),
    "selection.lee_bounds": lambda a, b: wide(
        (e := selection.lee_bounds(a.seen, b.seen)).ci_lower, e.ci_upper
    ),
    "welch.welch": lambda a, b: [
        (e := welch.welch(a.parts, b.parts, level=0.95)).half,
        there(e.factor),
        e.p,
    ],
}


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


def speechless(module: ModuleType) -> list[str]:
    """Arrays, and counts of functions without arrays, of which no user is spoken."""
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
            if "user" not in said(function.__doc__, parameter).lower()
        ]
    source = ast.parse(inspect.getsource(module))
    for thing in (one for one in source.body if isinstance(one, ast.ClassDef)):
        if thing.name.startswith("_") or "user" in (ast.get_docstring(thing) or "").lower():
            continue
        for field, after in zip(thing.body, [*thing.body[1:], None], strict=True):
            if isinstance(field, ast.AnnAssign) and re.search(
                "NDArray|Floats", ast.unparse(field.annotation)
            ):
                text = ast.unparse(after) if isinstance(after, ast.Expr) else ""
                if "user" not in text.lower():
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


STATS = [module for module in modules() if module.__name__.startswith("resume_gap.stats.")]


@pytest.mark.parametrize("module", STATS, ids=lambda module: module.__name__.split(".")[-1])
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
    assert speechless(module) == []


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
