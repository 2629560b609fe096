"""All families of gates, in the order of the page."""

from typing import Final

from benchmarks.calibration import coverage, interruptions, threshold
from benchmarks.calibration.gates import Family

FAMILIES: Final[tuple[Family, ...]] = (
    threshold.FAMILY,
    interruptions.FAMILY,
    coverage.FAMILY,
    # Later parts join here, each as a module with a FAMILY, and leave `LATER` below:
    # excess, hits, ladder, decision, evaluation, sequential, selection, before_after, power.
)

LATER: Final[tuple[tuple[str, str], ...]] = (
    ("excess", "planted 0 and +40 s: bias < 2 s (< 4 s at 2-5 returns), coverage .92-.97"),
    ("hits", "coverage .92-.97 from 200 users at rates >= 15 %"),
    ("ladder", "the upper end holds the truth in >= 94 %"),
    (
        "decision",
        "no wrong `build`; `do_not_build` >= 95 % without lift; 30 users: not enough data",
    ),
    ("evaluation", "A/A 5 +- 1 %; under 100 users an arm 3.5-6.5 %"),
    ("sequential", "any-time false alarms <= 5 % over 28 looks"),
    ("selection", "P1 biased by < 0.5 s, P3 flagged in >= 95 %, Imbens-Manski holds in >= 95 %"),
    ("before/after", "placebo 5 +- 2 % for the staggered and the switched design"),
    ("power", "77-88 % at the solved n"),
)
"""Parts of the method's section 10 that the code cannot answer yet, with their bands."""


def chosen(only: str | None) -> tuple[Family, ...]:
    """The families to run.

    Raises:
        ValueError: There is no family of that name.
    """
    if only is None:
        return FAMILIES
    found = tuple(family for family in FAMILIES if family.name == only)
    if not found:
        names = ", ".join(family.name for family in FAMILIES)
        raise ValueError(f"--only: there is no part {only!r}; there are {names}")
    return found
