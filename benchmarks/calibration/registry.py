"""All families of gates, in the order of the page."""

from typing import Final

from benchmarks.calibration import (
    coverage,
    decision,
    excess,
    hits,
    interruptions,
    ladder,
    threshold,
)
from benchmarks.calibration.gates import Family

FAMILIES: Final[tuple[Family, ...]] = (
    threshold.FAMILY,
    interruptions.FAMILY,
    coverage.FAMILY,
    excess.FAMILY,
    hits.FAMILY,
    ladder.FAMILY,
    decision.FAMILY,
    # Later parts join here, each as a module with a FAMILY, and leave `LATER` below:
    # evaluation, sequential, selection, before_after, power.
)

LATER: Final[tuple[tuple[str, str], ...]] = (
    ("evaluation", "A/A 5 +- 1 %; under 100 users an arm 3.5-6.5 %"),
    ("sequential", "any-time false alarms <= 5 % over 28 looks"),
    ("selection", "P1 biased by < 0.5 s, P3 flagged in >= 95 %, Imbens-Manski holds in >= 95 %"),
    ("before/after", "placebo 5 +- 2 % for the staggered and the switched design"),
    ("power", "77-88 % at the solved n"),
)
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
