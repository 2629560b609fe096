"""What is taken from one report."""

from typing import Any

import pytest
from factories.summaries import SEAL, estimate, launch, summary

from resume_gap.results.common import Estimate
from resume_gap.trends.reports import FIGURES, estimate_of, read_report


def test_an_analysis_gives_its_figures_with_their_intervals() -> None:
    found = read_report("r/one", summary(3), SEAL)
    assert {name: one.estimate for name, one in found.figures.items()} == {
        "reorientation_mean": 60.0,
        "productive_share": 0.9,
        "extra_time": 40.0,
        "hit": 0.4,
        "search": 18.0,
    }
    assert found.figures["hit"] == Estimate(estimate=0.4, ci_lower=0.35, ci_upper=0.45)
    assert found.figures["search"].ci_upper == 21.0
    run = found.run
    assert (run.folder, run.name, run.word, run.users) == ("r/one", "week3.parquet", "test", 60)
    assert (run.first_at, run.last_at) == ("2025-03-03T08:00:00Z", "2025-03-07T17:00:00Z")
    assert found.seal == SEAL
    assert found.settings == {"productive": ["edit"]}
    assert (run.finest_seconds, run.cap_seconds) == (0.0, 300.0)
    assert found.unknown == {}


def test_a_launch_gives_its_effect_and_the_seal_it_was_held_against() -> None:
    found = read_report("r/trial", launch(), "another")
    assert set(found.figures) == {"reorientation_mean", "productive_share", "trial_effect"}
    assert (found.run.word, found.seal, len(found.predicted)) == ("better", SEAL, 4)
    assert set(found.figures) <= set(FIGURES)


def test_a_launch_without_randomization_is_one_too() -> None:
    content = launch()
    content |= {"command": "compare", "comparison": content.pop("evaluation")}
    found = read_report("r/launch", content, None)
    assert found.figures["launch_effect"].estimate == -25.0
    assert (found.run.word, found.seal, len(found.predicted)) == ("better", SEAL, 4)


def test_what_a_report_does_not_have_is_left_out() -> None:
    nothing = summary(
        reorientation={"mean": estimate(None), "productive": estimate(None)},
        marker={"best": None, "policies": [], "recommendation": None},
        opportunity={"bounds": []},
        excess={},
    )
    found = read_report("r", nothing, None)
    assert found.figures == {}
    assert found.run.word is None
    assert estimate_of({}) == Estimate()


def test_a_log_without_times_has_none() -> None:
    content = summary()
    content["generated_from"]["inputs"][0]["first_at"] = None
    assert read_report("r", content, None).run.last_at is None


def test_nothing_finer_than_the_stamps_of_its_log_may_be_printed() -> None:
    found = read_report("r", summary(resolution={"seconds": 1.0}), None)
    assert found.run.finest_seconds == 2.0


def without(part: str, reason: str | None) -> dict[str, Any]:
    """A report without the figures of a part; numbers of the comparisons stand there anyway."""
    empty = {
        "reorientation": {"mean": estimate(None), "productive": estimate(None)},
        "excess": {"from_event": estimate(-144.0, 11.0)},
        "marker": {"best": None, "policies": []},
        "opportunity": {"bounds": []},
    }
    return summary(**{part: empty[part] | {"reason": reason}})


@pytest.mark.parametrize(
    ("part", "reason", "names"),
    [
        ("reorientation", "first_event_is_work", ["reorientation_mean", "productive_share"]),
        ("reorientation", None, ["reorientation_mean", "productive_share"]),
        ("excess", "early_controls_differ", ["extra_time"]),
        ("marker", "no_elements", ["hit"]),
        ("opportunity", "no_elements", ["search"]),
    ],
)
def test_what_a_report_says_is_not_known_is_no_figure(
    part: str, reason: str | None, names: list[str]
) -> None:
    found = read_report("r", without(part, reason), None)
    assert found.unknown == dict.fromkeys(names, reason)
    assert not found.figures.keys() & set(names)
    assert found.figures.keys() | set(names) == read_report("r", summary(), None).figures.keys()


def test_where_no_target_rule_is_best_their_own_reason_counts() -> None:
    rules = [{"name": name, "reason": "order_unknown", "hit": None} for name in ("a", "b")]
    content = summary(marker={"reason": None, "best": None, "policies": rules})
    assert read_report("r", content, None).unknown["hit"] == "order_unknown"


def test_a_launch_without_a_result_says_why() -> None:
    content = launch()
    content["evaluation"]["primary"] = {**estimate(None), "reason": "withheld"}
    found = read_report("r", content, None)
    assert found.unknown == {"trial_effect": "withheld"}


def test_a_launch_without_a_p_has_its_figure() -> None:
    content = launch()
    primary = {**estimate(-8.0), "reason": "few_placebos"}
    content |= {"command": "compare", "comparison": content.pop("evaluation")}
    content["comparison"]["primary"] = primary
    found = read_report("r", content, None)
    assert found.figures["launch_effect"].estimate == -8.0
    assert found.unknown == {}
