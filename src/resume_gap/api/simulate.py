"""`resume_gap.simulate` as a function."""

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Literal

from resume_gap.errors import UsageError
from resume_gap.options.run_options import SimulateOptions
from resume_gap.options.table import options_for
from resume_gap.output.simulated import placed
from resume_gap.settings import inner_values
from resume_gap.system.filesystem import working_folder


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
        preset: The world: workday, trial, rollout, switch, null, ...
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
    return carry_out(preset, SimulateOptions(**inner_values(asked, options_for("simulate"))))


def carry_out(preset: str, asked: SimulateOptions) -> tuple[Path, ...]:
    """`simulate` with checked options; see there."""
    from resume_gap.synthetic import configured, stream

    name = asked.name or preset
    if Path(name).name != name:
        raise UsageError(f"--name: {name!r} is not the name of a file")
    working_folder()
    try:
        world = configured(preset, asked.set)
        with placed(asked.out, name) as folder:
            written = stream(world, folder, seed=asked.seed, name=name, log_format=asked.log_format)
    except ValueError as error:
        raise UsageError(str(error)) from error
    return tuple(asked.out / path.relative_to(folder) for path in written)
