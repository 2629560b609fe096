"""Small simulated logs that several modules look at."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories.worlds import LOUD, SMALL

from resume_gap.synthetic import PRESETS, Simulated, simulate


@pytest.fixture(scope="package", params=[SMALL, LOUD], ids=["quiet", "loud"])
def small(request: pytest.FixtureRequest) -> Simulated:
    return simulate(request.param, seed=5)


@pytest.fixture(scope="package")
def trial() -> Simulated:
    return simulate(replace(PRESETS["trial"], users=60, marker_events="both"), seed=5)
