"""What dictionaries say of plain files is what the database counts in them, or nothing."""

from __future__ import annotations

import weakref
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from resume_gap.eventcolumns import no_rows
from resume_gap.pipeline import coded_files
from resume_gap.pipeline.coded_files import coded_rows, count, pays
from resume_gap.pipeline.queries import Runner
from resume_gap.settings import EVENT_COLUMNS, Settings
from resume_gap.sources.plain_files import PlainFiles
from resume_gap.sources.source import open_source
from resume_gap.system.progress import reported_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FROM = datetime(2026, 3, 2, 20, tzinfo=UTC)


def drawn(rows: int, seed: int) -> pl.DataFrame:
    """A log over some days, whose names are missing, empty, blank or like one another."""
    draw = Random(seed)  # noqa: S311 - a test log is no secret
    names = ["a", "b", "A", "", " ", None, "ä", "a\x00b", "x" * 40]
    return pl.DataFrame(
        {
            "user_id": draw.choices(["ann", "bob", "", None, "Ann"], k=rows),
            "timestamp": [
                FROM + timedelta(microseconds=draw.randrange(3 * 86_400 * 10**6))
                for _ in range(rows)
            ],
            "event": draw.choices(["edit", "save", None, ""], k=rows),
            "target": draw.choices(names, k=rows),
        },
        schema_overrides={"timestamp": pl.Datetime("us", "UTC")},
    )


@contextmanager
def opened(paths: Sequence[Path]) -> Iterator[tuple[Runner, PlainFiles]]:
    """A runner that holds `log`, and its files."""
    with (
        open_source([str(path) for path in paths], Settings()) as source,
        duckdb.connect() as con,
    ):
        con.execute("set TimeZone = 'UTC'")
        runner = Runner(con)
        source.create_rows(con)
        runner.view("00_no_rows", no_rows())
        runner.let(log_columns=[name for name in EVENT_COLUMNS if source.columns[name]])
        runner.make("01_log", kind="view")
        assert source.plain is not None
        yield runner, source.plain


def written(tmp_path: Path, *logs: pl.DataFrame, **how: Any) -> list[Path]:
    paths = [tmp_path / f"{number}.parquet" for number in range(len(logs))]
    for log, path in zip(logs, paths, strict=True):
        pq.write_table(log.to_arrow(), path, **how)
    return paths


def counted(runner: Runner, relations: dict[str, str]) -> dict[str, list[Any]]:
    """The rows of these relations, by what they are called, in an order of their own."""
    found = {}
    for name, sql in relations.items():
        rows = runner.con.sql(sql).pl()
        found[name] = sorted(map(str, rows.select(sorted(rows.columns)).rows()))
    return found


BY_CODES = {"seen_streams": "from seen_streams", "names": "from names", "e": "from seen_elements"}


@pytest.mark.usefixtures("loops")
@pytest.mark.parametrize("lacks", [[], ["target"]])
@pytest.mark.parametrize("folded", [1 << 30, 4])
def test_codes_count_what_the_database_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lacks: list[str], folded: int
) -> None:
    """Over two files and many row groups; names of many batches are added up now and then."""
    monkeypatch.setattr(coded_files, "_FOLDED", folded)
    logs = [drawn(400, 1).drop(lacks), drawn(90, 2).drop(lacks)]
    with opened(written(tmp_path, *logs, row_group_size=70)) as (runner, plain):
        days = count(runner, plain)
        by_codes = counted(runner, BY_CODES)
        for name in BY_CODES:
            runner.remove({"e": "seen_elements"}.get(name, name))
        runner.make("113_seen_streams", kind="view")
        runner.make("05_names")
        runner.make("102_seen_elements")
        assert by_codes == counted(runner, BY_CODES)
        assert days is not None
        expected = runner.read("02_input_days").pl()
        assert days.sort("input_no", "day").rows() == expected.sort("input_no", "day").rows()
        assert days.schema == expected.schema


def test_rows_have_the_names_that_stand_in_the_file(tmp_path: Path) -> None:
    log = drawn(300, 3)
    with opened(written(tmp_path, log, row_group_size=100)) as (_, plain):
        found = [
            (
                rows.input_no,
                *(codes.names[code].as_py() for codes, code in zip(columns, row, strict=True)),
                at,
            )
            for rows in coded_rows(plain)
            for columns in [(rows.user, rows.event, rows.target)]
            for *row, at in zip(*(c.of_row.tolist() for c in columns), rows.at, strict=True)
        ]
    texts = log.select(pl.col("user_id", "event", "target").fill_null(""))
    at = log["timestamp"].dt.epoch("us")
    assert found == [(0, *row, at) for row, at in zip(texts.rows(), at, strict=True)]


def test_rows_are_reported_as_they_are_counted(tmp_path: Path) -> None:
    """Nothing more is expected where the database begins anew."""
    log = drawn(100, 9)
    broken = log.with_columns(timestamp=pl.lit(None, pl.Datetime("us", "UTC")))
    heard: list[tuple[str, int]] = []
    listener = SimpleNamespace(
        expect=lambda rows: heard.append(("expected", rows)),
        add=lambda rows: heard.append(("done", rows)),
    )
    for second in (log, broken):
        with opened(written(tmp_path, log, second)) as (runner, plain), reported_to(listener):
            count(runner, plain)
    assert heard == [
        *[("expected", 200), ("done", 100), ("done", 100)],
        *[("expected", 200), ("done", 100), ("expected", 0)],
    ]


