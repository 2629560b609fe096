"""A seeded synthetic event log with its truth.

    world = PRESETS["workday"]                       # or World(users=200, weeks=4, ...)
    simulated = simulate(world, seed=7)              # log, interruptions, users, truth
    write(simulated, "sample_events", name="workday")

`stream` draws and writes at once in bounded memory; `gap_log` makes logs of bare gaps with shapes
for calibrating the inactivity threshold. Knows nothing of the rest of the package.

The package can be called: `resume_gap.simulate("workday", out="simulated")` is the function of
`resume_gap.api.simulate`, which writes the files of the command.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from resume_gap.simulate.gaps import SHAPES, gap_log, valley_seconds
from resume_gap.simulate.presets import PRESETS, configured
from resume_gap.simulate.simulation import Simulated, Simulation, simulate
from resume_gap.simulate.truth import summary
from resume_gap.simulate.world import World
from resume_gap.simulate.write import stream, write

__all__ = [
    "PRESETS",
    "SHAPES",
    "Simulated",
    "Simulation",
    "World",
    "configured",
    "gap_log",
    "simulate",
    "stream",
    "summary",
    "valley_seconds",
    "write",
]


class _Callable(ModuleType):
    """This package, as the function of the same name."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - handed on
        return import_module("resume_gap.api.simulate").simulate(*arguments, **options)


sys.modules[__name__].__class__ = _Callable
