"""User ids that are numbers, as programs write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest
from factories.source_files import as_csv

from resume_gap.commands.analyze import run
from resume_gap.pipeline.number_ids import number_checks
from resume_gap.pipeline.queries import Runner
from resume_gap.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.results.common import Check


def found(*ids: str) -> dict[str, Check]:
    with duckdb.connect(config={"threads": 1}) as con:
        con.execute("create table streams (user_id varchar, stream_no integer)")
        con.executemany(
            "insert into streams values (?, ?)", [(one, n + 1) for n, one in enumerate(ids)]
        )
        con.execute("insert into streams values ('9e+99', null), ('ann.0', null)")
        return {one.check: one for one in number_checks(Runner(con))}


def test_one_number_that_is_written_in_two_ways_is_two_users() -> None:
    one = found("1", "1.0", "2.0", "ann")["user_ids_alike"]
    assert (one.severity, one.count) == ("warn", 1)
    assert one.message.startswith("1 user has two ids, with and without .0 at the end")
    two = found("1", "1.0", "ann", "ann.0")["user_ids_alike"]
    assert two.message.startswith("2 users seem to have two ids each, with and without .0")
    assert found("1.0", "2.0", "ann", ".0") == {}


@pytest.mark.parametrize(
    "rounded",
    ["1.23457E+14", "1,23457E+14", "1e+16", "1.152921504606847e+18", "9007199254740992.0"],
)
def test_a_number_that_lost_digits_may_stand_for_several_people(rounded: str) -> None:
    one = found("1", rounded)["rounded_user_ids"]
    assert (one.severity, one.count) == ("warn", 1)
    assert one.message.startswith("1 user id is a rounded number, as spreadsheets")
    assert rounded not in one.message
    two = found(rounded, "2e+15")["rounded_user_ids"]
    assert two.message.startswith("2 user ids are rounded numbers, as spreadsheets")


@pytest.mark.parametrize(
    "kept", ["123457", "9007199254740991.0", "1e5", "a1e+16", "12e+3x", "9007199254740992", "+49"]
)
def test_other_ids_are_as_they_are(kept: str) -> None:
    assert found(kept) == {}


def test_a_run_says_so(tmp_path: Path) -> None:
    rows = [
        {"user_id": "1.23457E+14", "timestamp": f"2026-03-02T08:{n:02}:00Z", "event": "edit"}
        for n in range(40)
    ]
    path = tmp_path / "log.csv"
    path.write_bytes(as_csv(rows))
    analysis = run([str(path)], Settings(), out=None, on_progress=lambda _: None)
    assert "rounded_user_ids" in {one.check for one in analysis.data_quality}
