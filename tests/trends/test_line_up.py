"""Runs in the order of their logs, each figure with its change, and what makes runs differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from factories.summaries import SEAL, estimate, launch, summary

from resume_gap.trends.line_up import line_up
from resume_gap.trends.reports import read_report

if TYPE_CHECKING:
    from resume_gap.results.history import History


def of(*contents: dict[str, Any], seals: tuple[str | None, ...] = ()) -> History:
    """The history of reports in the folders r0, r1, ..."""
    given = (*seals, *[None] * len(contents))
    reports = [read_report(f"r{n}", one, given[n]) for n, one in enumerate(contents)]
    return line_up(reports, tool_version="0")


def back(mean: float, half: float) -> dict[str, Any]:
    return {"mean": estimate(mean, half), "productive": estimate(0.9, 0.02)}


def test_runs_stand_in_the_order_of_their_logs() -> None:
    found = of(summary(15), summary(1), summary(8))
    assert [run.folder for run in found.runs] == ["r1", "r2", "r0"]
    assert of(summary(8), summary(15), summary(1)).trends[0].points[0].first_at == (
        "2025-03-01T08:00:00Z"
    )


def used(content: dict[str, Any], first: int, last: int) -> dict[str, Any]:
    """The report of a run that used these days of March."""
    days = {"first_at": f"2025-03-{first:02}T08:00:00Z", "last_at": f"2025-03-{last:02}T17:00:00Z"}
    return {**content, "counts": {**content["counts"], **days}}


def test_runs_stand_in_the_order_of_what_they_used_whatever_their_files_hold() -> None:
    found = of(used(summary(1), 4, 5), used(summary(1), 1, 3), used(summary(1), 6, 9))
    assert [run.folder for run in found.runs] == ["r1", "r0", "r2"]
    assert found.runs[0].last_at == "2025-03-03T17:00:00Z"


def test_one_file_in_parts_that_do_not_overlap_is_measured_anew() -> None:
    assert cautions(used(summary(1), 1, 3), used(summary(1), 4, 5)) == {}
    assert cautions(used(summary(1), 1, 3), used(summary(1), 3, 5)) == {"same_log": ("r1",)}


def within(content: dict[str, Any], first: str, last: str) -> dict[str, Any]:
    """The report of a run that used what lies between these times of one day."""
    ends = {"first_at": f"2025-03-01T{first}Z", "last_at": f"2025-03-01T{last}Z"}
    return {**content, "counts": {**content["counts"], **ends}}


def test_times_are_compared_as_times_with_parts_of_a_second_or_without() -> None:
    early = within(summary(1), "08:00:00", "09:00:00.500000")
    late = within(summary(8), "09:00:00", "10:00:00")
    assert cautions(early, late) == {"logs_overlap": ("r1",)}
    early = within(summary(1), "08:00:00", "09:00:00")
    late = within(summary(8), "09:00:00.500000", "10:00:00")
    assert cautions(early, late) == {}
    found = of(within(summary(8), "08:00:00", "10:00:00.500000"), early | late)
    assert [run.folder for run in found.runs] == ["r1", "r0"]


def test_what_was_used_of_several_files_is_from_the_first_to_the_last_time() -> None:
    content = summary(1)
    (one,) = content["generated_from"]["inputs"]
    other = {**one, "first_at": "2025-03-01T08:00:00.5Z", "last_at": "2025-03-05T17:00:00.5Z"}
    content["generated_from"]["inputs"] = [other, one, other]
    (run,) = of(content).runs
    assert (run.first_at, run.last_at) == ("2025-03-01T08:00:00Z", "2025-03-05T17:00:00.5Z")


def test_changes_are_from_the_run_before_and_over_all() -> None:
    found = of(
        summary(1, reorientation=back(60.0, 3.0)),
        summary(8, reorientation=back(50.0, 4.0)),
        summary(15, reorientation=back(52.0, 0.0)),
    )
    (trend,) = [one for one in found.trends if one.name == "reorientation_mean"]
    assert [one.change.estimate for one in trend.points] == [None, -10.0, 2.0]
    assert (trend.points[1].change.ci_lower, trend.points[1].change.ci_upper) == (-15.0, -5.0)
    assert trend.overall.estimate == -8.0


def test_a_figure_that_only_some_runs_have_is_compared_among_these() -> None:
    found = of(summary(1), launch(8), summary(15))
    names = {one.name: [point.folder for point in one.points] for one in found.trends}
    assert names["hit"] == ["r0", "r2"]
    assert names["trial_effect"] == ["r1"]
    assert "launch_effect" not in names


def test_runs_that_do_not_know_a_figure_are_no_points_of_it() -> None:
    void = {"reason": "early_controls_differ", "from_event": estimate(-144.0, 11.0)}
    found = of(summary(1), summary(8, excess=void), summary(15, excess=void), launch(22))
    (trend,) = [one for one in found.trends if one.name == "extra_time"]
    assert [point.folder for point in trend.points] == ["r0"]
    (unknown,) = trend.unknown
    assert (unknown.reason, unknown.folders) == ("early_controls_differ", ("r1", "r2"))
    assert trend.overall.estimate is None


def test_a_figure_that_no_run_knows_stands_with_its_reasons() -> None:
    names = ("no_controls", "too_few_controls")
    reasons = [{"reason": name, "from_event": estimate(None)} for name in names]
    found = of(summary(8, excess=reasons[1]), summary(1, excess=reasons[0]))
    (trend,) = [one for one in found.trends if one.name == "extra_time"]
    assert trend.points == ()
    assert [(one.reason, one.folders) for one in trend.unknown] == [
        ("no_controls", ("r1",)),
        ("too_few_controls", ("r0",)),
    ]


def test_differences_are_as_fine_as_the_coarser_stamps_allow() -> None:
    found = of(summary(1), summary(8, resolution={"seconds": 1.0}), summary(15))
    assert found.trends[0].finest_seconds == 2.0


def test_one_run_has_no_change() -> None:
    found = of(summary())
    assert found.trends[0].overall.estimate is None
    assert found.cautions == ()


def cautions(*contents: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {one.check: one.folders for one in of(*contents).cautions}


def settings(day: int, **given: Any) -> dict[str, Any]:
    content = summary(day)
    content["generated_from"]["settings"] |= given
    return content


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (summary(8), {}),
        (summary(5), {"logs_overlap": ("r1",)}),
        (summary(1), {"same_log": ("r1",)}),
        (summary(8, threshold={"seconds": 600.0}), {"threshold_differs": ("r1",)}),
        (summary(8, tool_version="0.2.0"), {"version_differs": ("r1",)}),
        (settings(8, productive=["edit", "save"]), {"settings_differ": ("r1",)}),
        (settings(8, seed=7, threads=2), {}),
    ],
    ids=["alike", "overlap", "same", "threshold", "version", "settings", "seed"],
)
def test_what_makes_two_runs_differ_is_a_caution(
    second: dict[str, Any], expected: dict[str, tuple[str, ...]]
) -> None:
    assert cautions(summary(1), second) == expected


def test_settings_that_differ_are_named() -> None:
    (found,) = of(summary(1), settings(8, productive=[])).cautions
    assert found.names == ("productive",)


def test_of_many_runs_a_caution_names_three_and_counts_all() -> None:
    found = of(*[summary(1) for _ in range(6)])
    (caution,) = found.cautions
    assert (caution.folders, caution.runs, caution.more) == (("r1", "r2", "r3"), 5, 2)


def test_comparisons_that_disagree_are_no_figure_of_extra_time() -> None:
    apart = {"reason": None, "word": "depends_on_matching", "from_event": estimate(22.0, 1.0)}
    found = of(summary(1), summary(8, excess=apart))
    (trend,) = [one for one in found.trends if one.name == "extra_time"]
    assert [point.folder for point in trend.points] == ["r0"]
    (unknown,) = trend.unknown
    assert (unknown.reason, unknown.folders) == ("depends_on_matching", ("r1",))


def test_an_analysis_and_a_plan_of_one_log_are_two_runs() -> None:
    assert cautions(summary(1), summary(1, command="plan")) == {}


def test_predictions_that_cannot_be_read_or_stand_elsewhere_are_named() -> None:
    broken = line_up([read_report("r", summary(), None)], tool_version="0", unreadable=["r"])
    assert [one.check for one in broken.cautions] == ["prediction_unreadable"]
    (note,) = of(launch(20)).cautions
    assert (note.check, note.severity) == ("prediction_elsewhere", "note")
    assert of(summary(1), launch(20), seals=(SEAL,)).cautions == ()
