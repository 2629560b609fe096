"""Ids that come again: deliveries of one event, or a column that names something else."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

import resume_gap
from resume_gap.pipeline import event_ids
from resume_gap.pipeline.event_ids import EventIds, drop_repeated
from resume_gap.pipeline.repeated_hashes import RepeatedHashes, find_repeated
from resume_gap.report.text.findings.table import worded
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


def pairs(agreeing: int, conflicting: int = 0) -> list[tuple[int, int]]:
    """Hashes of ids and contents: ids that come twice with one content, or thrice with two."""
    same = [(n, 7) for n in range(1, agreeing + 1)] * 2
    first = agreeing + 1
    return same + [(n, c) for n in range(first, first + conflicting) for c in (8, 9, 8)]


class Made:
    """A runner that hands over hashes and counts, and notes what is made and set."""

    def __init__(
        self, hashes: list[list[int]], found: list[tuple[int, int]], exact: tuple[int, ...] | None
    ) -> None:
        self.hashes, self.found, self.exact = hashes, found, exact
        self.made: list[Any] = []
        self.read_names: list[str] = []
        self.ids_repeat: list[bool] = []

    def let(self, *, ids_repeat: bool | None = None, ids_are_listed: bool = True) -> None:
        if ids_repeat is None:
            self.made.append(ids_are_listed)
        else:
            self.ids_repeat.append(ids_repeat)

    def read(self, name: str) -> Any:
        assert name not in self.read_names
        self.read_names.append(name)
        if name == "34_id_hashes":
            batches = [
                pa.record_batch({"id_hash": pa.array(some, pa.uint64())})
                for some in (*self.hashes, [])
            ]
        else:
            assert name == "96_delivery_hashes"
            batches = [
                pa.record_batch(
                    {
                        "id_hash": pa.array([id_ for id_, _ in some], pa.uint64()),
                        "content_hash": pa.array([content for _, content in some], pa.uint64()),
                    }
                )
                for some in (self.found[:3], self.found[3:], [])
            ]
        return SimpleNamespace(to_arrow_reader=lambda: iter(batches))

    def store(self, name: str, rows: pa.Table) -> None:
        self.made.append((name, rows["id_hash"].to_pylist()))

    def row(self, name: str) -> tuple[int, ...]:
        assert name == "24_repeated_ids"
        assert self.exact is not None
        return self.exact

    def rename_view(self, *names: str) -> None:
        self.made.append(names)

    def make(self, name: str, kind: str = "table") -> None:
        self.made.append((name, kind))


def dropped(
    *found: tuple[int, int],
    exact: tuple[int, int, int, int] | None = None,
    mapping: dict[str, str] | None = None,
    column: str | None = "id",
    hashes: list[list[int]] | None = None,
    read: int = 1_000,
    limit: str | None = None,
    spill: Path | None = None,
) -> tuple[EventIds, list[Any], list[Any]]:
    """What the ids are good for, what is reported, and what is made of the events.

    The last of what is made says whether the pass drops repeats.

    Args:
        found: Hashes of ids that come again, and of their contents.
        exact: Of the ids with other content: repeated rows, those with other content, ids that
            repeat, those that agree; None: nobody asks.
        mapping: What was asked for.
        column: The column of event ids.
        hashes: Of the ids, batch by batch.
        read: Rows of the log.
        limit: Of the memory.
        spill: Where hashes may be written.
    """
    runner = Made([[7, 7]] if hashes is None else hashes, [*found], exact)
    checks: list[Any] = []
    settings = Settings(mapping=mapping or {}, memory_limit=limit)
    given: Any = runner
    ids = drop_repeated(given, settings, {"event_id": column}, read, checks, spill=spill)
    said = [
        (c.check, c.severity, c.count, c.share, c.action, c.message) for c in map(worded, checks)
    ]
    assert runner.ids_repeat[0] is False
    return ids, said, [*runner.made, runner.ids_repeat[-1]]


LISTED = ("repeated_hashes", [7])
KEPT = "the earliest of each id was kept"


def test_what_is_reported_of_repeated_ids_by_hand() -> None:
    nothing, some_without = EventIds(0, all_differ=False), EventIds(5, all_differ=False)
    assert dropped(column=None) == (nothing, [], [False])
    assert dropped() == (nothing, [], [True, LISTED, False])
    note = ("repeated_event_ids", "note", 5, 0.005, KEPT, "5 rows repeat an event id")
    assert dropped(*pairs(5)) == (some_without, [note], [True, LISTED, True])


def test_ids_that_come_with_other_content_are_read_again_by_hand() -> None:
    def exactly(last: int) -> list[Any]:
        again = [("repeated_hashes", [last]), ("35_deliveries", "table")]
        return [True, LISTED, *again, ("16_unrepeated", "table"), ("events", "all_events")]

    # 19 of 20 ids agree: 95 %. The last comes three times, so two rows repeat it.
    agree, view = "21 rows repeat an event id", ("78_events", "view")
    some = ("repeated_event_ids", "note", 21, 0.021, KEPT, f"{agree}, 2 of them with other content")
    found = dropped(*pairs(19, 1), exact=(2, 2, 1, 0))
    assert found == (EventIds(21, False, True), [some], [*exactly(20), view, True])
    # Of 18 and one, fewer do: the column names something else, and nobody reads the ids.
    insists = "to use it anyway: --map event_id=id"
    other = (
        "2 rows repeat a value of id with different content, so it does not identify events and was"
        " not used to remove duplicates"
    )
    conflict = ("event_id_conflicts", "warn", 2, 0.002, insists, other)
    nothing = EventIds(0, all_differ=False)
    assert dropped(*pairs(18, 1)) == (nothing, [conflict], [True, LISTED, False])
    # A mapping insists.
    fewer = f"20 {agree[3:]}, 2 of them with other content"
    forced = ("event_id_conflicts", "warn", 20, 0.02, KEPT, fewer)
    found = dropped(*pairs(18, 1), exact=(2, 2, 1, 0), mapping={"event_id": "id"})
    assert found == (EventIds(20, False, True), [forced], [*exactly(19), view, True])
    # Where no id comes again with the same content, the pass has nothing to drop.
    found = dropped(*pairs(0, 1), exact=(2, 2, 1, 0), mapping={"event_id": "id"})
    assert found[2] == [*exactly(1), view, False]
    # Two ids of one hash, of which one was delivered twice, and the other once.
    found = dropped(*pairs(19, 1), exact=(1, 0, 1, 1))
    assert found[0] == EventIds(20, False, True)
    assert found[1][0][-1] == "20 rows repeat an event id"


def test_events_differ_where_each_has_an_id_of_its_own() -> None:
    differ = EventIds(0, all_differ=True)
    assert dropped(hashes=[[3, 1, 2]], read=3) == (differ, [], [False])
    assert dropped(hashes=[[3, 1, 2]], read=4) == (EventIds(0, all_differ=False), [], [False])
    # The same hash of two ids; the ids differ. Asked for, so that one is not too few to agree.
    two = {"hashes": [[3, 1, 3]], "read": 3, "mapping": {"event_id": "id"}}
    assert dropped((3, 1), (3, 2), exact=(0, 0, 0, 0), **two)[0] == differ  # type: ignore[arg-type]
    # Two deliveries of one event, and no row without an id: once they are gone, all differ.
    assert dropped((3, 1), (3, 1), hashes=[[3, 1, 3]], read=3)[0] == EventIds(1, all_differ=True)
    # A column that names something else distinguishes nothing.
    found = dropped(*pairs(18, 1), hashes=[[3, 1, 3]], read=3)[0]
    assert found == EventIds(0, all_differ=False)


def test_of_many_ids_all_rows_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_ids, "_LISTED", 2)
    # Ids that come once are among the rows, too.
    found = [*pairs(3), (8, 1), (9, 1)]
    none = ("repeated_hashes", [])
    expected = EventIds(3, all_differ=True)
    for hashes, listed in (([1, 2], ("repeated_hashes", [1, 2])), ([1, 2, 3], none)):
        ids, said, made = dropped(*found, hashes=[hashes, hashes], read=2 * len(hashes))
        assert (ids, len(said), made) == (expected, 1, [listed != none, listed, True])
    # The same in parts.
    ids, _, made = dropped(*found, hashes=[[1, 2, 3], [3, 2, 1]], read=6, limit="200B")
    assert (ids, made[:2]) == (expected, [False, none])


def test_parts_on_disk_find_what_one_part_does(tmp_path: Path) -> None:
    high = 1 << 32  # a part is named by these bits of a hash
    found = [(id_ * high + id_, content) for id_, content in pairs(40, 2)]
    expected = dropped(*found, exact=(4, 4, 2, 0))
    assert expected[2][2] == ("repeated_hashes", [41 * high + 41, 42 * high + 42])
    assert dropped(*found, exact=(4, 4, 2, 0), limit="64kB", spill=tmp_path) == expected
    assert len({path.name for path in tmp_path.iterdir()}) == 2
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_hashes_wait_in_parts_where_memory_is_short(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A quarter of 64 kB holds 500 hashes that count 32 bytes; the last part is never full."""
    parts: list[int] = []

    def watched(*given: Any, **options: Any) -> RepeatedHashes:
        parts.append(options["parts"])
        assert options["spill"] == tmp_path
        return find_repeated(*given, **options)

    monkeypatch.setattr(event_ids, "find_repeated", watched)

    def again(read: int, limit: str) -> tuple[list[int], int]:
        found = dropped(hashes=[[6, 5], [], [5, 6]], read=read, limit=limit, spill=tmp_path)
        return found[2][1][1], parts[-1]

    assert again(499, "64kB") == ([5, 6], 1)
    assert again(500, "64kB") == ([5, 6], 2)
    assert again(1_000, "64kB") == ([5, 6], 3)
    # However much memory there is, 1 GB of it.
    assert again(31_249_999, "64GB") == ([5, 6], 1)
    assert again(31_250_000, "64GB") == ([5, 6], 2)
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


