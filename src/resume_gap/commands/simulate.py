"""`resume-gap simulate`: a synthetic log and its truth."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from resume_gap.commands.registry import Printed
from resume_gap.errors import UsageError
from resume_gap.options.run_options import SimulateOptions
from resume_gap.output.simulated import placed
from resume_gap.system.filesystem import working_folder
from resume_gap.system.threads import refuse_fork

PRESET: Final = "workday"
"""The world where none is named."""


def main(
    arguments: Sequence[str], given: dict[str, Any], announce: Callable[[str], None]
) -> Printed:
    """Write a log; its files are what is printed."""
    asked = SimulateOptions(**given)
    announce("drawing and writing")
    paths = write_log(arguments[0] if arguments else PRESET, asked)
    lines = b"".join(os.fsencode(path) + b"\n" for path in paths)
    return Printed(lines, f"the files in {asked.out} were written")


def write_log(preset: str, asked: SimulateOptions) -> tuple[Path, ...]:
    """`resume_gap.simulate` with checked options; see there."""
    from resume_gap.synthetic import configured, stream

    name = asked.name or preset
    if name == os.pardir or Path(name).name != name:
        raise UsageError(f"--name must be the name of a file, without a folder, not {name!r}")
    working_folder()
    refuse_fork()
    try:
        world = configured(preset, asked.set)
        with placed(asked.out, name) as folder:
            written = stream(world, folder, seed=asked.seed, name=name, log_format=asked.log_format)
    except ValueError as error:
        raise UsageError(str(error)) from error
    return tuple(asked.out / path.relative_to(folder) for path in written)
