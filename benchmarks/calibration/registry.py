"""All families of gates, in the order of the page."""

from typing import Final

from benchmarks.calibration import (
    assumptions,
    bounds,
    compare_events,
    compare_rollout,
    compare_series,
    coverage,
    decision,
    evaluation,
    excess,
    hits,
    interruptions,
    mismatch,
    planning,
    pointing,
    power,
    ranges,
    restoration,
    selection,
    sequential,
    threshold,
)
from benchmarks.calibration.gates import Family

FAMILIES: Final[tuple[Family, ...]] = (
    threshold.FAMILY,
    interruptions.FAMILY,
    coverage.FAMILY,
    excess.FAMILY,
    hits.FAMILY,
    bounds.FAMILY,
    decision.FAMILY,
    evaluation.FAMILY,
    sequential.FAMILY,
    selection.FAMILY,
    power.FAMILY,
    ranges.FAMILY,
    assumptions.FAMILY,
    restoration.FAMILY,
    mismatch.FAMILY,
    pointing.FAMILY,
    planning.FAMILY,
    compare_series.FAMILY,
    compare_rollout.FAMILY,
    compare_events.FAMILY,
    # A later part joins here as a module with a FAMILY, and leaves `LATER` below.
)

LATER: Final[tuple[tuple[str, str], ...]] = ()
"""Parts of the method's section 10 that the code cannot answer yet, with their bands."""


def names() -> str:
    """The parts, as `--only` takes them."""
    return ", ".join(family.name for family in FAMILIES)


def chosen(only: str | None) -> tuple[Family, ...]:
    """The families to run.

    Raises:
        ValueError: There is no family of that name.
    """
    if only is None:
        return FAMILIES
    found = tuple(family for family in FAMILIES if family.name == only)
    if not found:
        raise ValueError(f"--only: there is no part {only!r}; there are {names()}")
    return found
