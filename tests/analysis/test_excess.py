"""The excess: when it is reported, when it is not and why, and that its parts add up."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pytest
from factories.replays import replays_with, rows_of
from factories.results import full

import resume_gap
from resume_gap.analysis.excess import (
    _curves,
    _excludes_zero,
    at_threshold,
    excess_checks,
    excess_of,
    user_excess,
)
from resume_gap.constants import WARN_OWN_SLOTS
from resume_gap.replay.totals import ThresholdSums
from resume_gap.results.common import Estimate
from resume_gap.stats.excess import CellSums
from resume_gap.stats.excess_range import LOW_BITS, StepSums
from resume_gap.synthetic import PRESETS, simulate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from resume_gap.replay.collected import Replays
    from resume_gap.results.analyze import Excess

US = 1_000_000
TAU = 900
Row = tuple[int, int, int, list[float]]
"""User, cell, seconds until work, seconds of the moments in its slots (at most five)."""


def cells_of(rows: Sequence[Row]) -> list[CellSums]:
    """One entry per row, which adds up to the same; the control and the companion are such."""
    frame = pl.DataFrame(
        [(u, c, 1, y * US, len(slots), round(sum(slots) * US)) for u, c, y, slots in rows],
        schema=dict.fromkeys(("user", "cell", "n", "y_us", "found", "found_us"), pl.Int64),
        orient="row",
    )
    return [CellSums(**{name: frame[name].to_numpy() for name in frame.columns})]


def begun_of(rows: Sequence[Row], seconds: float) -> list[StepSums]:
    """One control of every user and cell with slots, after a gap of a second."""
    pairs = sorted({(user, cell) for user, cell, _, slots in rows if slots})
    one = np.ones(len(pairs), dtype=np.int64)
    us = round(seconds * US)
    return [
        StepSums(
            user=np.array([user for user, _ in pairs], dtype=np.int64),
            cell=np.array([cell for _, cell in pairs], dtype=np.int64),
            many=one,
            us=one * us,
            gap_us=one * US,
            weighted_high=one * US * (us >> LOW_BITS),
            weighted_low=one * US * (us & ((1 << LOW_BITS) - 1)),
        )
    ]


def sums_of(
    rows: Sequence[Row], *, end: float = 0, begun: float = 40, control: Sequence[Row] = ()
) -> ThresholdSums:
    """Sums of one threshold; from the end before, every control takes `end` seconds longer."""
    at_end = [(u, c, y, [s + end for s in slots]) for u, c, y, slots in rows]
    return ThresholdSums(
        cells=cells_of(rows),
        from_end=cells_of(at_end),
        steps=begun_of(rows, begun),
        control=cells_of(control),
        reached=cells_of([row for row in rows if row[2] < TAU]),
    )


def replays_of(
    rows: Sequence[Row],
    *,
    end: float = 0,
    begun: float = 40,
    first_back: Sequence[Row] | None = None,
    control: Sequence[Row] = (),
) -> Replays:
    """A replay that found these slots; the companion finds the same unless given."""
    frame = pl.DataFrame(
        [
            {
                "is_counted": counted,
                "user_no": user,
                "cell": cell,
                "reorientation_us": y * US,
                "is_reached": y < TAU,
                "found": len(slots),
                "found_us": sum(slots) * US,
                "found_end_us": sum(slots) * US,
                "gap_class": "1h_4h" if cell else "up_to_1h",
            }
            for counted in (True, False)
            for user, cell, y, slots in rows
        ],
    )
    slots = [{"cell": cell, "y_us": s * US} for _, cell, _, found in rows for s in found]
    return replays_with(
        frame,
        slots=pl.DataFrame(slots) if slots else None,
        thresholds={1: sums_of(rows, end=end, begun=begun, control=control)},
        first_back=cells_of(rows if first_back is None else first_back),
    )


def measured_excess(replays: Replays, curve: tuple[tuple[float, float], ...] = ()) -> Excess:
    return excess_of(replays, replays.thresholds[1], curve)


def people(*, longer: int, users: int = 30, own: int = 5) -> list[Row]:
    """Everybody waits `longer` seconds more than in the moments, give or take two."""
    return [(u, k, 40 + longer + (u % 5) - 2, [40] * own) for u in range(users) for k in (0, 1)]


def test_the_excess_is_reported_with_its_companion() -> None:
    found = measured_excess(replays_of(people(longer=20)))
    assert found.reason is None
    assert (found.lower, found.upper) == (pytest.approx(20), pytest.approx(20))
    assert found.ci_lower is not None
    assert found.ci_upper is not None
    assert 19 < found.ci_lower < 20 < found.ci_upper < 21
    assert found.word == "longer"
    assert found.from_event == found.first_back
    assert (found.own_slots, found.own_returns) == (1, 1)
    assert found.controls_mean_seconds == pytest.approx(40)
    assert [(row.gap_class, row.eligible) for row in found.by_gap_class] == [
        ("up_to_1h", 30),
        ("1h_4h", 30),
    ]
    assert excess_checks(found) == []


def test_few_users_have_no_interval_and_no_reason() -> None:
    found = measured_excess(replays_of(people(longer=20, users=20)))
    assert (found.reason, found.ci_lower, found.word) == (None, None, None)
    assert found.lower == pytest.approx(20)


def test_without_interruptions_there_is_nothing() -> None:
    rows = rows_of(replays_of(people(longer=20)))
    nobody = replays_with(rows.filter(~pl.col("is_counted")), thresholds={1: ThresholdSums()})
    assert measured_excess(nobody).reason == "no_interruptions"


def test_without_a_single_moment_there_is_nothing() -> None:
    replays = replays_of(people(longer=20, own=0))
    found = measured_excess(replays)
    assert found.reason == "no_controls"
    assert (found.lower, found.from_event.estimate, found.own_slots) == (None, None, 0)
    assert found.controls_mean_seconds is None
    assert found.curve == ()
    sums = user_excess(replays, replays.thresholds[1])
    assert sums["excess_us"].to_list() == [None] * 30
    assert sums["matched"].to_list() == [0] * 30


def test_under_half_of_the_slots_are_too_few_and_both_figures_are_shown() -> None:
    found = measured_excess(replays_of(people(longer=20, own=2)))
    assert (found.reason, found.lower, found.ci_lower) == ("too_few_controls", None, None)
    assert found.from_event.estimate == pytest.approx(20)
    assert found.first_back.estimate == pytest.approx(20)
    assert found.by_gap_class == ()


def test_under_seven_tenths_of_the_slots_are_worth_a_word() -> None:
    found = measured_excess(replays_of(people(longer=20, own=3)))
    assert found.reason is None
    (check,) = excess_checks(found)
    assert (check.check, check.share) == ("few_controls", 0.6)
    assert excess_checks(measured_excess(replays_of(people(longer=20, own=4)))) == []


@pytest.mark.parametrize("longer", [0, -20])
def test_a_companion_that_does_not_agree_is_worth_a_word(longer: int) -> None:
    found = measured_excess(replays_of(people(longer=20), first_back=people(longer=longer)))
    assert (found.reason, found.word) == (None, "longer")
    assert found.first_back.estimate == pytest.approx(longer)
    assert [check.check for check in excess_checks(found)] == ["companion_differs"]


@pytest.mark.parametrize(("longer", "said"), [(-1, ["longer_by_give_ups"]), (20, [])])
def test_returns_without_work_that_alone_take_longer_are_worth_a_word(
    longer: int, said: list[str]
) -> None:
    """Of 40 users eight give up at every return, which counts 900 s; the others take `longer`."""
    everybody = people(longer=longer, users=40)
    rows = [(u, k, TAU if u % 5 == 0 else y, s) for u, k, y, s in everybody]
    found = measured_excess(replays_of(rows))
    assert (found.reason, found.word) == (None, "longer" if longer > 0 else "depends_on_matching")
    # The others wait 40 s and -1, 0, 1 or 2 s; the step begun anew takes 40 s.
    assert found.reached.estimate == pytest.approx(longer + 0.5)
    assert found.without_work == (16, 80)
    least = found.step_anew if longer > 0 else found.reached
    assert (found.lower, found.ci_lower) == (least.estimate, least.ci_lower)
    assert at_threshold(replays_of(rows).thresholds[1]).lower == found.lower  # type: ignore[union-attr]
    checks = excess_checks(found)
    assert [check.check for check in checks] == said
    for check in checks:
        assert (check.count, check.share) == (16, 0.2)


def test_where_nobody_reaches_work_nothing_is_said_of_those_who_do() -> None:
    rows = [(user, cell, TAU, slots) for user, cell, _, slots in people(longer=0)]
    found = measured_excess(replays_of(rows))
    assert (found.word, found.reached) == ("longer", Estimate())
    assert excess_checks(found) == []


def test_three_comparisons_make_the_range() -> None:
    found = measured_excess(replays_of(people(longer=20), end=5, begun=52))
    assert found.from_event.estimate == pytest.approx(20)
    assert found.from_end.estimate == pytest.approx(15)
    assert found.step_anew.estimate == pytest.approx(8)
    assert (found.lower, found.upper) == (pytest.approx(8), pytest.approx(20))
    assert (found.ci_lower, found.ci_upper) == (found.step_anew.ci_lower, found.from_event.ci_upper)
    assert found.word == "longer"


def test_longer_is_only_what_all_three_say() -> None:
    assert measured_excess(replays_of(people(longer=20), begun=60)).word == "depends_on_matching"
    assert measured_excess(replays_of(people(longer=20), end=20)).word == "depends_on_matching"
    assert measured_excess(replays_of(people(longer=0), end=-20, begun=20)).word == "includes_zero"
    assert measured_excess(replays_of(people(longer=-20))).word == "includes_zero"


def test_a_companion_on_the_same_side_agrees_whatever_its_size() -> None:
    assert (
        measured_excess(replays_of(people(longer=20), first_back=people(longer=300))).reason is None
    )


def test_an_excess_of_nothing_needs_no_companion() -> None:
    assert (
        measured_excess(replays_of(people(longer=0), first_back=people(longer=20))).reason is None
    )


@pytest.mark.parametrize("early", [10, -11])
def test_early_controls_at_half_the_excess_undo_it(early: int) -> None:
    found = measured_excess(replays_of(people(longer=20), control=people(longer=early)))
    assert (found.reason, found.lower) == ("early_controls_differ", None)
    assert found.control.estimate == pytest.approx(early)


def test_early_controls_below_half_the_excess_are_worth_a_word() -> None:
    found = measured_excess(replays_of(people(longer=20), control=people(longer=9)))
    assert found.reason is None
    (check,) = excess_checks(found, finest_seconds=2.0)
    assert check.check == "early_controls"
    assert check.figures == {"seconds": pytest.approx(9), "finest_seconds": 2.0}
    quiet = measured_excess(replays_of(people(longer=20), control=people(longer=0)))
    assert excess_checks(quiet) == []


def test_early_controls_whose_difference_may_be_chance_undo_nothing() -> None:
    apart = [(user, 0, 55 + 300 * (user % 2), [205]) for user in range(30)]
    found = measured_excess(replays_of(people(longer=20), control=[*apart, (30, 0, 900, [205])]))
    assert found.control.estimate is not None
    assert found.control.estimate > 10
    assert found.reason is None
    assert excess_checks(found) == []


def test_too_few_controls_come_before_the_other_reasons() -> None:
    few = replays_of(
        people(longer=20, own=2), first_back=people(longer=-20), control=people(longer=90)
    )
    assert measured_excess(few).reason == "too_few_controls"
    both = replays_of(people(longer=20), first_back=people(longer=-20), control=people(longer=90))
    assert measured_excess(both).reason == "early_controls_differ"


def test_other_thresholds_show_what_a_run_with_them_would() -> None:
    found = at_threshold(sums_of(people(longer=7), end=3))
    assert found is not None
    assert (found.lower, found.upper) == (pytest.approx(4), pytest.approx(7))
    assert at_threshold(sums_of(people(longer=7, own=2))) is None
    assert at_threshold(sums_of(people(longer=7), control=people(longer=9))) is None


UNEVEN: list[Row] = [
    (3, 0, 900, [10, 20]),
    (3, 0, 0, []),
    (3, 1, 60, [5, 5, 5, 5, 100]),
    (5, 1, 33, [900]),
    (7, 2, 12, []),
]
"""A cell with some empty slots, one with many, and one without a single moment."""


def test_the_users_sums_are_those_of_the_estimate() -> None:
    replays = replays_of(UNEVEN)
    sums = user_excess(replays, replays.thresholds[1])
    assert sums["user_no"].to_list() == [3, 5, 7]
    assert sums["matched"].to_list() == [2, 1, 0]
    estimate = measured_excess(replays).from_event.estimate
    assert estimate is not None
    assert sums["excess_us"].sum() / US / len(UNEVEN) == pytest.approx(estimate)
    everywhere = 1050 / 8  # the mean of all found slots fills the cell that has none
    assert sums["excess_us"].to_list()[2] == pytest.approx((12 - everywhere) * US)


def area(curve: Sequence[tuple[float, float, float]]) -> float:
    """Between the two curves, each step at the height of its beginning."""
    return sum((moments - mine) * (t - at) for (at, mine, moments), (t, _, _) in pairwise(curve))


def test_the_area_between_the_curves_is_the_excess() -> None:
    """Mean time until work is the area above a curve."""
    waits = [y for _, _, y, _ in UNEVEN]
    curve = tuple((float(t), sum(y <= t for y in waits) / len(waits)) for t in range(TAU + 1))
    found = measured_excess(replays_of(UNEVEN), curve)
    assert [point[:2] for point in found.curve] == list(curve)
    assert area(found.curve) == pytest.approx(found.from_event.estimate)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a simulated fortnight of forty people."""
    folder = tmp_path_factory.mktemp("office")
    world = replace(PRESETS["workday"], users=40, weeks=2)
    simulate(world, seed=2).log.write_parquet(folder / "office.parquet")
    resume_gap.analyze(folder / "office.parquet", out=folder / "report", gap="15m")
    return folder / "report"


