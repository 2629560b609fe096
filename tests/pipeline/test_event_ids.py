"""Ids that come again: deliveries of one event, or a column that names something else."""

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

import resume_gap
from resume_gap.pipeline import event_ids
from resume_gap.pipeline.batches import Shelf
from resume_gap.pipeline.event_ids import EventIds, drop_repeated
from resume_gap.settings import Settings

HEADER = "user_id,timestamp,event,target,event_id\n"


def analyze(path: Path, rows: list[tuple[str, str, str, str, str]], **options: Any) -> Any:
    path.write_text(HEADER + "".join(",".join(row) + "\n" for row in rows))
    return resume_gap.analyze(path, **options)


def row(minute: int, id_: str, *, event: str = "edit") -> tuple[str, str, str, str, str]:
    return ("u", f"2026-03-02T08:{minute:02}:00.5Z", event, "doc", id_)


def test_the_earliest_delivery_counts_whatever_its_time(tmp_path: Path) -> None:
    rows = [row(n, f"m{n}") for n in range(20)] + [row(n + 30, f"m{n}") for n in range(5)]
    found = analyze(tmp_path / "a.csv", rows[::-1])
    assert found.rows.dropped == {"repeated_event_id": 5}
    assert found.generated_from.inputs[0].rows == 25
    assert found.counts.events == 20
    (check,) = [one for one in found.data_quality if one.check == "repeated_event_ids"]
    assert check.count == 5


@pytest.mark.full  # the borders are below, by hand
def test_ids_with_other_content_name_something_else(tmp_path: Path) -> None:
    same = [row(n, f"m{n}") for n in range(18)] + [row(n + 30, f"m{n}") for n in range(18)]
    one = [row(20, "x"), row(21, "x", event="view")]
    two = [row(22, "y"), row(23, "y", event="view")]
    assert analyze(tmp_path / "b.csv", same + one + two).rows.dropped == {}
    # Of 19 ids that come again, 18 agree: 94.7 %, under 95 %; of 20, 19 do.
    assert analyze(tmp_path / "c.csv", same + one).rows.dropped == {}
    more = [row(50, "z"), row(51, "z")]
    assert analyze(tmp_path / "d.csv", same + one + more).rows.dropped == {"repeated_event_id": 20}


def test_a_mapping_insists(tmp_path: Path) -> None:
    rows = [row(0, "x"), row(1, "x", event="view")]
    found = analyze(tmp_path / "e.csv", rows, map={"event_id": "event_id"})
    assert found.rows.dropped == {"repeated_event_id": 1}
    assert "event_id_conflicts" in {check.check for check in found.data_quality}


class Made:
    """A runner that hands over hashes and counts, and notes what is made."""

    def __init__(self, hashes: list[list[int]], counts: tuple[int, ...]) -> None:
        self.hashes, self.counts = hashes, counts
        self.made: list[Any] = []
        self.times_read = 0

    def read(self, name: str) -> Any:
        assert name == "34_id_hashes"
        self.times_read += 1
        assert self.times_read == 1
        batches = [
            pa.record_batch({"id_hash": pa.array(some, pa.uint64())}) for some in (*self.hashes, [])
        ]
        return SimpleNamespace(to_arrow_reader=lambda: iter(batches))

    def store(self, name: str, rows: pa.Table) -> None:
        self.made.append((name, rows["id_hash"].to_pylist()))

    def row(self, name: str) -> tuple[int, ...]:
        assert name == "24_repeated_ids"
        return self.counts

    def rename_view(self, *names: str) -> None:
        self.made.append(names)

    def make(self, name: str, kind: str = "table") -> None:
        self.made.append((name, kind))


def dropped(
    *counts: int,
    mapping: dict[str, str] | None = None,
    column: str | None = "id",
    hashes: list[list[int]] | None = None,
    read: int = 1_000,
    limit: str | None = None,
    spill: Path | None = None,
) -> tuple[EventIds, list[Any], list[Any]]:
    """What the ids are good for, what is reported, and what is made of the events.

    Args:
        counts: Repeated rows, those with other content, ids that repeat, those that agree.
        mapping: What was asked for.
        column: The column of event ids.
        hashes: Of the ids, batch by batch.
        read: Rows of the log.
        limit: Of the memory.
        spill: Where hashes may be written.
    """
    runner = Made([[7, 7]] if hashes is None else hashes, counts)
    checks: list[Any] = []
    settings = Settings(mapping=mapping or {}, memory_limit=limit)
    given: Any = runner
    found = drop_repeated(given, settings, {"event_id": column}, read, checks, spill=spill)
    said = [(c.check, c.severity, c.count, c.share, c.action, c.message) for c in checks]
    return found, said, runner.made


