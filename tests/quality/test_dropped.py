"""The ledger of rows: what is not used has a reason, which is asked for only when it is needed."""

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import duckdb
import pytest

import resume_gap
from resume_gap.errors import DataError, InternalError
from resume_gap.quality.dropped import balance, dropped, dropped_checks
from resume_gap.quality.lost_rows import AtReturns
from resume_gap.results.common import RowLedger

if TYPE_CHECKING:
    from resume_gap.pipeline.intake import Intake
    from resume_gap.pipeline.queries import Runner
    from resume_gap.pipeline.tally import Tally


class Asked:
    """A runner whose query of reasons finds these."""

    def __init__(self, **reasons: int) -> None:
        self.made: list[str] = []
        self._reasons = reasons

    def make(self, query: str) -> None:
        self.made.append(query)

    def table(self, name: str) -> duckdb.DuckDBPyRelation:
        assert name == "dropped"
        rows = ", ".join(f"('{reason}', {n})" for reason, n in self._reasons.items())
        return duckdb.sql(f"select * from (values {rows})")


def reasons(asked: Asked, *, read: int, used: int, ids: int = 0, rows: int = 0) -> dict[str, int]:
    intake = SimpleNamespace(read=read, repeated_ids=ids)
    tally = SimpleNamespace(used=used, repeated=rows)
    return dropped(cast("Runner", asked), cast("Intake", intake), cast("Tally", tally))


def test_nothing_is_asked_where_repetitions_are_all() -> None:
    asked = Asked()
    assert reasons(asked, read=10, used=10) == {}
    found = reasons(asked, read=10, used=7, ids=1, rows=2)
    assert found == {"duplicate_row": 2, "repeated_event_id": 1}
    assert asked.made == []


def test_other_rows_are_asked_for_and_stand_in_order() -> None:
    asked = Asked(no_user=4, bad_time=1)
    found = reasons(asked, read=10, used=3, rows=2)
    assert list(found.items()) == [("bad_time", 1), ("duplicate_row", 2), ("no_user", 4)]
    assert asked.made == ["15_dropped"]


def analyze(path: Path, nobody: int, rows: int = 100, *, header: str = "anonymous_id") -> Any:
    lines = [
        f"{'' if n < nobody else 'u'},a{n},2026-03-02T08:{n // 60:02}:{n % 60:02}.5Z,edit\n"
        for n in range(rows)
    ]
    path.write_text(f"user_id,{header},timestamp,event\n" + "".join(lines))
    return resume_gap.analyze(path)


def test_few_rows_are_no_warning(tmp_path: Path) -> None:
    found = analyze(tmp_path / "a.csv", nobody=2)
    assert found.rows.dropped == {"no_user": 2}
    assert "rows_dropped" not in {check.check for check in found.data_quality}


def test_many_rows_are_a_warning_with_the_column_to_take(tmp_path: Path) -> None:
    found = analyze(tmp_path / "a.csv", nobody=3)
    (check,) = [one for one in found.data_quality if one.check == "rows_dropped"]
    assert (check.severity, check.count, check.share) == ("warn", 3, 0.03)
    assert "3 rows (3.0%) have no user" in check.message
    assert check.action == "'anonymous_id' has a value in 3 of them: --user anonymous_id"


def test_without_such_a_column_the_option_is_named(tmp_path: Path) -> None:
    found = analyze(tmp_path / "a.csv", nobody=3, header="other")
    (check,) = [one for one in found.data_quality if one.check == "rows_dropped"]
    assert check.action == "name a column that has one in them: --user COL"


@pytest.mark.parametrize(
    ("header", "advice"),
    [
        ("anonymous_id", "'anonymous_id' has a value in 60 of them: --user anonymous_id"),
        ("other", "name the right column with --user COL"),
    ],
)
def test_a_log_of_nobody_is_refused(tmp_path: Path, header: str, advice: str) -> None:
    with pytest.raises(DataError) as caught:
        analyze(tmp_path / "a.csv", nobody=60, header=header)
    assert str(caught.value) == f"60 of 100 rows have no user; {advice}"


def test_what_lay_at_returns_is_reported_with_its_figures() -> None:
    nobody = AtReturns(returns=90, hit=40, elsewhere=0.25, late_seconds=None, owned=False)
    lost = {
        "no_event": AtReturns(returns=80, hit=30, elsewhere=0.125, late_seconds=9.5, owned=True),
        "placeholder_user": nobody,
    }
    ledger = RowLedger(
        read=1_000, used=900, dropped={"no_event": 4, "no_user": 20, "placeholder_user": 76}
    )
    checks = dropped_checks(ledger, lost, lambda column: f"name {column}", ("0", "nil"))
    assert [(one.check, one.severity, one.count, one.share) for one in checks] == [
        ("rows_dropped", "warn", 4, 0.004),
        ("placeholder_user_ids", "warn", 76, 0.076),
    ]
    event, user = checks
    assert event.names == ("no_event", "name event")
    assert event.figures == {
        "returns": 80,
        "hit": 30,
        "elsewhere": 0.125,
        "owned": 1,
        "late_seconds": 9.5,
    }
    assert user.names == ("name user_id", "0", "nil")
    assert user.figures == {"returns": 90, "hit": 40, "elsewhere": 0.25, "owned": 0}
    more = RowLedger(read=1_000, used=979, dropped={"no_user": 21})
    (user,) = dropped_checks(more, {}, lambda column: column, ())
    assert (user.names, user.figures) == (("no_user", "user_id"), {})


def test_rows_that_went_missing_or_were_counted_twice_end_the_run() -> None:
    balance(RowLedger(read=10, used=7, dropped={"no_user": 1, "broken_line": 2}))
    for used in (6, 8):
        ledger = RowLedger(read=10, used=used, dropped={"no_user": 3})
        with pytest.raises(InternalError, match=f"read, but {used} used and 3 dropped"):
            balance(ledger)
