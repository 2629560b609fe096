"""No difference to the slow plain-Python reference on random logs."""

import pytest
from factories.effort import random_logs
from factories.measured import run
from factories.strategies import Log, logs
from hypothesis import HealthCheck, event, given, seed, settings
from oracles import log as oracle

from resume_gap.errors import DataError

EXAMPLES = random_logs(short=8, full=120)
PARTS = 8  # seeds of their own, so that workers share them

RENAMED = {
    "stop_at_us": "stop_us",
    "return_at_us": "return_us",
    "first_productive_at_us": "first_productive_us",
    "next_stop_at_us": "next_stop_us",
}
COUNTS = ("users", "sessions", "returns", "interruptions", "not_returned")


def compare(log: Log) -> None:
    expected = oracle.measure(log.rows, log.roles, log.threshold_us, log.until_us)
    event(f"returns: {min(len(expected.returns), 3)}")
    try:
        found = run(log.rows, log.columns, log.roles, log.threshold_us, log.until_us)
    except DataError:
        assert expected.counts["streams"] == 0
        return
    assert len(found.returns) == len(expected.returns)
    for mine, theirs in zip(found.returns, expected.returns, strict=True):
        if not any(row.get("target") for row in log.rows):
            theirs["detours"] = None  # elements that nobody logged cannot be counted
        for name, value in theirs.items():
            assert mine[RENAMED.get(name, name)] == value, (name, mine, theirs)
    for row in found.sums.iter_rows(named=True):
        theirs = expected.users[row["user_id"]]
        assert row["returns"] == theirs["returns"]
        assert row["stops"] == theirs["stops"]
        assert row["interruptions"] == theirs["interruptions"]
        names = ["eligible", "productive", "zero"]
        if any(row["event"] in log.roles.productive for row in log.rows):
            names += ["followed_7d", "returned_7d"]  # else the tool follows all stops
        for name in names:
            assert row[name] == theirs[name], name
        assert row["reorientation_us"] == theirs["reorientation_sum_us"]
    assert found.sums.height == expected.counts["users"]
    assert found.sums["not_returned"].sum() == expected.counts["not_returned"]
    streams = found.sums["streams"].sum()
    assert streams == expected.counts["streams"]
    assert streams + len(found.returns) == expected.counts["sessions"]
    (total,) = found.found.totals
    assert (total.returns, total.interruptions, total.eligible, total.productive) == tuple(
        found.sums[name].sum() for name in ("returns", "interruptions", "eligible", "productive")
    )
    assert total.users_interrupted == (found.sums["interruptions"] > 0).sum()


@pytest.mark.effort
@pytest.mark.parametrize("part", range(PARTS))
def test_every_figure_equals_the_reference(part: int) -> None:
    @seed(part)
    @settings(
        max_examples=EXAMPLES // PARTS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(log=logs())
    def check(log: Log) -> None:
        compare(log)

    check()
