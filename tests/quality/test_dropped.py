"""The ledger of rows: what is not used has a reason, which is asked for only when it is needed."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import duckdb

from resume_gap.quality.dropped import dropped

if TYPE_CHECKING:
    from resume_gap.pipeline.intake import Intake
    from resume_gap.pipeline.queries import Runner
    from resume_gap.pipeline.reduction import Tally


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
