"""Thresholds, sums and the ledger of rows add up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from factories.effort import effort
from factories.law_logs import (
    Folder,
    file_rows,
    measured,
    options,
    result,
    small_logs,
    write,
)
from factories.strategies import Log, logs
from hypothesis import given, settings
from hypothesis import strategies as st

import resume_gap
from resume_gap.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path


def balance(found: dict[str, Any]) -> None:
    """What must add up in every result."""
    counts, back, rows = found["counts"], found["reorientation"], found["rows"]
    assert counts["sessions"] == counts["streams"] + counts["returns"]
    assert rows["read"] == rows["used"] + sum(rows["dropped"].values())
    assert all(n > 0 for n in rows["dropped"].values())
    assert counts["returns"] == sum(counts["reasons"].values())
    unknown = counts["reasons"]["unknown"]
    assert counts["interruptions"] + unknown == sum(counts["gap_classes"].values())
    assert counts["users_interrupted"] <= min(counts["users"], counts["interruptions"])
    if back["reason"] == "no_productive_events":
        assert back["observed"] is back["censored"] is back["mean"]["estimate"] is None
        return
    assert back["observed"] + back["censored"] == counts["interruptions"]
    assert back["censored"] == back["abandoned"] + back["log_end"]
    assert back["abandoned_by_leaving"] <= back["abandoned"]
    assert back["eligible"] == sum(row["eligible"] for row in back["by_gap_class"])
    if back["eligible"]:
        assert back["reached_mean_seconds"] is None or back["reached_mean_seconds"] >= 0
        share, cap = back["productive_share"], back["cap_seconds"]
        parts = (1 - share) * cap + share * (back["reached_mean_seconds"] or 0)
        assert back["mean"]["estimate"] == pytest.approx(parts, abs=1e-6)
        curve = [y for _, y in back["curve"]]
        assert curve == sorted(curve)
        assert curve[-1] == share


def test_the_simulated_log_adds_up(office_result: dict[str, Any]) -> None:
    balance(office_result)


@pytest.mark.full
def test_a_longer_threshold_never_finds_more_returns(
    office_file: Path, office_result: dict[str, Any]
) -> None:
    rows = office_result["threshold"]["sensitivity"]
    returns = [row["returns"] for row in rows]
    assert [row["seconds"] for row in rows] == sorted({row["seconds"] for row in rows})
    assert returns == sorted(returns, reverse=True)
    for row in rows:
        alone = resume_gap.analyze(office_file, gap=f"{row['seconds']:g}s")
        assert alone.counts.returns == row["returns"]
        assert alone.counts.interruptions == row["interruptions"]


def test_all_returns_counts_every_return(office_file: Path, office_result: dict[str, Any]) -> None:
    found = result(resume_gap.analyze(office_file, all_returns=True))
    balance(found)
    assert found["counts"]["interruptions"] == office_result["counts"]["returns"]
    assert found["counts"]["reasons"] == office_result["counts"]["reasons"]


@pytest.mark.effort
@small_logs
@given(log=logs(max_rows=40))
def test_every_threshold_of_a_random_log(log: Log) -> None:
    with Folder() as folder:
        found = measured([write(folder / "log.parquet", file_rows(log))], **options(log))
    if found is None:
        return
    balance(found)
    returns = [row["returns"] for row in found["threshold"]["sensitivity"]]
    assert returns == sorted(returns, reverse=True)


DIRTY: dict[str, list[str]] = {
    "user_id": ["u1", "u1", "u2", "u3", "", "undefined", "0"],
    "timestamp": [
        *(f"2026-03-02T10:{minute:02}:00.5Z" for minute in (0, 0, 1, 20, 59)),
        "2026-03-03T10:00:00.25Z",
        "2026-03-01T00:00:00Z",
        "1970-01-01T00:00:07Z",
        "2099-01-01T00:00:00Z",
        "",
        "soon",
    ],
    "event": ["edit", "edit", "view", "submit", "idle", "ping", ""],
    "target": ["a", "b", ""],
}


def dirty_options() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"productive": st.just("edit"), "gap": st.sampled_from(["5m", "30m"])},
        optional={
            "away": st.just("idle"),
            "ignore": st.sampled_from(["ping", "p*,view"]),
            "since": st.just("2026-03-02"),
            "until": st.sampled_from(["2026-03-02T23:00", "2026-03-09"]),
            "keep_placeholder_ids": st.just(value=True),
            "all_returns": st.just(value=True),
        },
    )


@pytest.mark.effort
@settings(parent=small_logs, max_examples=effort(3, 20))
@given(
    rows=st.lists(
        st.fixed_dictionaries({k: st.sampled_from(v) for k, v in DIRTY.items()}),
        min_size=5,
        max_size=40,
    ),
    given_options=dirty_options(),
)
def test_every_row_of_a_dirty_log_is_accounted_for(
    rows: list[dict[str, Any]], given_options: dict[str, Any]
) -> None:
    with Folder() as folder:
        file = write(folder / "log.csv", rows)
        try:
            found = result(resume_gap.analyze(file, threads=1, **given_options))
        except DataError as error:
            assert "\n" not in str(error)  # noqa: PT017
            return
    assert found["rows"]["read"] == len(rows)
    balance(found)
