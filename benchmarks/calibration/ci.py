"""How many replications CI draws of each experiment: fewer where no figure came near its band."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.calibration.gates import (
    CI_COSTLY_REPLICATIONS,
    CI_FEWER_REPLICATIONS,
    CI_FEWEST_REPLICATIONS,
    CI_REPLICATIONS,
    Band,
    Experiment,
)

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "calibration.json"
"""The committed figures of the full run."""
_NEAR_ERRORS: Final = 2
_COSTLY_BATCH: Final = 20
"""Worlds that are simulated event by event come in batches of at most so many."""


def replications(
    experiments: Sequence[Experiment], content: Mapping[str, Any] | None = None
) -> dict[str, int]:
    """Experiment key to the replications that CI draws.

    A figure is near its band when so few replications could hardly tell it from the edge: when its
    distance is under two Monte Carlo errors of so few. The number is doubled until no figure is
    near, or all are drawn. Experiments that the full run has not seen yet count as near. An
    experiment may say itself how many it takes.

    Args:
        experiments: All that are to be drawn.
        content: Of `calibration.json`; the committed one by default.
    """
    if content is None:
        content = json.loads(PAGE.read_text(encoding="utf-8"))
    known = {e["key"] for part in content["parts"] for e in part["experiments"]}
    judged: dict[str, list[tuple[Band, Mapping[str, Any]]]] = {}
    for part in content["parts"]:
        for gate in part["gates"]:
            for figure in gate["figures"] if gate["band"] is not None else ():
                judged.setdefault(figure["experiment"], []).append((Band(**gate["band"]), figure))

    def number(one: Experiment) -> int:
        if one.ci is not None:
            return one.ci
        costly = one.batch <= _COSTLY_BATCH
        fewer = CI_FEWEST_REPLICATIONS if costly else CI_FEWER_REPLICATIONS
        most = CI_COSTLY_REPLICATIONS if costly else CI_REPLICATIONS
        figures = judged.get(one.key, ())
        while one.key in known and fewer < most:
            if not any(_is_near(band, figure, fewer) for band, figure in figures):
                return fewer
            fewer *= 2
        return most

    return {one.key: number(one) for one in experiments}


def _is_near(band: Band, figure: Mapping[str, Any], replications: int) -> bool:
    value, error, n = (figure[name] for name in ("value", "monte_carlo_error", "replications"))
    if value is None or error is None:
        return True
    sides = []
    # A share that was 0 or 1 in all replications, and must be, never left its band.
    if band.low is not None and not value == band.low == 1:
        sides.append(value - band.low)
    if band.high is not None and not value == band.high == 0:
        sides.append(band.high - value)
    return min(sides, default=math.inf) < _NEAR_ERRORS * error * math.sqrt(n / replications)
