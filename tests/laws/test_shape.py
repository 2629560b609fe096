"""Order, split and format of the files change nothing.

Everything runs through the public interface on files; the result is all of `summary.json` outside
of `generated_from`.
"""

from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa
import pytest
from factories.effort import FULL
from factories.law_logs import (
    FORMATS,
    Folder,
    file_rows,
    measured,
    options,
    result,
    small_logs,
    write,
)
from factories.strategies import Log, logs
from hypothesis import given
from hypothesis import strategies as st

import resume_gap

if TYPE_CHECKING:
    from pathlib import Path


def text_times(log: pl.DataFrame) -> pl.DataFrame:
    return log.with_columns(pl.col("timestamp").dt.strftime("%Y-%m-%dT%H:%M:%S%.6fZ"))


@pytest.mark.parametrize(
    "order",
    [
        pytest.param(["timestamp", "user_id"], marks=pytest.mark.full),
        pytest.param(["target", "event", "timestamp"], marks=pytest.mark.full),
        # Always drawn beside the split below, which shuffles, too.
        pytest.param(["shuffled"], marks=pytest.mark.full),
    ],
)
def test_row_order_changes_nothing(
    office: pl.DataFrame, office_result: dict[str, Any], tmp_path: Path, order: list[str]
) -> None:
    log = (
        office.sample(fraction=1, shuffle=True, seed=1)
        if order == ["shuffled"]
        else office.sort(order, descending=True)
    )
    log.write_parquet(tmp_path / "office.parquet")
    assert result(resume_gap.analyze(tmp_path / "office.parquet")) == office_result


def test_file_split_changes_nothing(
    office: pl.DataFrame, office_result: dict[str, Any], tmp_path: Path
) -> None:
    shuffled = office.sample(fraction=1, shuffle=True, seed=2)
    for number, part in enumerate(shuffled.iter_slices(7_000)):
        part.write_parquet(tmp_path / f"part-{number}.parquet")
    files = sorted(tmp_path.iterdir(), reverse=True)
    assert len(files) > 2
    assert result(resume_gap.analyze(files)) == office_result
    if FULL:
        assert result(resume_gap.analyze(tmp_path)) == office_result


@pytest.mark.full  # of random logs, quickly: test_order_split_and_format_of_a_random_log
@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "csv.gz", "csv.zst", "jsonl.gz"])
def test_format_changes_nothing(
    office: pl.DataFrame, office_result: dict[str, Any], tmp_path: Path, form: str
) -> None:
    kind, _, packed = form.partition(".")
    stream = io.BytesIO()
    if kind == "jsonl":
        text_times(office).write_ndjson(stream)
    else:
        text_times(office).write_csv(stream, separator="\t" if kind == "tsv" else ",")
    data = stream.getvalue()
    path = tmp_path / f"office.{form}"
    if packed == "zst":
        with pa.CompressedOutputStream(str(path), "zstd") as packer:
            packer.write(data)
    else:
        path.write_bytes(gzip.compress(data) if packed else data)
    assert result(resume_gap.analyze(path)) == office_result


@pytest.mark.effort
@small_logs
@given(log=logs(max_rows=40), data=st.data())
def test_order_split_and_format_of_a_random_log(log: Log, data: st.DataObject) -> None:
    rows = file_rows(log)
    other = data.draw(st.permutations(rows))
    parts = data.draw(st.integers(1, min(3, len(rows))))
    forms = data.draw(st.lists(st.sampled_from(FORMATS), min_size=parts, max_size=parts))
    with Folder() as folder:
        once = measured([write(folder / "log.parquet", rows)], **options(log))
        files = [
            write(folder / f"part{number}.{form}", other[number::parts])
            for number, form in enumerate(forms)
        ]
        assert measured(files, **options(log)) == once
