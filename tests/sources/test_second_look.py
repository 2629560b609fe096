"""What to paste where rows have no value in an event column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import open_source

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.sources.second_look import SecondLook

ROWS = 40
AT = ["2026-03-02T08:08:03Z"] * ROWS


def look(folder: Path, settings: Settings | None = None, **columns: list[Any]) -> SecondLook:
    plain = {"user_id": ["u"] * ROWS, "timestamp": AT, "event": ["e"] * ROWS}
    path = folder / "log.parquet"
    pl.DataFrame(plain | columns).write_parquet(path)
    return open_source([str(path)], settings or Settings()).look


def some(value: str | None, count: int, rest: str | None = None) -> list[str | None]:
    """The value in the first rows."""
    return [value] * count + [rest] * (ROWS - count)


def test_another_id_is_advised_by_how_many_rows_it_fills(tmp_path: Path) -> None:
    found = look(
        tmp_path,
        user_id=some("u", 10),
        anonymous_id=some("a", ROWS),
        device=some("d", ROWS),
        visitor_id=some("v", 15),
        name=some("n", ROWS),
    )
    assert (
        found.advice("user_id") == "'anonymous_id' has a value in 30 of them: --user anonymous_id"
    )
    assert found.advice("event") == ""


def test_an_id_that_stands_in_for_a_missing_one_must_be_joined(tmp_path: Path) -> None:
    found = look(tmp_path, user_id=some("u", 10), guest_id=some(None, 10, "g"))
    assert found.advice("user_id") == (
        "'guest_id' has a value in 30 of them, but not in the others: join the ids before the"
        " analysis, so that a person has one before and after signing in"
    )


def test_a_device_stands_for_people_who_have_no_other_id(tmp_path: Path) -> None:
    found = look(tmp_path, user_id=some("u", 10), device=some("d", ROWS))
    assert "--user device" in found.advice("user_id")


def test_placeholders_are_no_values(tmp_path: Path) -> None:
    columns = {"user_id": some("null", 10, "u"), "visitor_id": some("anonymous", 10, "v")}
    assert look(tmp_path, **columns).advice("user_id") == ""
    columns["visitor_id"] = some("w", 10, "v")
    advised = "'visitor_id' has a value in 10 of them: --user visitor_id"
    assert look(tmp_path, **columns).advice("user_id") == advised
    kept = look(tmp_path, Settings(keep_placeholder_ids=True), **columns)
    assert kept.advice("user_id") == ""


def test_an_empty_name_of_an_event_may_stand_elsewhere(tmp_path: Path) -> None:
    found = look(tmp_path, event=some("e", 30), event_name=some("n", 35), action=some("a", ROWS))
    assert found.advice("event").endswith(": --event action")
    assert "in 10 of them" in found.advice("event")


@pytest.mark.parametrize(("bad", "refused"), [(8, False), (9, True)])
def test_a_fifth_of_the_times_may_be_unreadable(tmp_path: Path, bad: int, *, refused: bool) -> None:
    times = ["soon"] * bad + AT[bad:]
    if refused:
        with pytest.raises(InputError, match="9 of 40 values"):
            look(tmp_path, timestamp=times).refuse_unread_times()
    else:
        look(tmp_path, timestamp=times).refuse_unread_times()


def test_the_next_choice_of_a_layout_is_advised_before_the_device(tmp_path: Path) -> None:
    found = look(
        tmp_path,
        Settings(source="amplitude", mapping={"timestamp": "timestamp", "event": "event"}),
        user_id=some("u", 30),
        device_id=some("d", ROWS),
        amplitude_id=some("a", ROWS),
    )
    assert found.taken["user_id"] == "user_id"
    assert (
        found.advice("user_id") == "'amplitude_id' has a value in 10 of them: --user amplitude_id"
    )
