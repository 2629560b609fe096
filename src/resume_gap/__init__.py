"""Finds interrupted work in product event logs and measures what getting back into it costs.

The public names are loaded on first use, so that `import resume_gap` stays light.
"""

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
    from resume_gap.commands.analyze import analyze as analyze
    from resume_gap.commands.evaluate import evaluate as evaluate
    from resume_gap.commands.plan import plan as plan

__version__ = "0.1.0"

__all__ = [
    "DataError",
    "InputError",
    "OutputError",
    "ResumeGapError",
    "StrictError",
    "UsageError",
    "__version__",
    "analyze",
    "evaluate",
    "plan",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a module attribute is
    # duckdb and polars load here
    if name == "analyze":
        from resume_gap.commands.analyze import analyze  # noqa: PLC0415

        return analyze
    if name == "evaluate":
        from resume_gap.commands.evaluate import evaluate  # noqa: PLC0415

        return evaluate
    if name == "plan":
        from resume_gap.commands.plan import plan  # noqa: PLC0415

        return plan
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
