"""`resume_gap.simulate` as a function."""

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Literal

from resume_gap.errors import OutputError, UsageError
from resume_gap.filesystem import working_folder
from resume_gap.options.run_options import Simulating
from resume_gap.options.table import options_for
from resume_gap.output.target import target_of
from resume_gap.report.text.names import terminal_text
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
    return carry_out(preset, Simulating(**inner_values(asked, options_for("simulate"))))


def carry_out(preset: str, asked: Simulating) -> tuple[Path, ...]:
    """`simulate` with checked options; see there."""
    from resume_gap.simulate import configured, stream

    name = asked.name or preset
    if Path(name).name != name:
        raise UsageError(f"--name: {name!r} is not the name of a file")
    working_folder()
    shown = target_of(asked.out).shown
    try:
        _refuse_foreign(asked.out, name, asked.log_format)
        return tuple(
            stream(
                configured(preset, asked.set),
                asked.out,
                seed=asked.seed,
                name=name,
                log_format=asked.log_format,
            )
        )
    except ValueError as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        reason = error.strerror or error
        raise OutputError(
            f"{shown}: cannot be written: {reason}; name another folder with --out"
        ) from error


def _refuse_foreign(folder: Path, name: str, log_format: str) -> None:
    """Refuse to write over what no simulation wrote: it would have left its truth beside it.

    Raises:
        OutputError: There is such a file, or a link.
    """
    truth = folder / f"{name}_truth"
    inside = [truth / one for one in ("truth.json", "interruptions.parquet", "users.parquet")]
    beside = [f"{name}.{log_format}", f"{name}_assignments.csv", f"{name}_rollout.csv"]
    earlier = inside[0].exists()
    for path in (*(folder / one for one in beside), truth, *inside):
        if path.is_symlink() or (path.exists() and not earlier):
            raise OutputError(
                f"{terminal_text(str(path))} is there already and no simulation wrote it; name "
                "other files with --name, or another folder with --out"
            )
