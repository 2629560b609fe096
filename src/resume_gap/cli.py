"""The command line: parse, call, print.

Standard output is data (the report's path, or with --json the summary); everything meant for
people goes to standard error. Heavy imports stay inside the commands.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from resume_gap import __version__
from resume_gap.commandline import answer
from resume_gap.commands.registry import COMMANDS, load
from resume_gap.errors import ExitCode, OutputError, ResumeGapError, UsageError
from resume_gap.system import signals
from resume_gap.system.filesystem import too_many_open

if TYPE_CHECKING:
    from resume_gap.arguments import Request

_FOR_PEOPLE = ("quiet", "no_progress")
"""Options of every command: what is printed for people."""


def main(arguments: list[str]) -> int:
    """Carry out what the arguments ask for; the exit code.

    Raises:
        ResumeGapError: It could not be done.
    """
    if (text := answer(arguments, __version__)) is not None:
        _print_page(text)
        return ExitCode.OK
    from resume_gap.arguments import HelpAsked, parse

    try:
        request = parse(arguments)
    except HelpAsked as page:
        _print_page(str(page))
        return ExitCode.OK
    if COMMANDS[request.command].tool:
        return _tool(request)
    _report(request)
    return ExitCode.OK


def _report(request: "Request") -> None:
    """Run a command that reads a log, print its summary, and where its report is.

    The command's module is loaded once the options are known to be good.
    """
    from resume_gap import settings as st
    from resume_gap.configfile import read_configuration
    from resume_gap.options.run_options import CallOptions, ConfigurationOptions, StateOptions
    from resume_gap.system.filesystem import working_folder

    working_folder()
    given = st.command_line_values(request.command, request.given)
    call, where = (
        CallOptions(**_taken(given, CallOptions)),
        ConfigurationOptions(**_taken(given, ConfigurationOptions)),
    )
    left = StateOptions(**_taken(given, StateOptions))
    config = _configuration_path(where.config, isolated=where.isolated)
    table = {} if config is None else read_configuration(config)
    settings = st.settle(given, st.file_values(table, str(config)), typed=True, config=config)

    from resume_gap.commands.folder import stem
    from resume_gap.output.target import command_of
    from resume_gap.report.render import jsonfile
    from resume_gap.sources.reuse import state_folder
    from resume_gap.system.startup import with_one_heap, without_pandas

    with_one_heap()
    without_pandas()
    events, state = request.arguments, state_folder(left.state)
    folder = call.out or Path("reports") / stem(events)
    before = command_of(folder)
    with _progress(shown=not (call.quiet or call.no_progress)) as announce:
        found = load(COMMANDS[request.command].run)(
            events,
            settings,
            out=folder,
            force=call.force,
            interactive=call.interactive,
            on_progress=announce,
            config=config,
            state=state,
        )
    if not call.quiet:
        from resume_gap.output.write import keeps_prediction
        from resume_gap.report.render import terminal

        with suppress(OSError):  # nobody reads standard error: the report is there all the same
            terminal.print_screen(found, folder)
        if before not in (None, found.command):
            kept = keeps_prediction(folder, found)
            rest = ", but for its prediction.json, which evaluate and compare read" if kept else ""
            _say(f"the report of {before} that stood in {folder} was replaced{rest}; see --out")
        if state is not None and state.unkept is None:
            from resume_gap.report.text.reused import reused

            _say(reused(state.outcomes, state.fault))
    if state is not None and state.unkept is not None:
        from resume_gap.report.text.reused import not_kept

        _say(not_kept(state.unkept))
    whole = jsonfile.summary(found) if call.json else os.fsencode(folder / "report.html") + b"\n"
    _print(whole, f"the report in {folder} was written")


def _taken(given: dict[str, Any], group: type) -> dict[str, Any]:
    """The values of one group of options, which are taken out of what was given."""
    return {name: given.pop(name) for name in group.__annotations__ if name in given}


def _tool(request: "Request") -> int:
    """Run a command that writes no report on a log, and print what it has to say."""
    from resume_gap import settings as st
    from resume_gap.options.run_options import CallOptions

    given = st.command_line_values(request.command, request.given)
    call = CallOptions(**{key: given.pop(key) for key in _FOR_PEOPLE if key in given})
    with _progress(shown=not (call.quiet or call.no_progress)) as announce:
        printed = load(COMMANDS[request.command].tool)(request.arguments, given, announce)
    if not call.quiet:
        _show(printed.screen)
        if printed.notice:
            _say(printed.notice)
    _print(printed.data, printed.done)
    return int(printed.code)


def _show(lines: tuple[str, ...]) -> None:
    """Lines to standard error; where nobody reads it the work is done all the same."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.writelines(f"{line}\n" for line in lines)


def _configuration_path(config: Path | None, *, isolated: bool) -> Path | None:
    """The configuration file that counts, if any."""
    from resume_gap.configfile import find_configuration

    if not isolated:
        return config or find_configuration(Path.cwd())
    if config is not None:
        raise UsageError("--isolated reads no configuration; leave out --config")
    return None


@contextmanager
def _progress(*, shown: bool) -> Iterator[Callable[[str], None]]:
    """One line on standard error that says what is going on; none when that is no terminal."""
    if not (shown and _has_terminal()):
        yield lambda _: None
        return
    from resume_gap.report.render.progress import progress_line

    with progress_line() as announce:
        yield announce


def _has_terminal() -> bool:
    """Whether standard error is a terminal; it may be closed."""
    with suppress(OSError, ValueError, AttributeError):
        return sys.stderr.isatty()
    return False


def run() -> None:
    """Entry point: the command with its exit codes; an expected failure is one line."""
    with signals.caught():
        code = _run(sys.argv[1:])
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    """The exit code of a command; what went wrong is reported in one line."""
    try:
        return main(arguments)
    except ResumeGapError as error:
        _say(str(error))
        return error.exit_code
    except BaseException as error:  # what a library makes of it is not always an `Exception`
        if (line := too_many_open(error)) is None:
            raise
        signals.say(line)
        return ExitCode.DATA


def _print(data: bytes, done: str) -> None:
    """Data to standard output.

    Args:
        data: What a script asked for.
        done: What is done by now, for a message.

    Raises:
        OutputError: It is full or closed.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError) as error:
        signals.forget_output()
        why = getattr(error, "strerror", None) or "it is closed"
        raise OutputError(f"standard output: cannot be written: {why}; {done}") from error


def _print_page(text: str) -> None:
    _print(f"{text.rstrip()}\n".encode(), "nothing was written")


def _say(line: str) -> None:
    """One line to standard error; what data wrote into it is shown, never obeyed."""
    from resume_gap.report.text.names import terminal_text

    signals.say(terminal_text(line))
