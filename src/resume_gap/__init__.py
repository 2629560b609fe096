"""Finds interrupted work in product event logs and measures what getting back into it costs.

The public names are loaded on first use, so that `import resume_gap` stays light.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from resume_gap.errors import (
    DataError,
    InputError,
    OutputError,
    ResumeGapError,
    StrictError,
    UsageError,
)

if TYPE_CHECKING:
    from resume_gap.api.analyze import analyze as analyze
    from resume_gap.api.evaluate import evaluate as evaluate
    from resume_gap.api.plan import plan as plan
    from resume_gap.api.simulate import simulate as simulate
    from resume_gap.results.analyze import Analysis as Analysis
    from resume_gap.results.evaluate import Evaluated as Evaluated
    from resume_gap.results.plan import Planned as Planned

__version__ = "0.1.0"

__all__ = [
    "Analysis",
    "DataError",
    "Evaluated",
    "InputError",
    "OutputError",
    "Planned",
    "ResumeGapError",
    "StrictError",
    "UsageError",
    "__version__",
    "analyze",
    "evaluate",
    "plan",
    "simulate",
]


_HOMES = {
    "Analysis": "resume_gap.results.analyze",
    "Evaluated": "resume_gap.results.evaluate",
    "Planned": "resume_gap.results.plan",
    "analyze": "resume_gap.api.analyze",
    "evaluate": "resume_gap.api.evaluate",
    "plan": "resume_gap.api.plan",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a module attribute is
    if name == "simulate":  # a package that can be called
        return import_module("resume_gap.simulate")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
