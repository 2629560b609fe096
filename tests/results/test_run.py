"""The figures of a run that are made of others."""

from __future__ import annotations

from dataclasses import replace

from factories.results import full


def test_stops_of_one_kind() -> None:
    counts = replace(full().counts, returns=10, reasons={"completed": 9, "idle": 1})
    assert counts.is_mostly("completed")
    assert not counts.is_mostly("idle")
    assert counts.share_of("idle") == 0.1
    assert counts.share_of("unknown") == 0
    assert replace(counts, returns=0, reasons={}).share_of("idle") == 0


def test_rows_from_half_to_double_the_threshold() -> None:
    found = full().threshold
    row = found.sensitivity[0]
    rows = tuple(replace(row, seconds=s) for s in (449.0, 450.0, 900.0, 1800.0, 1801.0))
    some = replace(found, seconds=900.0, sensitivity=rows)
    assert [r.seconds for r in some.half_to_double] == [450, 900, 1800]
    odd = replace(some, seconds=0.000_003, sensitivity=(replace(row, seconds=0.000_001),))
    assert len(odd.half_to_double) == 1, "half of an odd number of microseconds is cut"


def test_dropped_rows_are_those_that_were_not_used() -> None:
    rows = replace(full().rows, read=10, used=7, dropped={"bad_time": 2, "no_user": 1})
    assert rows.all_dropped == rows.read - rows.used == 3
