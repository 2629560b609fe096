"""Frames of pandas with columns that Arrow has no type for."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import resume_gap
from resume_gap.errors import InputError
from resume_gap.sources.pandas_frames import read_pandas

ROWS = [(f"u{u}", f"2026-03-02T{h:02}:00:0{u}Z", "edit") for u in range(3) for h in range(24)]
LOG = pd.DataFrame(ROWS, columns=["user_id", "timestamp", "event"])


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([1, "a", None], ["1", "a", None]),
        ([2**70, 1, 2.0], [str(2**70), "1", "2"]),
        ([2**64, float("nan"), True], [str(2**64), None, "true"]),
        (["x", 1.5, 3.0], ["x", "1.5", "3"]),
    ],
)
def test_values_of_several_types_are_text_as_in_a_file(values: list[Any], texts: list[Any]) -> None:
    frame = pd.DataFrame({"a": pd.Series(values, dtype=object), "b": [1, 2, 3]})
    found = read_pandas(frame)
    assert found.left_out == ()
    assert found.table.to_pydict() == {"a": texts, "b": [1, 2, 3]}


def test_an_index_with_a_name_is_a_column_in_either_way() -> None:
    frame = pd.DataFrame({"a": [1, "x"]}, index=pd.Index(["p", "q"], name="user_id"))
    assert read_pandas(frame).table.to_pydict() == {"user_id": ["p", "q"], "a": ["1", "x"]}


@pytest.mark.parametrize(
    "values", [[object()] * len(LOG), [1j] * len(LOG), [[1], ["a"]] * (len(LOG) // 2)]
)
def test_a_column_that_nobody_needs_is_left_out_with_a_note(values: list[Any]) -> None:
    found = resume_gap.analyze(LOG.assign(zz=pd.Series(values)))
    assert found.counts == resume_gap.analyze(LOG).counts
    (note,) = (one for one in found.data_quality if one.check == "unread_columns")
    assert note.message.endswith("columns zz")
    with pytest.raises(InputError, match="column 'zz' cannot be read") as refused:
        resume_gap.analyze(LOG.assign(zz=pd.Series(values)), target="zz")
    assert "\n" not in str(refused.value)
    with pytest.raises(InputError, match="column 'user_id' cannot be read"):
        resume_gap.analyze(LOG.assign(user_id=pd.Series(values)))


def test_ids_over_64_bits_stay_apart() -> None:
    frame = LOG.assign(user_id=[2**64 + int(one[1:]) for one in LOG["user_id"]])
    found = resume_gap.analyze(frame)
    assert found.counts.users == 3
    assert set(found.users["user_id"]) == {str(2**64 + n) for n in range(3)}


def test_two_columns_of_one_name_are_one_line() -> None:
    frame = pd.DataFrame([["u", "v", "x"]], columns=["user_id", "user_id", "event"])
    with pytest.raises(InputError) as refused:
        resume_gap.analyze(frame)
    assert "\n" not in str(refused.value)
