"""The sample launches with one assumption broken: what withholds or refuses the result."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from benchmarks import broken_launches as broken
from resume_gap.errors import DataError
from resume_gap.results.common import plain

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.results.compare import Compared

pytestmark = pytest.mark.usefixtures("undrawn")


def failed(found: Compared) -> set[str]:
    return {one.name for one in found.comparison.trust.checks if one.status == "failed"}


def no_figure(found: Compared) -> None:
    content = plain(found.comparison)
    for one in (content["primary"], *content["horizons"]):
        assert not any(isinstance(value, float) for value in one.values())
    assert not content["periods"]
    assert not (content["second"] or {}).get("estimate")


@pytest.mark.parametrize(
    ("change", "options", "names"),
    [
        (broken.renamed_event, {"productive": ["*edit*", "submit"]}, {"changed_events"}),
        *(
            pytest.param(change, options, names, marks=pytest.mark.full)
            for change, options, names in (
                (broken.slower_pages, {}, {"control_jump"}),
                (broken.sampled_event, {}, {"control_jump", "changed_events"}),
                (broken.other_people, {}, {"user_mix"}),
                (broken.longer_gaps, {}, {"gap_mix"}),
                (broken.nothing, {"launch": "2025-07-07"}, {"early_markers"}),
            )
        ),
    ],
)
def test_what_else_changed_withholds_the_result(
    change: broken.Break, options: dict[str, Any], names: set[str], tmp_path: Path
) -> None:
    found = broken.one_date(change, tmp_path, **options)
    assert failed(found) == names
    assert found.comparison.verdict.word == "withheld"
    no_figure(found)


@pytest.mark.full
@pytest.mark.parametrize(
    ("change", "reason"),
    [(broken.short_history, "short_history"), (broken.nine_days, "no_days_after")],
)
def test_too_little_shows_no_figure_at_any_horizon(
    change: broken.Break, reason: str, tmp_path: Path
) -> None:
    found = broken.one_date(change, tmp_path)
    assert (found.comparison.verdict.word, found.comparison.verdict.reason) == (
        "not_enough_data",
        reason,
    )
    no_figure(found)


@pytest.mark.full
def test_dates_in_the_wrong_rows_withhold_the_result(tmp_path: Path) -> None:
    found = broken.rolled_out(broken.swapped_dates, tmp_path)
    assert "early_markers" in failed(found)
    no_figure(found)


@pytest.mark.full
def test_units_slow_right_before_their_launch_withhold_the_result(tmp_path: Path) -> None:
    found = broken.rolled_out(broken.slow_before, tmp_path)
    assert failed(found) == {"weeks_before"}
    no_figure(found)


@pytest.mark.full
@pytest.mark.parametrize(
    ("change", "options", "reason"),
    [
        (broken.never_dropped, {}, "all_launched"),
        (broken.nine_units, {}, "few_units"),
        (broken.nothing, {"since": "2025-04-14"}, "short_history"),
    ],
)
def test_a_roll_out_without_a_p_has_no_word(
    change: broken.Break, options: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    found = broken.rolled_out(change, tmp_path, **options).comparison
    assert (found.verdict.word, found.verdict.reason) == ("not_enough_data", reason)
    assert found.primary.p is None


@pytest.mark.parametrize(
    ("change", "options", "words"),
    [
        (broken.same_day, {}, "every unit got the marker on the same day"),
        (broken.other_units, {}, "none of its units is in the log"),
        (broken.nothing, {"rollout_by": None}, "--rollout-by COL names"),
    ],
)
def test_units_that_do_not_fit_are_refused(
    change: broken.Break, options: dict[str, Any], words: str, tmp_path: Path
) -> None:
    with pytest.raises(DataError, match=words):
        broken.rolled_out(change, tmp_path, **options)


def planted(name: str, cap: float, until: date | None) -> float:
    """The true change of the returns with a marker, counted up to a cap; until a day."""
    rows = pl.read_parquet(broken.SAMPLES / f"{name}_truth" / "interruptions.parquet").filter(
        (pl.col("gap_seconds") > 1_800) & pl.col("eligible") & (pl.col("arm") == "treatment")
    )
    if until is not None:
        rows = rows.filter(pl.col("return_at").dt.date() < until)
    without, with_ = (
        pl.when(f"gave_up_{arm}")
        .then(cap)
        .otherwise(pl.min_horizontal(f"lag_{arm}_seconds", pl.lit(cap)))
        for arm in ("without", "with")
    )
    return float(rows.select((with_ - without).mean()).item())


@pytest.mark.full
@pytest.mark.parametrize(
    ("run", "name", "until"),
    [(broken.one_date, "launch", date(2025, 7, 7)), (broken.rolled_out, "rollout", None)],
)
def test_the_intervals_of_the_samples_hold_what_was_planted(
    run: Any, name: str, until: date | None, tmp_path: Path
) -> None:
    found = run(broken.nothing, tmp_path).comparison
    truth = planted(name, found.cap_seconds, until)
    assert truth < -10
    assert found.verdict.word == "better"
    assert found.primary.ci_lower < truth < found.primary.ci_upper < 0