def test_what_is_reported_of_repeated_ids_by_hand() -> None:
    looked = [("repeated_hashes", [7]), ("35_deliveries", "table")]
    once = [("16_unrepeated", "table"), ("events", "all_events"), ("78_events", "view")]
    kept, taken = "the earliest of each id was kept", looked + once
    nothing, some_without = EventIds(0, all_differ=False), EventIds(5, all_differ=False)
    assert dropped(5, 0, 5, 5, column=None) == (nothing, [], [])
    assert dropped(0, 0, 0, 0) == (nothing, [], looked)
    agree = "5 rows repeat an event id"
    note = ("repeated_event_ids", "note", 5, 0.005, kept, agree)
    assert dropped(5, 0, 5, 5) == (some_without, [note], taken)
    some = (*note[:5], f"{agree}, 2 of them with other content")
    assert dropped(5, 2, 20, 19) == (some_without, [some], taken)
    insists = "not used to drop repetitions; --map event_id=COL insists"
    other = "column id comes again with other content in 2 rows: it names something else than one"
    conflict = ("event_id_conflicts", "warn", 2, 0.002, insists, f"{other} event")
    assert dropped(5, 2, 20, 18) == (nothing, [conflict], looked)
    forced = ("event_id_conflicts", "warn", *some[2:])
    asked = {"event_id": "id"}
    assert dropped(5, 2, 20, 18, mapping=asked) == (some_without, [forced], taken)


def test_events_differ_where_each_has_an_id_of_its_own() -> None:
    differ = EventIds(0, all_differ=True)
    assert dropped(hashes=[[3, 1, 2]], read=3) == (differ, [], [])
    assert dropped(hashes=[[3, 1, 2]], read=4) == (EventIds(0, all_differ=False), [], [])
    # The same hash of two ids; the ids differ.
    assert dropped(0, 0, 0, 0, hashes=[[3, 1, 3]], read=3)[0] == differ
    # Two deliveries of one event, and no row without an id: once they are gone, all differ.
    assert dropped(1, 0, 1, 1, hashes=[[3, 1, 3]], read=3)[0] == EventIds(1, all_differ=True)
    # A column that names something else distinguishes nothing.
    assert dropped(5, 2, 20, 18, hashes=[[3, 1, 3]], read=3)[0] == EventIds(0, all_differ=False)


def test_hashes_wait_in_parts_where_memory_is_short(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A quarter of 64 kB holds 1,000 hashes of 16 bytes; the last part is never full."""
    parts: list[set[str]] = []
    places: list[Path | None] = []

    class Watched(Shelf):
        def __init__(self, folder: Path | None) -> None:
            super().__init__(folder)
            parts.append(set())
            places.append(folder)

        def put(self, tables: Mapping[str, pa.Table]) -> None:
            parts[-1] |= set(tables)
            super().put(tables)

    monkeypatch.setattr(event_ids, "Shelf", Watched)
    # Of hashes in two parts, 6 and 4 are even; no hash is in two of them.
    batches = [[6, 5, 9], [4, 6], [], [5, 5]]

    def again(read: int, limit: str) -> tuple[list[int], int, bool]:
        found = dropped(0, 0, 0, 0, hashes=batches, read=read, limit=limit, spill=tmp_path)
        return found[2][0][1], len(parts[-1]), places[-1] is not None

    assert again(999, "64kB") == ([5, 6], 1, False)
    assert again(1_000, "64kB") == ([5, 6], 2, True)
    assert again(2_000, "64kB") == ([5, 6], 3, True)
    # However much memory there is, 1 GB of it.
    assert again(62_499_999, "64GB") == ([5, 6], 1, False)
    assert again(62_500_000, "64GB") == ([5, 6], 2, True)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_ties_and_unlike_events_stay_where_ids_are_not_sorted(tmp_path: Path) -> None:
    """Three acts of one instant that are alike in all but their ids are three events."""
    rows = [row(n, f"m{n}") for n in range(20)] + [row(5, "a"), row(5, "b")]
    found = analyze(tmp_path / "f.csv", rows)
    assert found.rows.dropped == {}
    assert found.counts.events == 22
    repeated = analyze(tmp_path / "g.csv", [*rows, row(5, "b"), row(6, "m6")])
    assert repeated.rows.dropped == {"repeated_event_id": 2}
    assert repeated.counts.events == 22
    # One row without an id: it repeats the next, and ids distinguish all others as before.
    without = analyze(tmp_path / "h.csv", [*rows, row(7, ""), row(7, "")])
    assert without.rows.dropped == {"duplicate_row": 1}
    assert without.counts.events == 23
