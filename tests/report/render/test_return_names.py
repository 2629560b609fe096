"""Names in place of the numbers of the table of returns."""

import polars as pl

from resume_gap.report.render.return_names import ReturnNames


def names() -> ReturnNames:
    return ReturnNames(
        users=pl.DataFrame({"user_no": [1, 2], "user_id": ["ann", "bob"]}),
        kinds=pl.DataFrame({"kind_no": [1, 4], "event": ["open", "edit"]}),
        labels=pl.DataFrame(
            {"label_no": [3, 7], "target": ["cell", None], "context": [None, "page"]}
        ),
    )


def test_numbers_get_their_names_and_nothing_stays_nothing() -> None:
    frame = pl.DataFrame(
        {
            "user_no": [2, 1],
            "stop_content": [4 << 32 | 3, 1 << 32 | 7],
            "return_content": [1 << 32 | 7, 4 << 32 | 3],
            "work_content": pl.Series([None, 4 << 32 | 3], dtype=pl.Int64),
        }
    )
    first, second = names().restored(frame).rows(named=True)
    assert (first["user_id"], second["user_id"]) == ("bob", "ann")
    assert (first["stop_event"], first["stop_target"], first["stop_context"]) == (
        *("edit", "cell"),
        None,
    )
    assert (first["return_event"], first["return_target"]) == ("open", None)
    assert (first["first_productive_event"], first["first_productive_target"]) == (None, None)
    assert (second["stop_target"], second["stop_context"]) == (None, "page")
    assert (second["first_productive_event"], second["first_productive_target"]) == (
        *("edit", "cell"),
    )


def test_a_table_without_returns_has_its_columns() -> None:
    columns = ("user_no", "stop_content", "return_content", "work_content")
    found = names().restored(pl.DataFrame(schema=dict.fromkeys(columns, pl.Int64)))
    assert found.height == 0
    assert found.schema["stop_target"] == pl.String
