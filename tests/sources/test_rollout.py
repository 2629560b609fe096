"""The file of a roll-out: its columns by many names, and a line where one is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources.rollout import open_rollout

if TYPE_CHECKING:
    from pathlib import Path


def rows(folder: Path, text: str, **given: str) -> list[tuple[str, int | None, bool]]:
    path = folder / "rollout.csv"
    path.write_text(text)
    with open_rollout(str(path), Settings(**given)) as source:  # type: ignore[arg-type]
        source.create_rows(source.con, "rollout_rows")
        found = source.con.sql("select user_id, at_us, at_given from rollout_rows order by all")
        return found.fetchall()


def test_a_unit_without_a_time_is_kept(tmp_path: Path) -> None:
    text = "unit,launched_at\neast,2026-03-02\nwest,\n"
    at = 1_772_409_600_000_000
    assert rows(tmp_path, text) == [("east", at, True), ("west", None, False)]
    assert rows(tmp_path, text, tz="Europe/Berlin")[0][1] == at - 3_600_000_000


@pytest.mark.parametrize("names", ["Team,Launch Date", "user_id,rollout_date", "COMPANY,start"])
def test_columns_go_by_many_names(tmp_path: Path, names: str) -> None:
    assert rows(tmp_path, f"{names}\nx,2026-03-02\n")[0][0] == "x"


def test_the_column_of_the_log_names_the_file_s_too(tmp_path: Path) -> None:
    text = "team,region,launched_at\nt1,east,2026-03-02\n"
    assert rows(tmp_path, text)[0][0] == "t1"
    assert rows(tmp_path, text, rollout="x", rollout_by="region")[0][0] == "east"


@pytest.mark.parametrize(
    ("text", "words"),
    [("a,launched_at\n1,2026-03-02\n", "no column for unit"), ("unit,b\n1,2\n", "launched_at")],
)
def test_a_missing_column_is_one_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as raised:
        rows(tmp_path, text)
    assert "\n" not in str(raised.value)
    assert "rename yours to unit and launched_at" in str(raised.value)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        rows(tmp_path, "")
