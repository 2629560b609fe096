"""How a function of Python carries out its command."""

from collections.abc import Callable
from os import PathLike, fspath
from pathlib import Path
from typing import Any, TypeVar

from resume_gap.errors import UsageError
from resume_gap.options.run_options import CallOptions, InitOptions
from resume_gap.options.table import OPTIONS, options_for
from resume_gap.results.run import Run
from resume_gap.settings import inner_values, resolve

Found = TypeVar("Found", bound=Run)
_CALL = tuple(one for one in OPTIONS if one.field in CallOptions.__annotations__)


def called(run: Callable[..., Found], given: dict[str, Any]) -> Found:
    """Run a command that reads a log.

    Args:
        run: `commands.analyze.run` or its like.
        given: The arguments of the function by name; None for what was not given.

    Raises:
        UsageError: An argument cannot be meant.
    """
    options = {name: value for name, value in given.items() if value is not None}
    events, on_progress = options.pop("events", None), options.pop("on_progress", None)
    around: dict[str, object] = {
        name: options.pop(name) for name in ("out", "force", "interactive") if name in options
    }
    call = CallOptions(**inner_values(around, _CALL))
    return run(
        paths(events),
        resolve(options, {}),
        out=call.out,
        force=call.force,
        interactive=call.interactive,
        on_progress=on_progress or (lambda _: None),
    )


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


def paths(events: object) -> list[str]:
    """The inputs as the command line names them.

    Raises:
        UsageError: They are no paths, or none.
    """
    several = [events] if isinstance(events, str | PathLike) else events
    if not isinstance(several, list | tuple) or not several:
        raise UsageError("events: a path, or a list of at least one path")
    for one in several:
        if not isinstance(one, str | PathLike) or not isinstance(fspath(one), str):
            raise UsageError(f"events: {type(one).__name__} is no path")
    return [str(Path(one)) if isinstance(one, PathLike) else one for one in several]
