"""The figures of a report, whose `summary.json` anybody may have edited since."""

from pathlib import Path
from typing import Any, Final

from resume_gap.errors import InputError
from resume_gap.output.schema import JsonFigures, JsonObject, JsonOpenObject, JsonText, Malformed
from resume_gap.output.target import summary_of
from resume_gap.report.text.names import terminal_text

_SHAPE: Final = JsonObject(
    {
        "command": JsonText(("analyze", "evaluate", "compare", "plan")),
        "generated_from": JsonObject({"settings": JsonOpenObject({})}),
    }
)
_FIGURES: Final = JsonFigures(most=1e18, levels=30)


def whole_summary(folder: Path, shown: str) -> dict[str, Any]:
    """The `summary.json` of a report, of which every number can be compared.

    Args:
        folder: Of the report.
        shown: What messages call it.

    Raises:
        InputError: There is none, or it is not as a command writes it.
    """
    shown = terminal_text(shown, limit=300)
    summary = summary_of(folder)
    if summary is None:
        raise InputError(f"{shown}: holds no summary.json of resume-gap; name a report's folder")
    try:
        _FIGURES.check(summary, "")
        _SHAPE.check(summary, "")
    except Malformed as error:
        raise InputError(
            f"{shown}: its summary.json was changed since it was written ({error}); make the"
            " report again"
        ) from error
    return summary