def test_the_published_sums_of_users_are_those_of_the_estimate(office: Path) -> None:
    summary: dict[str, Any] = json.loads((office / "summary.json").read_bytes())
    users = pl.read_parquet(office / "users.parquet")
    stop = summary["excess"]["from_event"]["estimate"]
    assert summary["reorientation"]["eligible"] > 100
    assert users["excess_sum_seconds"].null_count() == 0
    assert users["excess_sum_seconds"].sum() / users["eligible"].sum() == pytest.approx(stop)
    assert users.filter(pl.col("eligible") == 0)["excess_sum_seconds"].eq(0).all()
    matched = users["matched"].sum() / users["eligible"].sum()
    assert matched == pytest.approx(summary["excess"]["own_returns"])


def test_the_published_curves_lie_as_far_apart_as_the_excess_says(office: Path) -> None:
    excess = json.loads((office / "summary.json").read_bytes())["excess"]
    trapezes = sum(
        ((b[2] - b[1]) + (a[2] - a[1])) / 2 * (b[0] - a[0]) for a, b in pairwise(excess["curve"])
    )
    assert excess["from_event"]["estimate"] > 5
    assert trapezes == pytest.approx(excess["from_event"]["estimate"], rel=0.1)


@pytest.mark.parametrize(
    ("lower", "upper", "side"),
    [
        (1e-9, 5.0, 1),
        (0.5, 0.9, 1),
        (-5.0, -1e-9, -1),
        (-0.9, -0.5, -1),
        (0.0, 5.0, 0),
        (-5.0, 0.0, 0),
        (-0.5, 0.5, 0),
        (None, None, 0),
    ],
)
def test_an_interval_lies_above_0_or_below_or_around_it(
    lower: float | None, upper: float | None, side: int
) -> None:
    assert _excludes_zero(Estimate(estimate=0.1, ci_lower=lower, ci_upper=upper)) == side


