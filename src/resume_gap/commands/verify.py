"""`resume-gap verify`: a report made again from its log, compared with the one that is there."""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from resume_gap.commands.registry import COMMANDS, Printed, load
from resume_gap.engines.opening import is_table
from resume_gap.errors import ExitCode, InputError, UsageError
from resume_gap.options.report_options import VerifyOptions
from resume_gap.options.table import SETTINGS
from resume_gap.output.recognize import PREDICTION
from resume_gap.output.same import Reproduction, compared_with
from resume_gap.output.schema import JsonList, JsonObject, JsonOpenObject, JsonText, Malformed
from resume_gap.output.target import summary_of
from resume_gap.report.render.jsonfile import dump
from resume_gap.report.text.names import cut, terminal_text
from resume_gap.report.text.numbers import many
from resume_gap.settings import Settings, settle, typed
from resume_gap.sources.expansion import expand
from resume_gap.sources.frames import GivenFrame
from resume_gap.system.filesystem import working_folder
from resume_gap.system.temporary import Workspace

_OF_THE_MACHINE: Final = frozenset(
    {"allow_views", "engine", "memory_limit", "strict", "temp_limit", "threads"}
)
"""Settings that change no result, or that only whoever runs this may give."""
_SHOWN: Final = 20
"""Differences that are listed; JSON has all."""
_LONGEST: Final = 200
_SHAPE: Final = JsonObject(
    {
        "command": JsonText(("analyze", "evaluate", "compare", "plan")),
        "generated_from": JsonObject(
            {
                "inputs": JsonList(
                    JsonObject({"path": JsonText(), "sha256": JsonText(null=True)}), most=1_000_000
                ),
                "settings": JsonOpenObject({}),
            }
        ),
    }
)


def main(
    arguments: Sequence[str], given: dict[str, Any], announce: Callable[[str], None]
) -> Printed:
    """Make the report again; what differs is printed, a line for each.

    Raises:
        InputError: The folder holds no report, or its log is not there or another one.
    """
    allow_views = given.pop("allow_views", False)
    asked = VerifyOptions(**given)
    report, *events = arguments
    found = verified(Path(report), events, announce, allow_views=allow_views)
    return Printed(
        _json(found) if asked.json else "".join(_lines(found)).encode(),
        "nothing was written",
        _summary(found),
        ExitCode.OK if found.is_same else ExitCode.DATA,
    )


def verified(
    report: Path,
    events: Sequence[str | GivenFrame],
    announce: Callable[[str], None],
    *,
    allow_views: bool = False,
) -> Reproduction:
    """`resume_gap.verify` with checked arguments; see there."""
    working_folder()
    shown = terminal_text(str(report))
    summary = summary_of(report)
    if summary is None:
        raise InputError(f"{shown}: holds no summary.json of resume-gap; name a report's folder")
    try:
        _SHAPE.check(summary, "")
    except Malformed as error:
        raise InputError(
            f"{shown}: its summary.json cannot be verified ({error}); make the report again"
        ) from error
    command, made = summary["command"], summary["generated_from"]
    settings = replace(_settings(command, made["settings"], shown), allow_views=allow_views)
    read = _log_of(made["inputs"], settings)
    if not events:
        _refuse_absent(shown, read)
    with Workspace() as workspace:
        again = workspace.folder("verify") / "report"
        if command in ("evaluate", "compare") and (report / PREDICTION).is_file():
            # A copy of the one that was given, which need not be there any more.
            settings = replace(settings, prediction=None)
            again.mkdir()
            shutil.copyfile(report / PREDICTION, again / PREDICTION)
        load(COMMANDS[command].run)(
            [*events] or read, settings, out=again, force=True, on_progress=announce
        )
        announce("comparing")
        _refuse_other_log(shown, made["inputs"], summary_of(again))
        try:
            found = compared_with(report, again)
        except (OSError, ValueError) as error:
            raise InputError(f"{shown}: cannot be read: {error}; make the report again") from error
    return found