def test_a_delivery_is_dropped_whatever_its_stream_and_columns_are(tmp_path: Path) -> None:
    """By the pass where deliveries agree, by the query where they do not; later rows first."""
    rows = [(f"u{n % 3}", n, f"m{n}") for n in range(40)]
    later = [(user, minute + 15, id_) for user, minute, id_ in rows[:30]]
    plain = [f"{u},2026-03-02T08:{m:02}:00.5Z,edit,{i}" for u, m, i in later + rows]
    path = tmp_path / "plain.csv"
    path.write_text("\n".join(["user_id,timestamp,event,event_id", *plain]))
    found = resume_gap.analyze(path, productive="edit")
    assert (found.rows.dropped, found.counts.events) == ({"repeated_event_id": 30}, 40)
    once = tmp_path / "once.csv"
    once.write_text("\n".join(["user_id,timestamp,event,event_id", *plain[30:]]))
    alone = resume_gap.analyze(once, productive="edit")
    assert (alone.counts, alone.reorientation) == (found.counts, found.reorientation)
    # Another user has one of the ids later: its first row counts, and the others are as before.
    path.write_text("\n".join(["user_id,timestamp,event,event_id", *plain]) + "\n" + plain[0][1:])
    other = path.read_text().replace("\n0,", "\nu1,")
    path.write_text(other)
    found = resume_gap.analyze(path, productive="edit")
    assert (found.rows.dropped, found.counts) == ({"repeated_event_id": 31}, alone.counts)
