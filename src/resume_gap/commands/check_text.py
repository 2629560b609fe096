"""`resume-gap check-text`: the numbers of a text beside those of a report."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from resume_gap.commands.registry import Printed
from resume_gap.errors import ExitCode, InputError, UsageError
from resume_gap.options.report_options import CheckTextOptions
from resume_gap.output.whole import whole_summary
from resume_gap.report.text.names import terminal_text
from resume_gap.report.text.numbers import count, many
from resume_gap.system.filesystem import read_small, working_folder
from resume_gap.textcheck.compare import Checked, check
from resume_gap.textcheck.figures import ReportFigure

_MOST_BYTES: Final = 2**20
_WORDS: Final = {
    "in_report": "in the report",
    "interval_left_out": "interval left out",
    "one_end_alone": "one end of an interval alone",
    "bound_as_figure": 'an upper bound: write "at most"',
    "other_direction": "the other direction",
    "not_in_report": "not in the report",
}


def main(
    arguments: Sequence[str], given: dict[str, Any], announce: Callable[[str], None]
) -> Printed:
    """Check a text; a line for every number is what is printed.

    Raises:
        UsageError: No report is named.
        InputError: The text or the report cannot be read.
    """
    asked = CheckTextOptions(**given)
    announce("comparing")
    found = checked(Path(arguments[0]), asked.report)
    open_questions = any(one.finding != "in_report" for one in found)
    return Printed(
        _json(found) if asked.json else "".join(map(_line, found)).encode(),
        "nothing was written",
        _summary(found),
        ExitCode.STRICT if asked.strict and open_questions else ExitCode.OK,
    )


def checked(text: Path, report: Path | None) -> list[Checked]:
    """The numbers of a text file, each with the figure of a report that it is.

    Raises:
        UsageError: No report is named.
        InputError: The text or the report cannot be read.
    """
    working_folder()
    if report is None:
        raise UsageError("--report is missing; name the folder of a report")
    return check(_read(text), whole_summary(report, str(report)))


def _read(path: Path) -> str:
    try:
        return read_small(path, most=_MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}; check the path") from error


def _line(one: Checked) -> str:
    """`line 3: 61 s: interval left out: excess.estimate is 60.8, [54.3, 67.2]`."""
    what = f": {_figure(one.figure)}" if one.figure is not None else ""
    return (
        f"line {one.number.line}: {terminal_text(one.number.text)}: {_WORDS[one.finding]}{what}\n"
    )


def _figure(figure: ReportFigure) -> str:
    ends = "" if figure.interval is None else f" [{', '.join(map(_exact, figure.interval))}]"
    return f"{terminal_text(figure.path)} is {_exact(figure.value)}{ends}"


def _exact(value: float) -> str:
    return count(int(value)) if float(value).is_integer() else f"{value:,.4g}"


def _summary(found: Sequence[Checked]) -> str:
    if not found:
        return "the text holds no number that could be a figure of a report"
    kinds: Counter[str] = Counter(one.finding for one in found)
    parts = [f"{count(kinds[kind])} {words}" for kind, words in _WORDS.items() if kinds[kind]]
    return f"{many(len(found), 'number')}: {', '.join(parts)}"


def _json(found: Sequence[Checked]) -> bytes:
    rows = [
        {
            "line": one.number.line,
            "text": one.number.text,
            "finding": one.finding,
            "path": None if one.figure is None else one.figure.path,
            "value": None if one.figure is None else one.figure.value,
            "ci_lower": None
            if one.figure is None or one.figure.interval is None
            else one.figure.interval[0],
            "ci_upper": None
            if one.figure is None or one.figure.interval is None
            else one.figure.interval[1],
        }
        for one in found
    ]
    return (json.dumps(rows, indent=2, ensure_ascii=False) + "\n").encode()
