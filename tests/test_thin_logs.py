"""Logs with little in them: a whole report that says so, or one line and nothing written."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from factories.bad_logs import (
    T0,
    check_of,
    csv,
    refused,
    whole,
    working,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_some_times_cannot_be_read(tmp_path: Path) -> None:
    rows = working(n=50)
    rows[::10] = [(user, "soon", event) for user, _, event in rows[::10]]
    found = whole(tmp_path, csv(tmp_path, rows))
    assert found["rows"]["dropped"] == {"unreadable_time": 5}
    rows[::4] = [(user, "soon", event) for user, _, event in rows[::4]]
    (tmp_path / "other").mkdir()
    said = refused(tmp_path / "other", "../" + csv(tmp_path, rows))
    assert "--time" in said


def test_nan_times(tmp_path: Path) -> None:
    rows = working(n=50)
    at = [math.nan if n % 10 == 0 else float(r[1]) for n, r in enumerate(rows)]
    pq.write_table(
        pa.table({"user_id": [r[0] for r in rows], "timestamp": at, "event": [r[2] for r in rows]}),
        tmp_path / "log.parquet",
    )
    found = whole(tmp_path, "log.parquet")
    assert sum(found["rows"]["dropped"].values()) == 5
    assert found["counts"]["events"] == 45


def test_placeholder_ids(tmp_path: Path) -> None:
    file = csv(tmp_path, working("u1") + working("undefined", n=10) + working("0", n=4))
    found = whole(tmp_path, file)
    assert found["rows"]["dropped"] == {"placeholder_user": 14}
    assert check_of(found, "placeholder_user_ids")["count"] == 14
    assert "undefined" in check_of(found, "placeholder_user_ids")["message"]
    assert whole(tmp_path, file, "--keep-placeholder-ids")["counts"]["users"] == 3


def test_some_users_are_missing(tmp_path: Path) -> None:
    found = whole(tmp_path, csv(tmp_path, working("u1") + working("", n=10)))
    assert found["rows"]["dropped"] == {"no_user": 10}
    assert "--user" in refused_after(tmp_path, csv(tmp_path, working("u1", 5) + working("", n=10)))


def refused_after(folder: Path, file: str) -> str:
    """A refusal where a report stands already: the old one stays."""
    before = (folder / "out/summary.json").read_bytes()
    said = refused(folder, file)
    assert (folder / "out/summary.json").read_bytes() == before
    return said


LITTLE: dict[str, list[tuple[Any, ...]]] = {
    "one event": [("u", T0, "edit")],
    "one event each": [(f"u{n}", T0 + n, "edit") for n in range(60)],
    "one user, no return": [("u", T0 + n, "edit") for n in range(60)],
    "one instant": [("u", T0, "edit")] * 40 + [("v", T0, "view")] * 40,
    "one instant, many names": [("u", T0, f"edit{n}") for n in range(70)],
    "one user with returns": working(n=200),
    "nothing productive": [(u, t, "view") for u, t, _ in working(n=200)],
    "two events, a year apart": [("u", T0, "edit"), ("u", T0 + 31_536_000, "edit")],
}


@pytest.mark.parametrize("rows", LITTLE.values(), ids=LITTLE)
@pytest.mark.parametrize("roles", [(), ("--productive", "edit*")], ids=["suggested", "given"])
@pytest.mark.full
def test_little_to_see(tmp_path: Path, rows: list[tuple[Any, ...]], roles: tuple[str, ...]) -> None:
    """A role that means nothing is refused where it is typed."""
    if roles and not any(event.startswith("edit") for _, _, event in rows):
        said = refused(tmp_path, csv(tmp_path, rows), *roles, code=2)
        assert "no event of the log is called so" in said
        return
    found = whole(tmp_path, csv(tmp_path, rows), *roles)
    assert found["rows"]["used"] == len(rows)
    assert found["threshold"]["source"] == "fallback"
    back = found["reorientation"]
    if not found["counts"]["interruptions"]:
        assert back["reason"] in ("no_productive_events", "no_interruptions")
        for name in ("observed_median_seconds", "productive_share", "zero_share", "set_by_cap"):
            assert back[name] is None, name
        assert set(back["mean"].values()) == {None}
    for row in found["threshold"]["sensitivity"]:
        if not row["interruptions"]:
            assert row["reorientation_mean_seconds"] is row["productive_share"] is None


def test_nothing_productive_is_null_and_not_zero(tmp_path: Path) -> None:
    found = whole(tmp_path, csv(tmp_path, LITTLE["nothing productive"]))
    assert found["counts"]["returns"] > 10
    back = found["reorientation"]
    assert back["reason"] == "no_productive_events"
    kept = {
        "reason",
        "eligible",
        "cap_seconds",
        "curve",
        "by_gap_class",
        "mean",
        "productive",
        "target_return_median_seconds",
        "target_returned_share",
    }
    assert {back[name] for name in back.keys() - kept} == {None}
    table = pl.read_parquet(tmp_path / "out/interruptions.parquet")
    assert table["lag_seconds"].null_count() == table.height
    assert table["reorientation_seconds"].null_count() == table.height


def test_only_idle_or_only_ignored(tmp_path: Path) -> None:
    file = csv(tmp_path, [("u", T0 + n, "idle") for n in range(60)])
    assert "--away" in refused(tmp_path, file, "--away", "idle")
    assert "--ignore" in refused(tmp_path, file, "--ignore", "i*")