def test_slots_at_the_cap_did_not_get_there_in_time() -> None:
    one = np.array([1])
    sums = CellSums(user=one, cell=one, n=one, y_us=one, found=4 * one, found_us=one)
    slots = pl.DataFrame({"cell": [1] * 4, "y_us": [0, US, 2 * US, 2 * US]})
    curve = ((0.0, 0.1), (1.0, 0.2), (2.0, 0.3))
    assert _curves(sums, slots, curve) == ((0.0, 0.1, 0.25), (1.0, 0.2, 0.5), (2.0, 0.3, 0.5))
    longer = _curves(sums, slots, (*curve, (3.0, 0.4)))
    assert [share for *_, share in longer] == [0.25, 0.5, 1.0, 1.0]


def test_few_controls_and_comparisons_that_disagree_are_said() -> None:
    found = full().excess
    assert found.reason is None

    def said(**parts: Any) -> list[tuple[str, int, float | None]]:
        one = replace(found, **parts)
        return [(check.check, check.count, check.share) for check in excess_checks(one)]

    least = WARN_OWN_SLOTS.value
    above = Estimate(estimate=3.0, ci_lower=1.0, ci_upper=5.0)
    around = Estimate(estimate=3.0, ci_lower=-1.0, ci_upper=5.0)
    below = Estimate(estimate=-3.0, ci_lower=-5.0, ci_upper=-1.0)
    calm = {"own_slots": least, "from_event": above, "first_back": above, "control": around}
    assert said(**calm) == []
    assert said(**calm | {"own_slots": None}) == []
    assert said(**calm | {"own_slots": 0.444}) == [("few_controls", 44, 0.444)]
    for first_back in (around, below):
        assert said(**calm | {"first_back": first_back}) == [("companion_differs", 1, None)]
    for first_back in (Estimate(), Estimate(estimate=3.0)):
        assert said(**calm | {"first_back": first_back}) == [("companion_unknown", 1, None)]
    assert said(**calm | {"from_event": around, "first_back": below}) == []
    assert said(**calm | {"from_event": below, "first_back": below}) == []
    for control in (above, below):
        assert said(**calm | {"control": control}) == [("early_controls", 1, None)]
    assert said(**calm | {"reason": "no_elements", "own_slots": 0.1}) == []


def test_a_thinned_log_has_no_extra_time_whatever_else_it_lacks() -> None:
    for replays in (replays_of(people(longer=20)), replays_of(people(longer=20, own=0))):
        found = excess_of(replays, replays.thresholds[1], (), thinned=True)
        assert (found.reason, found.word, found.lower) == ("log_is_thinned", None, None)
        assert excess_checks(found) == []
