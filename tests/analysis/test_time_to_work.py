"""What came after the interruptions, from a handful of returns."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

import polars as pl
import pytest

from resume_gap.analysis.time_to_work import counted_returns, reorientation
from resume_gap.results.common import GAP_CLASSES
from resume_gap.results.reorientation import LagEnds, Reorientation
from resume_gap.units import US

CAP = 900 * US
HOUR = 3_600 * US
COLUMNS = {
    "is_interruption": pl.Boolean,
    "eligible": pl.Boolean,
    "reason": pl.String,
    "lag_us": pl.Int64,
    "lag_end": pl.String,
    "abandoned_by_leaving": pl.Boolean,
    "reorientation_us": pl.Int64,
    "gap_us": pl.Int64,
    "detours": pl.Int64,
    "target_return_us": pl.Int64,
}


def back(lag: int | None, gap: int = HOUR, **more: Any) -> dict[str, Any]:
    """An interruption after a stop amid a task; lag in seconds, None: they left before any work."""
    return {
        "is_interruption": True,
        "eligible": True,
        "reason": "mid_task",
        "lag_us": None if lag is None else lag * US,
        "lag_end": "abandoned" if lag is None else "observed",
        "abandoned_by_leaving": lag is None,
        "reorientation_us": CAP if lag is None else min(lag * US, CAP),
        "gap_us": gap,
        "detours": None if lag is None else 0,
        "target_return_us": None if lag is None else (lag + 1) * US,
        **more,
    }


RETURNS = (
    back(0),  # at the end of the first class
    back(30, HOUR + 1, detours=2),
    back(900, 4 * HOUR, target_return_us=None),  # at the cap, which is in time
    back(901, 16 * HOUR),
    back(None, 72 * HOUR + 1),
    back(20, eligible=False),
    back(None, eligible=False, lag_end="log_end", abandoned_by_leaving=False),
    back(7, is_interruption=False, reason="completed"),
    back(None, is_interruption=False, reason="unknown", target_return_us=99 * US),
)
SUMS = {"reorientation_us": [2_000 * US, 730 * US, 0], "eligible": [3, 2, 0]}
"""Of three users: five eligible interruptions; their sum is that of the rows."""


def found(*rows: dict[str, Any], **more: Any) -> Reorientation:
    frame = pl.DataFrame(list(rows), schema=COLUMNS)
    sums = pl.DataFrame({**SUMS, "productive": [2, 1, 0]})
    return reorientation(frame, sums, CAP, **{"has_productive": True, "has_elements": True} | more)


def test_what_is_counted_and_over_what() -> None:
    of = found(*RETURNS)
    assert of.reason is None
    assert of.ends == LagEnds(observed=5, abandoned=1, abandoned_by_leaving=1, log_end=1)
    assert (of.eligible, of.cap_seconds) == (5, 900.0)
    assert of.observed_median_seconds == 30.0  # of 0, 20, 30, 900 and 901
    assert of.mean.estimate == pytest.approx(2_730 / 5)
    assert of.reached_mean_seconds == 930 / 3
    assert of.not_reached_seconds == 2 / 5 * 900
    assert of.set_by_cap is True
    assert (of.productive_share, of.zero_share) == (3 / 5, 1 / 5)
    assert of.productive.estimate == pytest.approx(3 / 5)
    assert of.detours_none_share == 3 / 5  # 0, 900 and 901 s
    assert dict(of.curve)[0] == 1 / 5
    assert dict(of.curve)[30] == 2 / 5
    assert of.curve[-1] == (900.0, 3 / 5)


def test_the_time_to_the_element_is_over_returns_too_where_no_work_is_known() -> None:
    of = found(*RETURNS)
    assert of.target_return_median_seconds == pytest.approx((31 + 99) / 2)  # 1, 31, 99 and 902
    assert of.target_returned_share == 4 / 6
    rows = pl.DataFrame(list(RETURNS), schema=COLUMNS)
    assert counted_returns(rows)["reason"].to_list() == ["mid_task"] * 7 + ["unknown"]


def test_every_gap_has_its_class() -> None:
    """An end belongs to the shorter class; the last has none."""
    assert tuple(map(astuple, found(*RETURNS).by_gap_class)) == (
        ("up_to_1h", 1, 0.0, 1.0),
        ("1h_4h", 2, 465.0, 1.0),
        ("4h_16h", 1, 900.0, 0.0),
        ("16h_72h", 0, None, None),
        ("over_72h", 1, 900.0, 0.0),
    )


@pytest.mark.parametrize(("late", "by_cap"), [(1, False), (2, False), (3, True)])
def test_the_cap_sets_a_mean_of_which_it_is_over_half(
    monkeypatch: pytest.MonkeyPatch, late: int, *, by_cap: bool
) -> None:
    """Of four interruptions some never reach work and the others take 900 s each."""
    monkeypatch.setitem(SUMS, "reorientation_us", [3_600 * US, 0, 0])
    monkeypatch.setitem(SUMS, "eligible", [4, 0, 0])
    rows = [back(None)] * late + [back(900)] * (4 - late)
    assert found(*rows).set_by_cap is by_cap


def test_the_median_is_none_where_most_are_not_observed() -> None:
    assert found(back(10), back(None)).observed_median_seconds == 10.0
    assert found(back(10), back(None), back(None)).observed_median_seconds is None
    at_end = found(back(None))
    assert (at_end.observed_median_seconds, at_end.reached_mean_seconds) == (None, None)


def test_without_work_or_where_the_log_is_blind_counts_stay() -> None:
    nothing = found(*RETURNS, has_productive=False)
    assert (nothing.reason, nothing.ends) == ("no_productive_events", LagEnds())
    assert (nothing.eligible, nothing.observed_median_seconds) == (5, None)
    assert nothing.target_returned_share == 4 / 6
    blind = found(*RETURNS, blind="begins_with_work")
    assert (blind.reason, blind.ends.observed) == ("begins_with_work", 5)
    assert (blind.eligible, blind.observed_median_seconds) == (5, 30.0)
    for of in (nothing, blind):
        assert of.mean.estimate is None
        assert (of.productive_share, of.zero_share, of.set_by_cap) == (None, None, None)
        assert (of.curve, of.by_gap_class) == ((), ())


def test_without_elements_nobody_gets_back_to_one() -> None:
    of = found(*RETURNS, has_elements=False)
    assert (of.target_returned_share, of.detours_none_share) == (None, None)
    assert of.productive_share == 3 / 5


def test_no_interruption_at_all() -> None:
    of = found(back(7, is_interruption=False, reason="completed"))
    assert (of.reason, of.eligible) == ("no_interruptions", 0)
    assert of.ends == LagEnds(observed=0, abandoned=0, abandoned_by_leaving=0, log_end=0)
    assert (of.productive_share, of.zero_share, of.not_reached_seconds) == (None, None, None)
    assert (of.detours_none_share, of.target_returned_share, of.curve) == (None, None, ())
    assert [astuple(row) for row in of.by_gap_class] == [(n, 0, None, None) for n in GAP_CLASSES]
