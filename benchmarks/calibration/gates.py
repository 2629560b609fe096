"""What a gate is: a figure with its Monte Carlo error, a band, and the verdict on both."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

Record = dict[str, Any]
"""What one replication left behind, as plain JSON values."""
Records = Mapping[str, Sequence[Record]]
"""Experiment key to its replications, in their order."""
Verdict = Literal["holds", "within_error", "fails", "extend", "shown"]

FULL_REPLICATIONS: Final = 2_000
CI_REPLICATIONS: Final = 400
CI_COSTLY_REPLICATIONS: Final = 100
"""Of experiments that simulate their worlds event by event."""
CI_FEWER_REPLICATIONS: Final = 50
"""Of experiments whose figures are far from the edges of their bands (`ci.py`)."""
CI_FEWEST_REPLICATIONS: Final = 20
"""Of such that simulate their worlds event by event."""
EXTENDED_REPLICATIONS: Final = 10_000
ERRORS_ALLOWED: Final = 3


@dataclass(frozen=True, slots=True)
class Experiment:
    """One planted situation that is drawn again and again.

    Attributes:
        key: Unique; seeds derive from it, so a new experiment moves no other.
        batch: Replications that are drawn together, by one seed.
        draw: Module-level function of (seed, replications, **parameters) to one record each.
        parameters: What is planted, as plain JSON values.
        ci: Replications that CI draws; None: as many as its figures ask for (`ci.py`).
    """

    key: str
    batch: int
    draw: Callable[..., list[Record]]
    parameters: Mapping[str, Any]
    ci: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the table.

    Attributes:
        experiment: Key of the experiment it comes from.
        label: The situation in words; the row of the table.
        value: None where no replication says anything.
        error: Monte Carlo standard error of the value.
        n: Replications behind it.
    """

    experiment: str
    label: str
    value: float | None
    error: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Band:
    """The closed range a figure must lie in; None: open on that side."""

    low: float | None = None
    high: float | None = None

    def outside(self, value: float) -> float:
        """How far the value lies outside; 0 inside."""
        below = 0.0 if self.low is None else self.low - value
        above = 0.0 if self.high is None else value - self.high
        return max(below, above, 0.0)


@dataclass(frozen=True, slots=True)
class Gate:
    """A question with a band for its answer.

    Attributes:
        name: Unique within the page.
        what: What is asked, in a sentence or two.
        band: None: shown, not judged.
        unit: Of the figures: `share`, `s` or empty.
        figures: All figures, from the records of the experiments.
        of_method: Whether the band stands in the method; if not, it is ours.
        found: What was found out about a figure outside its band; stands under the table.
    """

    name: str
    what: str
    band: Band | None
    unit: Literal["share", "s", ""]
    figures: Callable[[Records], list[Figure]]
    of_method: bool = True
    found: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """Gates that share their experiments: one section of the page.

    Attributes:
        name: Of the section; `--only` takes it.
        planted: What was simulated, in Markdown.
        experiments: In reading order.
        gates: In reading order.
        weak: Where the tool is weak, in Markdown, from the figures that were found.
        renamed_from: The name that its experiments still carry, as seeds derive from their keys.
    """

    name: str
    planted: str
    experiments: tuple[Experiment, ...]
    gates: tuple[Gate, ...]
    weak: Callable[[Mapping[str, Sequence[Figure]]], str]
    renamed_from: str = ""

    @property
    def key(self) -> str:
        """What the keys of its experiments begin with."""
        return self.renamed_from or self.name


def judge(gate: Gate, figure: Figure, *, full: bool) -> Verdict:
    """The method's rule for one figure.

    A full run (2,000 replications) asks for the band itself; a figure outside it by under three
    Monte Carlo errors is extended to 10,000 replications before it counts as failed. A smaller
    run allows the band plus three errors. A figure that nothing says anything about fails.
    """
    if gate.band is None:
        return "shown"
    if figure.value is None or figure.error is None:
        return "fails"
    outside = gate.band.outside(figure.value)
    if outside == 0:
        return "holds"
    if outside >= ERRORS_ALLOWED * figure.error:
        return "fails"
    if not full:
        return "within_error"
    return "extend" if figure.n < EXTENDED_REPLICATIONS else "fails"


def share(experiment: str, label: str, hits: Sequence[bool]) -> Figure:
    """A share of replications; its error is Agresti and Coull's, which is never 0."""
    n = len(hits)
    if n == 0:
        return Figure(experiment, label, None, None, 0)
    near = (sum(hits) + 2) / (n + 4)
    return Figure(experiment, label, sum(hits) / n, math.sqrt(near * (1 - near) / (n + 4)), n)


def mean(experiment: str, label: str, values: Sequence[float]) -> Figure:
    """A mean over replications with its standard error."""
    n = len(values)
    if n < 2:
        return Figure(experiment, label, None, None, n)
    center = math.fsum(values) / n
    spread = math.fsum((v - center) ** 2 for v in values) / (n - 1)
    return Figure(experiment, label, center, math.sqrt(spread / n), n)


def ratio(experiment: str, label: str, parts: Sequence[tuple[float, float]]) -> Figure:
    """sum(a) / sum(b) over replications (a, b), with the delta method's standard error."""
    used = [(a, b) for a, b in parts if b > 0]
    n, below = len(used), math.fsum(b for _, b in used)
    if n < 2:
        return Figure(experiment, label, None, None, n)
    center = math.fsum(a for a, _ in used) / below
    spread = math.fsum((a - center * b) ** 2 for a, b in used) * n / (n - 1)
    return Figure(experiment, label, center, math.sqrt(spread) / below, n)


def ratio_less_ratio(
    experiment: str, label: str, parts: Sequence[tuple[float, float, float, float]]
) -> Figure:
    """sum(a)/sum(b) - sum(c)/sum(d) over replications (a, b, c, d), with its delta error.

    Both ratios come from the same replications, so what they share cancels in the error.
    """
    n = len(parts)
    first, second = math.fsum(p[1] for p in parts), math.fsum(p[3] for p in parts)
    if n < 2 or not first or not second:
        return Figure(experiment, label, None, None, n)
    one = math.fsum(p[0] for p in parts) / first
    other = math.fsum(p[2] for p in parts) / second
    spread = math.fsum(
        ((a - one * b) / first - (c - other * d) / second) ** 2 for a, b, c, d in parts
    )
    return Figure(experiment, label, one - other, math.sqrt(spread * n / (n - 1)), n)


def percent(figure: Figure) -> str:
    """A share in words for running text."""
    return "an unknown share" if figure.value is None else f"{100 * figure.value:.1f} %"