def test_names_that_no_row_has_are_not_counted(tmp_path: Path) -> None:
    """A dictionary may hold more names than rows use."""
    log = drawn(60, 4).with_columns(event=pl.lit("edit"))
    events = pa.DictionaryArray.from_arrays(pa.array([1] * 60, pa.int32()), ["unused", "edit"])
    table = log.to_arrow()
    table = table.set_column(table.column_names.index("event"), "event", events)
    pq.write_table(table, tmp_path / "log.parquet")
    with opened([tmp_path / "log.parquet"]) as (runner, plain):
        assert count(runner, plain) is not None
        assert runner.con.sql("from names").fetchall() == [("edit", 0, 60)]


def test_what_only_the_database_can_read_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, at = drawn(50, 5), pl.col("timestamp")
    odd = {
        "no time": at.replace(log["timestamp"][7], None),
        "before": at.replace(log["timestamp"][7], datetime(1989, 12, 31, 23, tzinfo=UTC)),
        "after": at.replace(log["timestamp"][7], datetime(2038, 1, 1, tzinfo=UTC)),
    }
    for why, times in odd.items():
        with opened(written(tmp_path, log.with_columns(times))) as (runner, plain):
            assert count(runner, plain) is None, why
            assert not runner.has("seen_streams")
    with opened(written(tmp_path, log)) as (runner, plain):
        assert count(runner, plain) is not None
        monkeypatch.setattr(coded_files, "_BATCH_ROWS", 10)
        assert count(runner, plain) is None  # nearly as many names as rows


def test_text_that_is_not_utf_8_is_left_to_the_database(tmp_path: Path) -> None:
    log = drawn(50, 6).to_arrow()
    broken = pa.array([b"a", b"\xff"] * 25).view(pa.string())
    pq.write_table(log.set_column(3, "target", broken), tmp_path / "log.parquet")
    plain = PlainFiles(
        {0: tmp_path / "log.parquet"}, ("user_id", "event", "target"), "timestamp", 50
    )
    with duckdb.connect() as con:
        assert count(Runner(con), plain) is None


def test_a_file_with_a_broken_page_is_left_to_the_database(tmp_path: Path) -> None:
    (path,) = written(tmp_path, drawn(5_000, 7), compression="none")
    content = bytearray(path.read_bytes())
    content[4:40] = bytes(36)
    path.write_bytes(content)
    plain = PlainFiles({0: path}, ("user_id", "event", "target"), "timestamp", 5_000)
    with duckdb.connect() as con:
        assert count(Runner(con), plain) is None


@pytest.mark.parametrize("name", ["user_id", "target"])
def test_codes_that_stand_for_no_name_are_left_to_the_database(tmp_path: Path, name: str) -> None:
    """Arrow does not compare codes with the names; the loops would reach into foreign memory."""
    (path,) = written(tmp_path, drawn(4_000, 10).fill_null("z"), compression="none")
    group = pq.read_metadata(path).row_group(0)
    (column,) = (
        group.column(i) for i in range(group.num_columns) if group.column(i).path_in_schema == name
    )
    content = bytearray(path.read_bytes())
    end = column.dictionary_page_offset + column.total_compressed_size
    middle = (column.data_page_offset + end) // 2
    content[middle : middle + 4] = b"\xff" * 4
    path.write_bytes(content)
    plain = PlainFiles({0: path}, ("user_id", "event", "target"), "timestamp", 4_000)
    with duckdb.connect() as con:
        assert count(Runner(con), plain) is None
    with pytest.raises(pa.ArrowInvalid, match="indices"):
        list(coded_rows(plain))


def test_dictionaries_pay_where_rows_are_many_for_names_and_row_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = drawn(2_000, 8)
    own = many.with_columns(target="element " + pl.int_range(2_000).cast(pl.String))

    def pay(log: pl.DataFrame, **how: Any) -> bool:
        with opened(written(tmp_path, log, **how)) as (_, plain):
            return pays(plain)

    assert not pay(many)
    monkeypatch.setattr(coded_files, "_LEAST", 2_000)
    assert not pay(many[:1_999])
    monkeypatch.setattr(coded_files, "_GROUP_ROWS", 500)
    assert pay(many)
    assert pay(many.drop("target"))
    assert pay(many, row_group_size=500)
    assert not pay(many, row_group_size=499)
    assert not pay(own)


def test_names_are_taken_back_also_where_they_cannot_be_added_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Runners beside this one would hold them until the end."""
    (path,) = written(tmp_path, drawn(4_000, 10))
    plain = PlainFiles({0: path}, ("user_id", "event", "target"), "timestamp", 4_000)
    with duckdb.connect() as con:
        runner = Runner(con)

        def read(_: str) -> None:
            raise OSError("no space left")

        monkeypatch.setattr(runner, "read", read)
        monkeypatch.setattr(coded_files, "_FOLDED", 1)
        assert count(runner, plain) is None
        assert not runner._lent


def test_days_of_a_thousand_files_take_no_memory_until_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive: list[int] = []
    made: weakref.WeakSet[coded_files._DayRows] = weakref.WeakSet()

    class Watched(coded_files._DayRows):
        def __init__(self) -> None:
            made.add(self)
            super().__init__()
            alive.append(len(made))

    monkeypatch.setattr(coded_files, "_DayRows", Watched)
    paths = dict(enumerate(written(tmp_path, *(drawn(400, seed) for seed in range(9)))))
    plain = PlainFiles(paths, ("user_id", "event", "target"), "timestamp", 3_600)
    with duckdb.connect() as con:
        days = count(Runner(con), plain)
    assert days is not None
    assert days["input_no"].unique().sort().to_list() == [*range(9)]
    assert len(alive) == 9
    assert max(alive) <= 2
