"""A seeded synthetic event log with its truth.

    world = PRESETS["workday"]                       # or World(users=200, weeks=4, ...)
    simulated = simulate(world, seed=7)              # log, interruptions, users, truth
    write(simulated, "sample_events", name="workday")

`stream` draws and writes at once in bounded memory; `gap_log` makes logs of bare gaps with shapes
for calibrating the inactivity threshold. Knows nothing of the rest of the package.
"""

from resume_gap.synthetic.gaps import SHAPES, gap_log, valley_seconds
from resume_gap.synthetic.presets import PRESETS, configured
from resume_gap.synthetic.simulation import Simulated, Simulation, simulate
from resume_gap.synthetic.truth import summary
from resume_gap.synthetic.world import World
from resume_gap.synthetic.write import stream, write

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
