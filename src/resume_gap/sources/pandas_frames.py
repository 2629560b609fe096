"""Frames of pandas as Arrow, column by column where one of them holds values of several types."""

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

import pyarrow as pa

from resume_gap.errors import InputError
from resume_gap.results.common import Check
from resume_gap.settings import Settings
from resume_gap.sources.columns import REQUIRED, alternatives, shown
from resume_gap.sources.inputs import InputFile

ERRORS: Final = (pa.ArrowException, TypeError, ValueError, OverflowError)
"""What Arrow raises for values that it has no type for."""


class ReadFrame(NamedTuple):
    """A frame as Arrow.

    Attributes:
        table: Its columns.
        left_out: Columns that have no form in Arrow.
    """

    table: pa.Table
    left_out: tuple[str, ...]


def read_pandas(value: Any) -> ReadFrame:  # noqa: ANN401 - pandas is not imported
    """The columns of a frame, and an index with a name; the numbers of the rows are none.

    Numbers beside texts, and numbers that no type holds, become text, as in a file.

    Raises:
        pa.ArrowException, TypeError, ValueError: It has no form in Arrow as a whole.
    """
    named = any(name is not None for name in value.index.names)
    try:
        return ReadFrame(pa.Table.from_pandas(value, preserve_index=named), ())
    except ERRORS:
        whole = value.reset_index() if named else value
        if not whole.columns.is_unique:
            raise
    found, left_out = {}, []
    for name in whole.columns:
        column = _column(whole[name])
        if column is None:
            left_out.append(str(name))
        else:
            found[str(name)] = column
    return ReadFrame(pa.table(found), tuple(left_out))


def _column(series: Any) -> pa.Array | None:  # noqa: ANN401
    """A column; None: its values have no text that could be meant."""
    try:
        return pa.array(series, from_pandas=True)
    except ERRORS:
        try:
            return pa.array([_text(one) for one in series], pa.string())
        except TypeError:
            return None


def _text(value: object) -> str | None:
    """A value as text; None where there is none.

    Raises:
        TypeError: It is nothing that a file holds as text.
    """
    if isinstance(value, float):
        if math.isnan(value):
            return None
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | Decimal):
        return str(value)
    raise TypeError


def refuse_left_out(files: Sequence[InputFile], settings: Settings) -> None:
    """Refuse a frame without a column that is asked for or needed.

    Raises:
        InputError: Its values have no form in Arrow.
    """
    asked = {*settings.mapping.values(), *settings.by}
    for label, name in _left_out(files):
        needed = any(
            alternatives(part, [name]) for part in REQUIRED if part not in settings.mapping
        )
        if name in asked or needed:
            raise InputError(
                f"{label}: column {shown([name])!r} cannot be read: its values have no common type;"
                " give all of them one type"
            )


def about_left_out(files: Sequence[InputFile]) -> tuple[Check, ...]:
    """That columns of a frame were left out."""
    names = list(dict.fromkeys(name for _, name in _left_out(files)))
    if not names:
        return ()
    return (
        Check(
            check="unread_columns",
            severity="note",
            count=len(names),
            share=None,
            action="left out",
            message=f"values without a common type in the columns {shown(names)}",
        ),
    )


def _left_out(files: Sequence[InputFile]) -> Iterator[tuple[str, str]]:
    """The labels of frames, and columns of theirs that cannot be read."""
    for file in files:
        if file.frame is not None:
            yield from ((file.label, name) for name in file.frame.left_out)
