"""`resume_gap.simulate` as a function."""

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Literal

from resume_gap.commands.simulate import write_log
from resume_gap.options.run_options import SimulateOptions
from resume_gap.options.table import options_for
from resume_gap.settings import inner_values


def simulate(
    preset: str = "workday",
    *,
    out: str | PathLike[str] | None = None,
    name: str | None = None,
    format: Literal["parquet", "csv", "jsonl"] | None = None,
    seed: int | None = None,
    set: Sequence[str] | None = None,
) -> tuple[Path, ...]:
    """Write a synthetic log of working days with interruptions, and its truth.

    Args:
        preset: The world: workday, trial, rollout, launch, switch, null, selection, steady,
            reload, residual_calls, give_ups, restoration, staged, companies, novelty, learning,
            churn, new_ids or hostile; docs/options.md says what each is.
        out: Folder to write into. Default: simulated.
        name: Stem of the files. Default: the preset's name.
        format: How to write the log. Default: parquet.
        seed: The same seed gives the same bytes. Default: 0.
        set: Parameters of the world, each NAME=VALUE.

    Returns:
        The files that were written, the log first.

    Raises:
        UsageError: An argument cannot be meant.
        OutputError: The files cannot be written.
    """
    given = {"out": out, "name": name, "format": format, "seed": seed, "set": set}
    asked = {key: value for key, value in given.items() if value is not None}
    return write_log(preset, SimulateOptions(**inner_values(asked, options_for("simulate"))))
