"""Names that are what programs write for null: they count as no name, which the report says."""

from collections.abc import Mapping
from typing import Final

from resume_gap.pipeline.queries import Runner
from resume_gap.results.common import Check
from resume_gap.sources.columns import shown

_LISTED: Final = 3


def check_null_texts(runner: Runner, columns: Mapping[str, str | None], read: int) -> list[Check]:
    """What was taken for null.

    Where nearly every event has an element of its own, elements alone are no reason to look.

    Args:
        runner: Holds `log`, `names` and `labels`, or has promised labels.
        columns: Event column to the file's column.
        read: Rows of the log.
    """
    if not runner.variable("null_texts"):
        return []
    (is_there,) = runner.row("116_has_null_texts")
    if not is_there and not runner.is_promised("labels"):
        (is_there,) = runner.row("118_has_null_labels")
    if not is_there:
        return []
    found = runner.read("117_null_texts").fetchall()
    listed = [
        f"'{shown([text])}' in '{shown([columns[column] or column])}' ({n:,} rows)"
        for column, text, n in found[:_LISTED]
    ]
    more = len(found) - len(listed)
    rows = sum(n for _, _, n in found)
    return [
        Check(
            check="null_texts",
            severity="note",
            count=rows,
            share=rows / read,
            action="--keep-placeholder-ids takes them for names",
            message=f"what programs write for null counts as no value: {', '.join(listed)}"
            + (f" and {more} more" if more else ""),
        )
    ]
