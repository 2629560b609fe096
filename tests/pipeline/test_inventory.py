"""Plain files are counted by their dictionaries, all else by the database, to the same report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

import resume_gap
from resume_gap.pipeline import coded_files, inventory, numbering, reduction
from resume_gap.pipeline.coded_files import CodedRows, coded_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resume_gap.sources.plain_files import PlainFiles

SAMPLES = Path(__file__).parents[2] / "sample_events"
COLUMNS = ("user_id", "timestamp", "event", "target")


def sample() -> pl.DataFrame:
    log = pl.read_parquet(SAMPLES / "workday.parquet").select(COLUMNS)
    return log.with_columns(event_id=pl.int_range(pl.len()).cast(pl.String))


def reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *logs: pl.DataFrame, **options: Any
) -> tuple[list[dict[str, bytes]], list[int]]:
    """All that is written as the database reads, then by codes; and the batches of these."""
    paths = [tmp_path / f"{number}.parquet" for number in range(len(logs))]
    for log, path in zip(logs, paths, strict=True):
        log.write_parquet(path, row_group_size=3_000)
    batches: list[int] = []
    numbers = numbering.numbered_codes

    def counted(*given: Any) -> Any:
        for batch in numbers(*given):
            batches.append(batch.num_rows)
            yield batch

    monkeypatch.setattr(reduction, "numbered_codes", counted)
    monkeypatch.setattr(reduction, "ORDERED_FROM", 0)
    found = []
    for out in (tmp_path / "by database", tmp_path / "by codes"):
        resume_gap.analyze(paths, out=out, **options)
        assert not (batches and len(found) == 0)
        found.append(
            {path.name: path.read_bytes() for path in out.iterdir() if path.suffix != ".html"}
        )
        for name in ("_LEAST", "_GROUP_ROWS"):
            monkeypatch.setattr(coded_files, name, 1)
    return found, batches


@pytest.mark.parametrize("threads", [1, 2])
def test_codes_lead_to_the_report_of_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    """Of two files, with rows that lack a user, an event or an element."""
    log = sample()
    number = pl.int_range(pl.len())
    for place, name in enumerate(("user_id", "event", "target")):
        log = log.with_columns(pl.when(number % 97 != place).then(name).alias(name))
    found, batches = reports(tmp_path, monkeypatch, log[:9_000], log[9_000:], threads=threads)
    assert found[0].keys() >= {"summary.json", "interruptions.parquet", "users.parquet"}
    assert found[0] == found[1]
    assert sum(batches) == log.drop_nulls(["user_id", "event"]).height


@pytest.mark.parametrize(
    ("most", "memory", "times"), [(1 << 30, 1 << 30, 1), (1, 1 << 30, 2), (1 << 30, 8, 2)]
)
def test_rows_that_take_little_memory_are_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, memory: int, times: int
) -> None:
    read = []

    def watched(plain: PlainFiles) -> Iterator[CodedRows]:
        read.append(plain.rows)
        return coded_rows(plain)

    monkeypatch.setattr(inventory, "_KEPT_BYTES", most)
    monkeypatch.setattr(inventory, "memory_bytes", lambda _: memory)
    for module in (coded_files, numbering):
        monkeypatch.setattr(module, "coded_rows", watched)
    found, batches = reports(tmp_path, monkeypatch, sample())
    assert found[0] == found[1]
    assert read == [sample().height] * times
    assert sum(batches) == sample().height


def test_rows_out_of_range_take_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = sample()
    times = log["timestamp"].sort()
    since, until = times[log.height // 10], times[-log.height // 10]
    bounds = {"since": since.isoformat(), "until": until.isoformat()}
    found, batches = reports(tmp_path, monkeypatch, log, **bounds)
    assert found[0] == found[1]
    assert 0.7 * log.height < sum(batches) < 0.9 * log.height


@pytest.mark.parametrize("change", ["again", "conflict"])
def test_ids_that_come_again_are_found_beside_the_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Rows are then read by the database, as ids are compared there."""
    log = sample()
    again = log[5_000:5_200]
    if change == "conflict":  # 3 of 200 ids come with other content
        again = pl.concat([again[:3].with_columns(event=pl.lit("submit")), again[3:]])
    found, batches = reports(tmp_path, monkeypatch, pl.concat([log, again]))
    assert found[0] == found[1]
    assert not batches


def test_ids_are_looked_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample().write_parquet(tmp_path / "log.parquet")
    for name in ("_LEAST", "_GROUP_ROWS"):
        monkeypatch.setattr(coded_files, name, 1)
    calls: list[int] = []
    find: Callable[..., Any] = inventory.find_ids
    monkeypatch.setattr(inventory, "find_ids", lambda *given: (calls.append(1), find(*given))[1])
    monkeypatch.setattr("resume_gap.pipeline.event_ids.find_ids", None)
    resume_gap.analyze(tmp_path / "log.parquet")
    assert calls == [1]


def test_what_fails_beside_the_count_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample().write_parquet(tmp_path / "log.parquet")
    for name in ("_LEAST", "_GROUP_ROWS"):
        monkeypatch.setattr(coded_files, name, 1)

    def fail(*_: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(inventory, "find_ids", fail)
    with pytest.raises(OSError, match="the disk is gone"):
        resume_gap.analyze(tmp_path / "log.parquet")
