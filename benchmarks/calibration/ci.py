"""How many replications CI draws of each experiment: fewer where no figure came near its band."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.calibration.gates import (
    CI_FEWER_REPLICATIONS,
    CI_REPLICATIONS,
    ERRORS_ALLOWED,
    Band,
    Experiment,
)

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "calibration.json"
"""The committed figures of the full run."""


def replications(
    experiments: Sequence[Experiment], content: Mapping[str, Any] | None = None
) -> dict[str, int]:
    """Experiment key to the replications that CI draws.

    A figure is near its band when fewer replications could not tell it from the edge: when its
    distance is under three Monte Carlo errors of so few. Experiments that the full run has not
    seen yet are drawn in full.

    Args:
        experiments: All that are to be drawn.
        content: Of `calibration.json`; the committed one by default.
    """
    if content is None:
        content = json.loads(PAGE.read_text(encoding="utf-8"))
    known = {e["key"] for part in content["parts"] for e in part["experiments"]}
    near = {
        figure["experiment"]
        for part in content["parts"]
        for gate in part["gates"]
        if gate["band"] is not None
        for figure in gate["figures"]
        if _is_near(Band(**gate["band"]), figure)
    }
    return {
        e.key: CI_REPLICATIONS if e.key in near or e.key not in known else CI_FEWER_REPLICATIONS
        for e in experiments
    }


def _is_near(band: Band, figure: Mapping[str, Any]) -> bool:
    value, error, n = (figure[name] for name in ("value", "monte_carlo_error", "replications"))
    if value is None or error is None:
        return True
    sides = [
        side
        for side in (
            None if band.low is None else value - band.low,
            None if band.high is None else band.high - value,
        )
        if side is not None
    ]
    return min(sides) < ERRORS_ALLOWED * error * math.sqrt(n / CI_FEWER_REPLICATIONS)
