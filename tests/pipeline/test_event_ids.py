"""Ids that come again: deliveries of one event, or a column that names something else."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import resume_gap
from resume_gap.pipeline.event_ids import drop_repeated
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


def dropped(
    *counts: int, mapping: dict[str, str] | None = None, column: str | None = "id"
) -> tuple[int, list[Any], list[Any]]:
    """How many rows go, what is reported, and what is made of the events.

    Args:
        counts: Repeated rows, those with other content, ids that repeat, those that agree.
        mapping: What was asked for.
        column: The column of event ids.
    """
    made: list[Any] = []
    runner: Any = SimpleNamespace(
        row=lambda _: counts, make=made.append, replace_view=lambda *names: made.append(names)
    )
    checks: list[Any] = []
    settings = Settings(mapping=mapping or {})
    found = drop_repeated(runner, settings, {"event_id": column}, 1_000, checks)
    said = [(c.check, c.severity, c.count, c.share, c.action, c.message) for c in checks]
    return found, said, made


def test_what_is_reported_of_repeated_ids_by_hand() -> None:
    kept, taken = "the earliest of each id was kept", ["16_unrepeated", ("events", "unrepeated")]
    assert dropped(5, 0, 5, 5, column=None) == dropped(0, 0, 0, 0) == (0, [], [])
    agree = "5 rows repeat an event id"
    note = ("repeated_event_ids", "note", 5, 0.005, kept, agree)
    assert dropped(5, 0, 5, 5) == (5, [note], taken)
    some = (*note[:5], f"{agree}, 2 of them with other content")
    assert dropped(5, 2, 20, 19) == (5, [some], taken)
    insists = "not used to drop repetitions; --map event_id=COL insists"
    other = "column id comes again with other content in 2 rows: it names something else than one"
    conflict = ("event_id_conflicts", "warn", 2, 0.002, insists, f"{other} event")
    assert dropped(5, 2, 20, 18) == (0, [conflict], [])
    forced = ("event_id_conflicts", "warn", *some[2:])
    assert dropped(5, 2, 20, 18, mapping={"event_id": "id"}) == (5, [forced], taken)
