"""Tables are written beside other work, and whatever goes wrong leaves nothing of them."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq
import pytest

from resume_gap.commands import analyze
from resume_gap.errors import OutputError, StrictError
from resume_gap.output import write
from resume_gap.report.charts import drawing
from resume_gap.report.render.tables import ReturnsTable, UsersTable
from resume_gap.settings import Settings

SAMPLE = Path(__file__).parents[2] / "sample_events" / "workday.parquet"
ROWS = "user_id,timestamp,event\n" + "".join(
    f"u{user},2026-03-02T{hour:02}:00:0{user}Z,edit\n" for user in range(3) for hour in range(24)
)


def run_in(folder: Path, threads: int, monkeypatch: pytest.MonkeyPatch, **asked: Any) -> None:
    """What the command line does with the log of a folder."""
    monkeypatch.setattr("resume_gap.commands.running.workers", lambda _: threads)
    (folder / "log.csv").write_text(ROWS)
    analyze.run(
        [str(folder / "log.csv")],
        Settings(**asked),
        out=folder / "out",
        on_progress=lambda _: None,
    )


@pytest.mark.parametrize("threads", [1, 2])
def test_tables_are_written_and_drawing_starts_in_a_thread_where_there_may_be_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    where: list[str] = []
    for table in (ReturnsTable, UsersTable):

        def watched(self: Any, folder: Path, own: Any = table.write) -> None:
            where.append(threading.current_thread().name)
            own(self, folder)

        monkeypatch.setattr(table, "write", watched)
    monkeypatch.setattr(drawing, "start", lambda: where.append(threading.current_thread().name))
    run_in(tmp_path, threads, monkeypatch)
    main = threading.current_thread().name
    assert [name == main for name in where] == [threads == 1] * 3
    assert {path.name for path in (tmp_path / "out").glob("*.parquet")} == {
        "interruptions.parquet",
        "users.parquet",
    }


@pytest.mark.parametrize("threads", [1, 2])
def test_returns_stand_in_order_however_many_are_written_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    found = []
    for rows in (1_000_000, 700):
        monkeypatch.setattr("resume_gap.commands.running.workers", lambda _: threads)
        monkeypatch.setattr("resume_gap.report.render.tables._BATCH", rows)
        out = tmp_path / str(rows)
        analyze.run([str(SAMPLE)], Settings(), out=out, on_progress=lambda _: None)
        found.append(pl.read_parquet(out / "interruptions.parquet"))
    assert found[0].height > 1_000
    assert found[0].equals(found[0].sort("user_id", "stop_at"))
    assert found[0].equals(found[1])


def test_chance_is_published_as_a_share(tmp_path: Path) -> None:
    analyze.run([str(SAMPLE)], Settings(), out=tmp_path, on_progress=lambda _: None)
    chance = pl.read_parquet(tmp_path / "interruptions.parquet")["chance"].drop_nulls()
    assert chance.dtype == pl.Float64
    assert set(chance) <= {0.0, *(1 / elements for elements in range(1, 11))}
    assert chance.n_unique() > 2


def test_texts_of_the_tables_are_texts_of_arrow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_in(tmp_path, 1, monkeypatch)
    paths = sorted((tmp_path / "out").glob("*.parquet"))
    assert [path.name for path in paths] == ["interruptions.parquet", "users.parquet"]
    for path in paths:
        types = {str(one.type) for one in pq.read_schema(path)}
        assert "large_string" in types
        assert not any("dictionary" in one for one in types)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("table", [ReturnsTable, UsersTable])
def test_a_disk_that_is_full_is_one_line_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int, table: type
) -> None:
    def fill(_: Any, folder: Path) -> None:
        (folder / "half.parquet").write_bytes(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))

    monkeypatch.setattr(table, "write", fill)
    with pytest.raises(OutputError, match=rf"^{tmp_path}/out: [^\n]*No space[^\n]*$") as caught:
        run_in(tmp_path, threads, monkeypatch)
    assert isinstance(caught.value.__cause__, OSError)
    assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]


@pytest.mark.parametrize("strict", [False, True])
def test_a_run_that_fails_ends_the_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, strict: bool
) -> None:
    """The page cannot be drawn, or the log has a warning."""
    began, ended = threading.Event(), threading.Event()

    def wait(returns: ReturnsTable, _: Path) -> None:
        began.set()
        assert returns.stopped.wait(10)
        ended.set()

    def fail(*_: Any, **__: Any) -> dict[str, bytes]:
        assert began.wait(10)
        raise ValueError("a fault of ours")

    monkeypatch.setattr(ReturnsTable, "write", wait)
    monkeypatch.setattr(write, "report_files", fail)
    with pytest.raises(StrictError if strict else ValueError):
        run_in(tmp_path, 2, monkeypatch, strict=strict)
    assert ended.is_set() or not began.is_set()
    assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]
