"""Names put in order a few bytes at a time, against Python's sort of their bytes."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import resume_gap
from resume_gap.pipeline import own_names, reduction
from resume_gap.pipeline.own_names import OwnNames, are_own, pays

if TYPE_CHECKING:
    from collections.abc import Sequence

NONE = 99
SHARED = ["", "e", "/list?id=", "a\x00\x00\x00\x00\x00\x00\x00", "\U0010ffff", "é" * 9]
TAILS = st.text(st.sampled_from("ab\x00é"), max_size=3) | st.sampled_from(["aaaaaaa", "a" * 15])
NAMES = st.lists(
    st.builds(lambda head, tail: head + tail, st.sampled_from(SHARED[1:]), TAILS), max_size=9
)
fixtures_stay = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def numbered(names: Sequence[str], cuts: Sequence[int], spill: Path | None = None) -> OwnNames:
    """The names of a log that comes in several batches."""
    own = OwnNames(NONE, spill)
    bounds = sorted({0, len(names), *(cut for cut in cuts if cut < len(names))})
    for first, upto in pairwise(bounds):
        whole = pa.array(["before", *names], pa.string())
        assert own.add(whole[1 + first : 1 + upto]) == first
    own.number()
    return own


def labels_of(own: OwnNames, names: Sequence[str]) -> list[int]:
    label: list[int] = (own.labeled(np.arange(len(names))) & 0xFFFFFFFF).tolist()
    return label


def expected_of(names: Sequence[str]) -> dict[str, int]:
    rising = sorted({name.encode() for name in names if name})
    return {name.decode(): number for number, name in enumerate(rising, start=1)} | {"": NONE}


@pytest.mark.usefixtures("loops")
@given(
    st.sampled_from(SHARED),
    NAMES,
    st.lists(st.integers(0, 8), max_size=4),
    st.lists(st.integers(1, 8), max_size=2),
)
@fixtures_stay
def test_labels_are_in_order_of_the_bytes_of_names(
    shared: str, names: list[str], gone: list[int], cuts: list[int]
) -> None:
    names = [shared + name for name in names] or [shared]
    names = ["" if place in gone else name for place, name in enumerate(names)]
    own = numbered(names, cuts)
    known = expected_of(names)
    assert labels_of(own, names) == [known[name] for name in names]
    table = own.table().to_pylist()
    assert sorted((row["label_no"], row["target"]) for row in table) == sorted(
        (known[name], name) for name in set(names)
    )


def test_kinds_stay_and_names_wait_on_disk(tmp_path: Path) -> None:
    names = [f"element {number * 7 % 100}" for number in range(100)]
    own = numbered(names, [30, 31], tmp_path)
    known = expected_of(names)
    content = np.array([5, 99, 0]) + (np.array([3, 1, 2]) << 32)
    expected = [known[names[row]] + (kind << 32) for row, kind in ((5, 3), (99, 1), (0, 2))]
    assert own.labeled(content).tolist() == expected
    assert list(tmp_path.rglob("names-*.arrow"))
    assert own.table().column("target").to_pylist() == names


def test_what_names_share_shrinks_batch_by_batch() -> None:
    names = ["/page/12", "/page/1", "/page/30", "/pages", "other", "/page/2"]
    assert labels_of(numbered(names, [3, 4]), names) == [2, 1, 4, 5, 6, 3]


def test_a_log_of_which_nothing_is_in_range_has_no_names() -> None:
    assert labels_of(numbered([], []), []) == []


def test_it_pays_for_large_logs_that_fit_into_memory() -> None:
    memory = 4 << 30
    assert [pays(rows, memory) for rows in (499_999, 500_000, 20_000_000, 20_000_001)] == [
        *(False, True, True, False)
    ]
    assert pays(1_000_000, 160_000_000)
    assert not pays(1_000_001, 160_000_000)


def test_nine_names_for_ten_rows_say_that_rows_have_their_own() -> None:
    assert are_own(10, 9)
    assert not are_own(100, 89)


def written(out: Path) -> dict[str, Any]:
    summary: dict[str, Any] = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    del summary["generated_from"]
    return summary


@pytest.mark.parametrize("again", [0, 0.05])
def test_a_log_whose_events_have_elements_of_their_own_is_read_as_by_the_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, again: float
) -> None:
    """Many rows share a second, so that the order of names shows; some have none, some repeat."""
    log = pl.read_parquet(Path(__file__).parents[2] / "sample_events" / "workday.parquet")
    number = pl.int_range(pl.len()) * 7919 % log.height
    number = pl.when(number < again * log.height).then(number // 2).otherwise(number)
    name = pl.when(number % 50 > 0).then("document " + number.cast(pl.String))
    log = log.select("user_id", pl.col("timestamp").dt.truncate("1s"), "event", target=name)
    log.write_parquet(tmp_path / "log.parquet")
    found = []
    numbered_here: list[int] = []
    number_names = OwnNames.number
    monkeypatch.setattr(
        OwnNames, "number", lambda own: (numbered_here.append(1), number_names(own))
    )
    for least in (own_names._LEAST, 0):
        monkeypatch.setattr(own_names, "_LEAST", least)
        monkeypatch.setattr(reduction, "ORDERED_FROM", least)
        out = tmp_path / str(least)
        resume_gap.analyze(tmp_path / "log.parquet", out=out)
        tables = [(out / f"{name}.parquet").read_bytes() for name in ("interruptions", "users")]
        found.append((written(out), tables))
        assert len(numbered_here) == len(found) - 1
    assert found[0] == found[1]


@pytest.mark.parametrize("repeats", [False, True])
def test_the_database_reads_what_was_put_in_order_here_and_orders_what_was_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, repeats: bool
) -> None:
    """A trial asks for the events again; ids that come again are looked at before the pass."""
    samples = Path(__file__).parents[2] / "sample_events"
    log = pl.read_parquet(samples / "marker_trial.parquet")
    target = "document " + pl.int_range(pl.len()).cast(pl.String)
    target = pl.when(pl.int_range(pl.len()) % 20 > 0).then(target)
    log = log.select("user_id", "timestamp", "event", target=target)
    log = log.with_columns(event_id=pl.int_range(pl.len()).cast(pl.String))
    if repeats:
        log = pl.concat([log, log[::90]])
    log.write_parquet(tmp_path / "log.parquet")
    found = []
    for least in (own_names._LEAST, 0):
        monkeypatch.setattr(own_names, "_LEAST", least)
        monkeypatch.setattr(reduction, "ORDERED_FROM", least)
        out = tmp_path / str(least)
        resume_gap.evaluate(
            tmp_path / "log.parquet",
            marker="shown=marker_shown",
            assignments=samples / "marker_trial_assignments.csv",
            out=out,
        )
        found.append(written(out))
    assert found[0] == found[1]