def _settings(command: str, plain: Mapping[str, Any], shown: str) -> Settings:
    """The settings that a summary names and that change a result.

    Each is checked as if it were typed: the file may have come from somebody else.

    Raises:
        InputError: They are none of this version.
    """
    found = {}
    usual = Settings().shown(command)
    for one in SETTINGS:
        if one.field not in usual.keys() & plain.keys() - _OF_THE_MACHINE:
            continue
        value = plain[one.field]
        if value == usual[one.field] and type(value) is type(usual[one.field]):
            continue
        try:
            found[one.field] = one.kind.take(typed(value, one))
        except (ValueError, OverflowError) as error:
            raise InputError(
                f"{shown}: its summary.json cannot be verified (settings.{one.field} is"
                f" {terminal_text(repr(value)[:_LONGEST])}); make the report again"
            ) from error
    try:
        return settle(found, {})
    except UsageError as error:
        raise InputError(
            f"{shown}: its settings cannot be read ({error}); make the report again"
        ) from error


def _log_of(inputs: Sequence[Mapping[str, Any]], settings: Settings) -> list[str]:
    """The inputs that are the log, without those that say who was assigned or launched."""
    beside = {
        one.given
        for given in (settings.assignments, settings.rollout)
        if given is not None
        for one in expand([given])[0]
    }
    return [one["path"] for one in inputs if one["path"] not in beside]


def _refuse_absent(shown: str, paths: Sequence[str]) -> None:
    """Say what to do where the log does not lie where it did.

    Raises:
        InputError: An input is not there; or it was no file, but a frame or standard input.
    """
    if not paths:
        raise InputError(
            f"{shown}: its summary.json names no log; name it after the report's folder"
        )
    for path in paths:
        is_there = os.path.exists(path.partition("::")[0])  # noqa: PTH110 - any text is a path here
        if not is_there and not is_table(path):
            raise InputError(
                f"{terminal_text(path)}: the log that {shown} was made of is not there; name it "
                "after the report's folder (in Python, a frame can be given, too)"
            )


def _refuse_other_log(
    shown: str, inputs: Sequence[Mapping[str, Any]], again: Mapping[str, Any] | None
) -> None:
    """Refuse to compare what was made of different logs.

    Raises:
        InputError: A file is not what it was.
    """
    now = [] if again is None else again["generated_from"]["inputs"]
    was_read = [one["sha256"] for one in inputs]
    if was_read == [one["sha256"] for one in now]:
        return
    for one, other in zip(inputs, now, strict=False):
        if one["sha256"] != other["sha256"]:
            name = terminal_text(other["path"])
            raise InputError(
                f"{name}: is not the file that {shown} was made of: its SHA-256 is another; "
                "name the log after the report's folder, or make the report again"
            )
    raise InputError(
        f"{shown}: was made of {many(len(inputs), 'file')}, and {many(len(now), 'file')} were "
        "read; name the same files after the report's folder"
    )


def _lines(found: Reproduction) -> list[str]:
    shown = [
        f"{one.file}: {_short(one.place)}{': ' if one.place else ''}{_short(one.was)} "
        f"in the report, {_short(one.now)} now\n"
        for one in found.differences[:_SHOWN]
    ]
    more = len(found.differences) - _SHOWN
    return [*shown, f"and {many(more, 'more difference')}\n"] if more > 0 else shown


def _short(text: str) -> str:
    return cut(terminal_text(text), _LONGEST)


def _summary(found: Reproduction) -> str:
    parts = [many(found.figures, "value"), *(f"{n:,} rows of {t}" for t, n in found.rows.items())]
    missing = f"; not compared, for they are missing: {', '.join(found.missing)}"
    compared = ", ".join(parts) + (missing if found.missing else "")
    if found.is_same:
        return f"all is the same: {compared}"
    return f"{many(len(found.differences), 'difference')} in {compared}"


def _json(found: Reproduction) -> bytes:
    content = {
        "is_same": found.is_same,
        "figures": found.figures,
        "rows": found.rows,
        "missing": found.missing,
        "differences": [one._asdict() for one in found.differences],
    }
    return dump(content)
