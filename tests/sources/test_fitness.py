"""Columns that cannot be what their name says."""

from types import SimpleNamespace

import pytest
from factories.source_files import message, nested_file, read, values, write

from resume_gap.sources.columns import Taken
from resume_gap.sources.findings import LeftOut
from resume_gap.sources.fitness import drop_unfit
from resume_gap.sources.tables import Column


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_position_in_words_is_left_out(tmp_path, form):
    rows = [{"user_id": "u", "ts": "2026-01-01", "event": "e", "position": "top", "end": "never"}]
    source, _, got = read(write(tmp_path, rows, form))
    assert source.columns["position"] is None
    assert source.columns["end"] is None
    assert "position" not in got[0]
    assert [c.check for c in source.checks].count("column_left_out") == 2
    assert "no value" in message(write(tmp_path, rows, form), mapping={"position": "position"})


@pytest.mark.parametrize(
    ("sequence", "expected"),
    [
        ([1, 2, 10], [1, 2, 10]),
        ([1.5, 2.0, 10.0], [1.5, 2.0, 10.0]),
        (["a", "b", "10"], ["10", "a", "b"]),
    ],
)
@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_sequences_are_numbers_where_they_can_be(tmp_path, form, sequence, expected):
    rows = [{"user_id": "u", "ts": "2026-01-01", "event": "e", "sequence": s} for s in sequence]
    assert values(write(tmp_path, rows, form), "sequence") == expected


def test_a_nested_value_is_no_user(tmp_path):
    rows = [{"user_id": ["a", "b"], "ts": "2026-01-01", "event": "e"}]
    line = message(write(tmp_path, rows, "parquet"))
    assert "'user_id'" in line
    assert "--user COL" in line


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_path_to_nothing_is_refused(tmp_path, form):
    line = message(nested_file(tmp_path, form), mapping={"target": "properties.tarket"})
    assert "--target properties.tarket:" in line
    assert "keys" in line


def test_a_column_that_fits_nowhere_is_left_out_once():
    """One fits in neither of two groups, one in the first only, one is in the second only."""
    first = {"n": Column("n", "bigint[]"), "e": Column("e", "varchar"), "d": None}
    second = {"n": Column("n", "bigint[]"), "e": Column("e", "text[]"), "d": Column("d", "text[]")}
    groups = [SimpleNamespace(column=lambda name, _, of=of: of[name]) for of in (first, second)]
    places = {"position": "n", "target": "e", "device": "d"}
    taken = {name: Taken(column, "name") for name, column in places.items()}
    assert drop_unfit(None, groups, taken) == [
        LeftOut("position", "n", "is bigint[]"),
        LeftOut("target", "e", "is text[]"),
        LeftOut("device", "d", "is text[]"),
    ]
    assert taken == {}
