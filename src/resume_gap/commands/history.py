"""`resume-gap history`: the reports of many runs as one trend page, predictions beside outcomes."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import resume_gap
from resume_gap.commands.registry import Printed
from resume_gap.errors import InputError, ResumeGapError, StrictError
from resume_gap.options.report_options import HistoryOptions
from resume_gap.output.beside import write_beside
from resume_gap.output.prediction import is_seal, verify
from resume_gap.output.recognize import HISTORY_JSON, HISTORY_PAGE, PREDICTION
from resume_gap.output.schema import (
    JsonInstant,
    JsonList,
    JsonNull,
    JsonNumber,
    JsonObject,
    JsonOpenObject,
    JsonText,
    JsonWhole,
    Malformed,
)
from resume_gap.output.target import summary_of
from resume_gap.report.page.history import page
from resume_gap.report.render import html
from resume_gap.report.render.jsonfile import dump
from resume_gap.report.screen.history import lines
from resume_gap.report.text.history import caution
from resume_gap.report.text.names import shareable, terminal_text
from resume_gap.results.common import SCHEMA_VERSION, plain
from resume_gap.results.history import History
from resume_gap.system.filesystem import read_small, working_folder
from resume_gap.trends.line_up import line_up
from resume_gap.trends.reports import ReadReport, read_report

_TEXT: Final = JsonText(longest=10_000)
_NUMBER: Final = JsonNumber(-1e15, 1e15, null=True)
_REASON: Final = JsonText(longest=100, null=True)
_ESTIMATE: Final = JsonOpenObject({"estimate": _NUMBER, "ci_lower": _NUMBER, "ci_upper": _NUMBER})
_BOUND: Final = JsonOpenObject({"upper": _NUMBER, "ci_lower": _NUMBER, "ci_upper": _NUMBER})
_RULE: Final = JsonOpenObject(
    {
        "name": _TEXT,
        "reason": _REASON,
        "hit": _NUMBER,
        "ci_lower": _NUMBER,
        "ci_upper": _NUMBER,
    }
)
_DECIDED: Final = JsonNull(JsonObject({"word": _TEXT}))
_PREDICTED: Final = JsonObject({"name": _TEXT, "predicted": _ESTIMATE, "measured": _ESTIMATE})
_LAUNCH: Final = JsonOpenObject(
    {
        "primary": JsonOpenObject({**_ESTIMATE.keys, "reason": _REASON}),
        "verdict": _DECIDED,
        "predicted": JsonList(_PREDICTED, most=100),
        "prediction_file": JsonText(longest=10_000, null=True),
    }
)
_INSTANT: Final = JsonInstant(null=True)
_SHAPE: Final = JsonObject(
    {
        "schema_version": JsonWhole(SCHEMA_VERSION, SCHEMA_VERSION),
        "tool_version": JsonText(longest=100),
        "command": JsonText(("analyze", "evaluate", "compare", "plan")),
        "generated_from": JsonObject(
            {
                "subject": JsonList(_TEXT, most=10),
                "inputs": JsonList(
                    JsonObject(
                        {
                            "sha256": JsonText(shortest=64, longest=64, null=True),
                            "first_at": _INSTANT,
                            "last_at": _INSTANT,
                        }
                    )
                ),
                "settings": JsonOpenObject({}),
            }
        ),
        "threshold": JsonObject({"seconds": JsonNumber(0, 1e9)}),
        "counts": JsonObject(
            {"users": JsonWhole(0, 10**15), "interruptions": JsonWhole(0, 10**15)},
            later={"first_at": _INSTANT, "last_at": _INSTANT},
        ),
        "reorientation": JsonOpenObject(
            {
                "reason": _REASON,
                "cap_seconds": JsonNumber(0, 1e9),
                "mean": _ESTIMATE,
                "productive": _ESTIMATE,
            }
        ),
    },
    later={
        "resolution": JsonOpenObject({"seconds": JsonNumber(0, 1e9)}),
        "excess": JsonOpenObject({"reason": _REASON, "from_event": _ESTIMATE}),
        "marker": JsonOpenObject(
            {
                "reason": _REASON,
                "policies": JsonList(_RULE, most=50),
                "recommendation": _DECIDED,
            }
        ),
        "opportunity": JsonOpenObject({"reason": _REASON, "bounds": JsonList(_BOUND, most=50)}),
        "evaluation": _LAUNCH,
        "comparison": _LAUNCH,
    },
)


def main(
    arguments: Sequence[str], given: dict[str, Any], announce: Callable[[str], None]
) -> Printed:
    """Line up the reports and write the page; its path, or the JSON, is what is printed.

    Raises:
        InputError: A folder holds no report.
        StrictError: --strict, and a caution; nothing was written.
        OutputError: The files cannot be written.
    """
    asked = HistoryOptions(**given)
    announce("comparing")
    history = lined_up([Path(argument) for argument in arguments])
    written = write(history, asked.out, strict=asked.strict)
    data = json_of(history) if asked.json else f"{written}\n".encode()
    return Printed(data, f"the page in {asked.out} was written", screen=lines(history))


def lined_up(folders: Sequence[Path]) -> History:
    """`resume_gap.history` without writing; see there."""
    working_folder()
    reports, unreadable = [], []
    for folder in folders:
        seal, is_broken = _seal(folder)
        reports.append(_read(folder, seal))
        unreadable += [str(folder)] if is_broken else []
    return line_up(reports, tool_version=resume_gap.__version__, unreadable=unreadable)


def write(history: History, out: Path, *, strict: bool) -> Path:
    """Write page and JSON into a folder; the page.

    Raises:
        StrictError: `strict`, and a caution that warns; nothing was written.
        OutputError: The files cannot be written.
    """
    warned = [one for one in history.cautions if one.severity != "note"]
    if strict and warned:
        first = terminal_text(caution(warned[0]))
        raise StrictError(
            f"--strict: {len(warned)} warnings, the first: {first}; nothing was written"
        )
    files = {HISTORY_PAGE: html.render(page(history)), HISTORY_JSON: json_of(history)}
    write_beside(out, files)
    return out / HISTORY_PAGE


def json_of(history: History) -> bytes:
    """`history.json`; a seal of ours in it is no token of somebody's."""
    content = {"schema_version": SCHEMA_VERSION, **shareable(plain(history))}
    for entry, known in zip(content["ledger"], history.ledger, strict=True):
        if is_seal(known.seal):
            entry["seal"] = known.seal
    return dump(content)


def _read(folder: Path, seal: str | None) -> ReadReport:
    shown = terminal_text(str(folder))
    summary = summary_of(folder)
    if summary is None:
        raise InputError(f"{shown}: holds no summary.json of resume-gap; name reports' folders")
    try:
        _SHAPE.check(summary, "")
    except Malformed as error:
        raise InputError(
            f"{shown}: its summary.json cannot be compared ({error}); make the report again"
        ) from error
    return read_report(str(folder), summary, seal)


def _seal(folder: Path) -> tuple[str | None, bool]:
    """The seal of the prediction in a folder, and whether the file is broken."""
    try:
        return str(verify(read_small(folder / PREDICTION, follow=False))["sha256"]), False
    except FileNotFoundError:
        return None, False
    except (OSError, ResumeGapError):
        return None, True
