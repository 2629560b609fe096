"""What is taken from one report."""

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
