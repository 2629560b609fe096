"""How a function of Python carries out its command."""

import warnings
from collections.abc import Callable
from os import PathLike, fspath
from pathlib import Path
from typing import Any, TypeVar

from resume_gap.api.report import Report
from resume_gap.commands.kept import KeptTables
from resume_gap.errors import UsageError
from resume_gap.options.run_options import CallOptions, InitOptions, StateOptions
from resume_gap.options.table import OPTIONS, options_for
from resume_gap.report.text.reused import not_kept
from resume_gap.results.run import Run
from resume_gap.settings import inner_values, resolve
from resume_gap.sources.frames import TAKEN, GivenFrame, given_frame
from resume_gap.sources.reuse import state_folder

Reported = TypeVar("Reported", bound=Report)
_CALL = tuple(one for one in OPTIONS if one.field in CallOptions.__annotations__)
_STATE = tuple(one for one in OPTIONS if one.field in StateOptions.__annotations__)


def called(run: Callable[..., Run], given: dict[str, Any], report: type[Reported]) -> Reported:
    """Run a command that reads a log.

    Args:
        run: `commands.analyze.run` or its like.
        given: The arguments of the function by name; None for what was not given.
        report: The class of what the function returns.

    Warns where a state folder could not be written, as the report is found either way.

    Raises:
        UsageError: An argument cannot be meant.
    """
    options = {name: value for name, value in given.items() if value is not None}
    events, on_progress = options.pop("events", None), options.pop("on_progress", None)
    around: dict[str, object] = {
        name: options.pop(name) for name in ("out", "force", "interactive") if name in options
    }
    call = CallOptions(**inner_values(around, _CALL))
    left = {"state": options.pop("state")} if "state" in options else {}
    state = StateOptions(**inner_values(left, _STATE)).state
    kept, tables = state_folder(state), KeptTables()
    found = run(
        inputs(events),
        resolve(options, {}),
        out=call.out,
        force=call.force,
        interactive=call.interactive,
        on_progress=on_progress or (lambda _: None),
        tables=tables,
        state=kept,
    )
    if kept is not None and kept.unkept is not None:
        warnings.warn(not_kept(kept.unkept), RuntimeWarning, stacklevel=3)
    return report.of(found, tables.files, call.out)


def initialized(write: Callable[..., Path], given: dict[str, Any]) -> Path:
    """Write the configuration file of a log; the file that was written.

    Args:
        write: `commands.init.write_found`.
        given: The arguments of `init` by name; None for what was not given.

    Raises:
        UsageError: An argument cannot be meant.
    """
    options = {name: value for name, value in given.items() if value is not None}
    events = paths(options.pop("events", None))
    own = {name: options.pop(name) for name in InitOptions.__annotations__ if name in options}
    asked = InitOptions(**inner_values(own, options_for("init")))
    return write(events, resolve(options, {}), asked)


def inputs(events: object) -> list[str | GivenFrame]:
    """Paths as the command line names them, and frames.

    Raises:
        UsageError: Something is neither, or there is none.
    """
    several = list(events) if isinstance(events, list | tuple) else [events]
    if not several or events is None:
        raise UsageError(f"events: {TAKEN}, at least one")
    found: list[str | GivenFrame] = []
    for one in several:
        frame = None if isinstance(one, str | PathLike) else given_frame(one)
        found.append(_path(one, TAKEN) if frame is None else frame)
    return found


def paths(events: object) -> list[str]:
    """The inputs as the command line names them.

    Raises:
        UsageError: They are no paths, or none.
    """
    several = [events] if isinstance(events, str | PathLike) else events
    if not isinstance(several, list | tuple) or not several:
        raise UsageError("events: a path, or a list of at least one path")
    return [_path(one, "a path") for one in several]


def _path(one: object, wanted: str) -> str:
    if not isinstance(one, str | PathLike) or not isinstance(fspath(one), str):
        raise UsageError(f"events: {type(one).__name__} is not {wanted}")
    return str(Path(one)) if isinstance(one, PathLike) else one
