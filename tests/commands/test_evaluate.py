"""A trial of known truth, whole and broken in every way that people break one."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import resume_gap
from benchmarks.broken_trials import (
    LAUNCH,
    LOG,
    SAMPLES,
    SHOWN,
    assigned_a_minute_late,
    assigned_last,
    both_arms,
    evaluate,
    one_arm,
    some_unknown_ids,
    twelve_users,
    uneven_arms,
    unknown_ids,
    unknown_in_treatment,
)
from benchmarks.broken_trials import assignments as sample_assignments
from resume_gap.errors import DataError, InputError, StrictError, UsageError
from resume_gap.report.text import trust
from resume_gap.results.common import plain
from resume_gap.results.effect import Effect
from resume_gap.results.evaluate import Evaluated, Evaluation

Rows = pl.DataFrame
pytestmark = pytest.mark.usefixtures("few_draws")


@pytest.fixture(scope="module")
def assignments() -> Rows:
    return sample_assignments()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the report on the sample as it is stands, once `whole` is there."""
    return tmp_path_factory.mktemp("whole") / "report"


@pytest.fixture(scope="module")
def whole(assignments: Rows, report: Path) -> Evaluated:
    """What is said of the sample as it is."""
    return evaluate(assignments, report.parent, out=report)


@pytest.fixture(scope="module")
def truth() -> Rows:
    return pl.read_parquet(SAMPLES / "marker_trial_truth" / "interruptions.parquet")


def check(found: Evaluated, name: str) -> Any:
    return next(c for c in found.evaluation.trust.checks if c.name == name)


def effects_in(value: Any) -> list[dict[str, Any]]:
    """Every effect anywhere in an evaluation, as JSON."""
    if isinstance(value, dict):
        own = [value] if "estimand" in value and "estimate" in value else []
        return own + [e for v in value.values() for e in effects_in(v)]
    if isinstance(value, list):
        return [e for v in value for e in effects_in(v)]
    return []


def reason(found: Evaluated) -> str:
    """Why the verdict has its word, as the report says it."""
    return trust.reason(found.evaluation.verdict, found.evaluation.trust.checks)


def nothing_looks_like_a_result(evaluation: Evaluation) -> None:
    """No difference, no interval and no p anywhere."""
    for effect in effects_in(plain(evaluation)):
        for name in ("estimate", "ci_lower", "ci_upper", "relative", "p", "p_adjusted"):
            assert effect[name] is None, (effect["estimand"], name)
    for bound in (evaluation.lee_bounds, evaluation.mechanism.difference):
        assert bound.ci_lower is None
        assert bound.ci_upper is None


# The sample as it is -----------------------------------------------------------------------


def test_the_arms_are_the_planted_ones(truth: Rows, whole: Evaluated) -> None:
    """Mean of the first followed-up interruption of each user, from the simulator's account."""
    found = whole.evaluation
    first = (
        truth.filter((pl.col("gap_seconds") > 1800) & pl.col("eligible") & pl.col("followed"))
        .sort("user_id", "return_at")
        .group_by("user_id", maintain_order=True)
        .first()
        .with_columns(pl.col("reorientation_seconds").clip(upper_bound=found.primary.cap_seconds))
    )
    assert found.primary.cap_source == "lags"
    for arm in ("control", "treatment"):
        mine = first.filter(pl.col("arm") == arm)
        assert getattr(found.trust, f"triggered_{arm}") == mine.height
        assert getattr(found.primary, arm) == pytest.approx(mine["reorientation_seconds"].mean())
    assert found.primary.estimate == pytest.approx(found.primary.treatment - found.primary.control)


def test_all_returns_are_the_planted_ones(truth: Rows, whole: Evaluated) -> None:
    found = whole.evaluation
    (everything,) = [e for e in (*found.secondary, *found.exploratory) if e.rows_control]
    rows = truth.filter((pl.col("gap_seconds") > 1800) & pl.col("eligible") & pl.col("followed"))
    for arm in ("control", "treatment"):
        mine = rows.filter(pl.col("arm") == arm)
        assert getattr(everything, f"rows_{arm}") == mine.height
        assert getattr(everything, arm) == pytest.approx(mine["reorientation_seconds"].mean())


def test_a_good_trial_passes_its_checks(whole: Evaluated) -> None:
    found = whole
    assert {c.status for c in found.evaluation.trust.checks} <= {"passed", "not_checked"}
    assert found.evaluation.verdict.word in ("better", "no_difference_seen")
    assert check(found, "marker_elsewhere").figures["elsewhere"] == 0
    assert check(found, "marker_in_control").figures["control"] == 0


@pytest.mark.full
def test_the_arms_swapped_turn_the_effect(
    assignments: Rows, tmp_path: Path, whole: Evaluated
) -> None:
    one = whole.evaluation.primary
    other = evaluate(
        assignments,
        tmp_path,
        control="treatment",
        treatment="control",
        marker={"clicked": ["marker_shown"]},
    ).evaluation.primary
    assert other.estimate == pytest.approx(-one.estimate)
    assert other.ci_lower == pytest.approx(-one.ci_upper)


@pytest.mark.full
def test_looks_widen_the_interval_and_take_the_p(
    assignments: Rows, tmp_path: Path, whole: Evaluated
) -> None:
    one = whole.evaluation
    many = evaluate(assignments, tmp_path, looks=28, planned_users=400).evaluation
    assert many.looks is not None
    assert many.looks.planned_by == "given"
    assert many.primary.p is None
    assert many.primary.ci_upper - many.primary.ci_lower > 1.3 * (
        one.primary.ci_upper - one.primary.ci_lower
    )


def test_everything_is_said_in_the_summary(whole: Evaluated, report: Path) -> None:
    out = report
    content = json.loads((out / "summary.json").read_text())
    assert content["command"] == whole.command == "evaluate"
    assert set(content["evaluation"]["primary"]) >= {
        "estimand",
        "control",
        "treatment",
        "estimate",
        "ci_lower",
        "ci_upper",
        "relative",
        "n_control",
        "n_treatment",
    }
    assert set(content["evaluation"]["verdict"]) == {"word", "reason", "figures"}
    users = pl.read_parquet(out / "users.parquet")
    assert users["arm"].value_counts(sort=True)["count"].sum() == users.height
    assert not (out / "prediction.json").exists()


@pytest.mark.full
def test_neither_order_nor_format_of_the_assignments_matters(
    assignments: Rows, tmp_path: Path, whole: Evaluated
) -> None:
    one = whole.evaluation
    again = tmp_path / "shuffled.parquet"
    assignments.rename({"variant": "arm"}).sample(fraction=1, shuffle=True, seed=3).write_parquet(
        again
    )
    two = resume_gap.evaluate(LOG, assignments=str(again), gap="30m", marker=SHOWN).evaluation
    assert plain(one.primary) == plain(two.primary)
    assert plain(one.guardrails) == plain(two.guardrails)


@pytest.mark.full
def test_neither_row_order_nor_threads_nor_paths_change_the_result(
    assignments: Rows, tmp_path: Path
) -> None:
    def result(folder: str, log: Rows, rows: Rows, **options: Any) -> dict[str, Any]:
        place = tmp_path / folder
        place.mkdir()
        log.write_parquet(place / "log.parquet")
        evaluate(rows, place, log=place / "log.parquet", out=place / "out", **options)
        content = json.loads((place / "out" / "summary.json").read_text())
        assert [Path(item["path"]).name for item in content.pop("generated_from")["inputs"]] == [
            "log.parquet",
            "assignments.csv",
        ]
        return content

    log = pl.read_parquet(LOG)
    one = result("one", log, assignments, threads=1)
    shuffled = assignments.sample(fraction=1, shuffle=True, seed=2)
    other = log.sample(fraction=1, shuffle=True, seed=1)
    assert one == result("two", other, shuffled, memory_limit="600MB", threads=2)


# Broken ------------------------------------------------------------------------------------


WITHHELD: list[tuple[Callable[[Rows], Rows], str, str]] = [
    (one_arm, "assigned_ratio", "nobody to compare with"),
    (uneven_arms, "assigned_ratio", "sample ratio mismatch"),
    (unknown_ids, "unknown_users", "no event in the log"),
    (unknown_in_treatment, "unknown_users", "unevenly split"),
    (assigned_a_minute_late, "assigned_late", "at the return itself"),
]


@pytest.mark.parametrize(
    ("broken", "name", "words"),
    [
        pytest.param(
            *one,
            id=one[0].__name__,
            # What fails by the counts alone is decided in tests/trial/test_assignment_checks.py.
            marks=() if one[0] == assigned_a_minute_late else pytest.mark.full,
        )
        for one in WITHHELD
    ],
)
def test_a_failed_check_withholds_everything(
    assignments: Rows, tmp_path: Path, broken: Callable[[Rows], Rows], name: str, words: str
) -> None:
    found = evaluate(broken(assignments), tmp_path)
    assert found.evaluation.verdict.word == "withheld"
    assert check(found, name).status == "failed"
    assert words in trust.found(check(found, name))
    assert name in found.evaluation.verdict.figures["checks"]
    assert words in reason(found)
    nothing_looks_like_a_result(found.evaluation)


def test_a_sham_arm_is_held_against_both_others(
    assignments: Rows, truth: Rows, tmp_path: Path
) -> None:
    """Every third user of either arm has a sham that nobody notices, or so they are labelled."""
    third = pl.int_range(pl.len()) % 3 == 0
    rows = assignments.with_columns(
        variant=pl.when(third).then(pl.lit("Sham")).otherwise(pl.col("variant"))
    )
    found = evaluate(rows, tmp_path, sham="sham", unit="user")
    sham = found.evaluation.sham
    assert sham is not None
    assert (sham.name, sham.reason) == ("Sham", None)
    assert found.evaluation.trust.other_variants == 0
    first = (
        truth.filter((pl.col("gap_seconds") > 1800) & pl.col("eligible") & pl.col("followed"))
        .sort("user_id", "return_at")
        .group_by("user_id", maintain_order=True)
        .first()
        .join(rows.select("user_id", "variant"), on="user_id")
        .with_columns(
            pl.col("reorientation_seconds").clip(upper_bound=found.evaluation.primary.cap_seconds)
        )
    )
    means = dict(first.group_by("variant").agg(pl.col("reorientation_seconds").mean()).iter_rows())
    pairs = [(one.name, one.primary.treatment, one.primary.control) for one in sham.comparisons]
    assert pairs == [
        ("marker_against_sham", *map(pytest.approx, (means["treatment"], means["Sham"]))),
        ("sham_against_control", *map(pytest.approx, (means["Sham"], means["control"]))),
    ]
    assert {one.primary.cap_seconds for one in sham.comparisons} == {
        found.evaluation.primary.cap_seconds
    }


@pytest.mark.full
def test_a_mismatch_says_at_which_stage_and_for_whom(assignments: Rows, tmp_path: Path) -> None:
    """Most assignments of treated users of one platform are missing."""
    platform = pl.when(pl.int_range(pl.len()) % 4 > 0).then(pl.lit("ios")).otherwise(pl.lit("web"))
    rows = assignments.with_columns(platform=platform)
    treated = pl.col("variant") == "treatment"
    kept = ~(treated & (pl.col("platform") == "ios")) | (pl.col("user_id") < "u0020")
    found = evaluate(rows.filter(kept), tmp_path)
    figures = check(found, "assigned_ratio").figures
    assert figures["uneven_stages"] == ("assignment",)
    (place,) = figures["places"]
    assert (place.column, place.control + place.rest_control) == ("platform", 82)
    assert "It is greatest for" in reason(found)


@pytest.mark.full
def test_marker_events_of_one_arm_are_found_and_named(assignments: Rows, tmp_path: Path) -> None:
    found = evaluate(assignments, tmp_path, marker={})
    assert found.evaluation.verdict.word == "withheld"
    assert "marker_shown" in trust.found(check(found, "one_arm_events"))
    assert "--marker shown=marker_shown" in trust.found(check(found, "one_arm_events"))
    nothing_looks_like_a_result(found.evaluation)


@pytest.mark.full
def test_ignoring_what_the_marker_writes_will_do_too(
    assignments: Rows, tmp_path: Path, whole: Evaluated
) -> None:
    one = whole
    two = evaluate(assignments, tmp_path, marker={}, ignore=["marker_shown"])
    assert two.evaluation.primary == one.evaluation.primary
    assert one.rows.dropped == {"marker_event": two.rows.dropped["ignored"]}


@pytest.mark.full
def test_a_marker_at_other_returns_is_found(assignments: Rows, tmp_path: Path) -> None:
    log = pl.read_parquet(LOG)
    elsewhere = log.filter((pl.col("event") == "submit") & (pl.col("timestamp") > LAUNCH))
    more = elsewhere.gather_every(3).with_columns(event=pl.lit("marker_shown"))
    treated = assignments.filter(pl.col("variant") == "treatment")
    path = tmp_path / "log.parquet"
    pl.concat([log, more.join(treated.select("user_id"), on="user_id", how="semi")]).write_parquet(
        path
    )
    found = evaluate(assignments, tmp_path, log=path)
    assert check(found, "marker_elsewhere").status == "failed"
    assert "threshold" in trust.found(check(found, "marker_elsewhere"))


@pytest.mark.full
def test_arms_named_the_wrong_way_round_are_found(assignments: Rows, tmp_path: Path) -> None:
    found = evaluate(assignments, tmp_path, control="treatment", treatment="control")
    assert check(found, "marker_in_control").status == "failed"
    assert "wrong way round" in trust.found(check(found, "marker_in_control"))


@pytest.mark.full
def test_users_in_both_arms_are_left_out_and_counted(assignments: Rows, tmp_path: Path) -> None:
    found = evaluate(both_arms(assignments), tmp_path).evaluation
    assert found.trust.both_arms == 8
    assert found.trust.assigned_control + found.trust.assigned_treatment == 152
    assert next(c for c in found.trust.checks if c.name == "both_arms").status == "warned"
    whole = evaluate(assignments.tail(-8), tmp_path).evaluation
    assert found.primary == whole.primary


@pytest.mark.full
def test_some_unknown_users_are_counted_and_said(assignments: Rows, tmp_path: Path) -> None:
    found = evaluate(some_unknown_ids(assignments), tmp_path)
    assert found.evaluation.trust.unknown_users == 6
    assert "6 of 166 assigned users have no event" in trust.found(check(found, "unknown_users"))
    assert found.evaluation.verdict.word != "withheld"


def test_twelve_users_get_no_result(assignments: Rows, tmp_path: Path) -> None:
    found = evaluate(twelve_users(assignments), tmp_path)
    assert found.evaluation.verdict.word == "not_enough_data"
    assert "each arm needs 25" in reason(found)
    assert found.evaluation.trust.unassigned_users == 148
    nothing_looks_like_a_result(found.evaluation)


def test_no_interruption_after_the_assignment(assignments: Rows, tmp_path: Path) -> None:
    found = evaluate(assigned_last(assignments), tmp_path).evaluation
    assert found.verdict.word == "not_enough_data"
    assert found.verdict.reason == "few_users"
    assert found.verdict.figures["before_assignment"] == found.trust.before_assignment
    assert found.trust.before_assignment > 1000
    nothing_looks_like_a_result(found)


@pytest.mark.full
def test_an_assignment_at_the_very_return_counts(assignments: Rows, tmp_path: Path) -> None:
    """And one that was logged a moment later is moved there, in both arms alike."""
    rows = assigned_a_minute_late(assignments)
    moved, means = {}, set()
    for seconds in (0, 2):
        shift = timedelta(seconds=seconds - 60)
        mine = rows.with_columns(
            assigned_at=pl.when(pl.col("assigned_at") > LAUNCH)
            .then(pl.col("assigned_at") + shift)
            .otherwise(pl.col("assigned_at"))
        )
        found = evaluate(mine, tmp_path)
        assert found.evaluation.trust.triggered_control == 79
        moved[seconds] = check(found, "assigned_late").figures["moved"]
        # Assigned over several days, users are compared within blocks of days; in one block the
        # mean of the control is 90.4 s.
        means.add(found.evaluation.primary.control)
    (mean,) = means
    assert mean == pytest.approx(90.4, abs=2.0)
    assert moved == {0: 0, 2: 155}


@pytest.mark.full
def test_times_and_variants_that_cannot_be_read_are_counted(
    assignments: Rows, tmp_path: Path
) -> None:
    text = assignments.cast(pl.String)
    rows = pl.concat(
        [
            text,
            pl.DataFrame(
                {
                    "user_id": ["a", "b"],
                    "variant": ["control", ""],
                    "assigned_at": ["someday", "2025-03-10"],
                }
            ),
        ]
    )
    assert evaluate(rows, tmp_path).evaluation.trust.without_time == 2


@pytest.mark.full
def test_nothing_is_said_of_a_sham_where_the_trial_is_withheld(
    assignments: Rows, tmp_path: Path
) -> None:
    rows = (
        uneven_arms(assignments)
        .with_row_index("n")
        .with_columns(
            variant=pl.when(pl.col("n") % 3 == 0).then(pl.lit("sham")).otherwise(pl.col("variant"))
        )
    )
    found = evaluate(rows.drop("n"), tmp_path, sham="sham")
    assert found.evaluation.sham is not None
    assert found.evaluation.sham.reason == "withheld"
    assert found.evaluation.sham.comparisons == ()
    nothing_looks_like_a_result(found.evaluation)


@pytest.mark.full
def test_a_third_variant_is_left_out(assignments: Rows, tmp_path: Path) -> None:
    third = pl.when(pl.col("user_id") < "u0010").then(pl.lit("other")).otherwise(pl.col("variant"))
    rows = assignments.with_columns(variant=third)
    with pytest.raises(DataError, match="write --treatment NAME"):
        evaluate(rows, tmp_path)
    found = evaluate(rows, tmp_path, control="control", treatment="treatment").evaluation
    assert found.trust.other_variants == 10
    assert found.trust.named_by == "given"


@pytest.mark.parametrize(
    ("names", "control"),
    [
        (("B", "A"), "A"),
        pytest.param(("new arrow", "control"), "control", marks=pytest.mark.full),
        pytest.param(("off", "on"), "off", marks=pytest.mark.full),
        pytest.param(("0", "1"), "0", marks=pytest.mark.full),
        pytest.param(("old", "treatment"), "old", marks=pytest.mark.full),
    ],
)
def test_arms_are_recognized_by_their_names(
    assignments: Rows, tmp_path: Path, names: tuple[str, str], control: str
) -> None:
    which = (
        pl.when(pl.col("variant") == "control")
        .then(pl.lit(control))
        .otherwise(pl.lit(next(n for n in names if n != control)))
    )
    found = evaluate(assignments.with_columns(variant=which), tmp_path).evaluation
    assert found.trust.control_name == control
    assert found.trust.named_by == "inferred"
    assert found.trust.assigned_control == 82


def refused(kind: type[Exception], words: str, call: Callable[[], object]) -> None:
    with pytest.raises(kind, match=words) as raised:
        call()
    assert "\n" not in str(raised.value)


def test_what_cannot_be_meant_is_one_line(assignments: Rows, tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    pl.read_parquet(LOG).head(4_000).write_parquet(path)

    def tried(kind: type[Exception], words: str, rows: Rows, **options: Any) -> None:
        refused(kind, words, lambda: evaluate(rows, tmp_path, log=path, **options))

    renamed = assignments.with_columns(variant=pl.col("variant").replace("control", "x"))
    tried(DataError, "nobody is assigned to 'y'", assignments, control="y")
    two = renamed.with_columns(variant=pl.col("variant").replace("treatment", "z"))
    tried(DataError, "write --control NAME --treatment NAME", two)
    tried(InputError, "no column for assigned_at", assignments.drop("assigned_at"))
    tried(
        DataError,
        r"'controll' \(did you mean control",
        assignments,
        control="controll",
        treatment="treatment",
    )
    tried(UsageError, "give --looks", assignments, planned_users=100)
    none = assignments.with_columns(user_id=pl.lit("n") + pl.col("user_id"))
    tried(DataError, "none of the assigned users is in the log", none)
    tried(UsageError, "not both", assignments, experiment="k")
    tried(UsageError, "looks", assignments, looks=0)
    tried(DataError, "counts as work", assignments, productive=["nothing_like_it"])
    refused(DataError, "--assignments FILE", lambda: resume_gap.evaluate(LOG))
    gone = tmp_path / "gone.csv"
    refused(InputError, "no such file", lambda: resume_gap.evaluate(LOG, assignments=str(gone)))


@pytest.mark.full
def test_assignments_that_cannot_be_read_are_a_check_of_their_own(
    assignments: Rows, tmp_path: Path
) -> None:
    text = assignments.cast(pl.String)
    german = pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit("10.03.2025 00:00"))
    half = text.with_columns(assigned_at=german.otherwise(pl.col("assigned_at")))
    found = check(evaluate(half, tmp_path), "unusable_assignments")
    assert found.status == "failed"
    assert found.figures["rows"] == 80
    treated = (pl.col("variant") == "treatment") & pl.col("user_id").str.ends_with("3")
    some = text.with_columns(
        assigned_at=pl.when(treated).then(pl.lit("soon")).otherwise(pl.col("assigned_at"))
    )
    found = check(evaluate(some, tmp_path), "unusable_assignments")
    assert found.figures["control"] == 0
    assert found.status in ("warned", "failed")


def test_serial_numbers_of_days_are_no_times(assignments: Rows, tmp_path: Path) -> None:
    """45726 is the launch in a spreadsheet, and a quarter to one on the first day of 1970."""
    serial = assignments.with_columns(assigned_at=pl.lit(45_726))
    refused(DataError, "a time that can be read", lambda: evaluate(serial, tmp_path))


@pytest.mark.full
def test_neither_case_nor_blanks_make_another_variant(
    assignments: Rows, tmp_path: Path, whole: Evaluated
) -> None:
    rows = assignments.with_columns(
        variant=pl.when(pl.int_range(pl.len()) % 3 == 0)
        .then(pl.col("variant") + " ")
        .when(pl.int_range(pl.len()) % 3 == 1)
        .then(pl.col("variant").str.to_uppercase())
        .otherwise(pl.col("variant"))
    )
    found = evaluate(rows, tmp_path).evaluation
    assert found.primary == whole.evaluation.primary
    assert found.trust.other_variants == 0


@pytest.mark.full
def test_ids_that_differ_by_case_are_said(assignments: Rows, tmp_path: Path) -> None:
    rows = assignments.with_columns(
        user_id=pl.when(pl.int_range(pl.len()) % 4 == 0)
        .then(pl.col("user_id").str.to_uppercase())
        .otherwise(pl.col("user_id"))
    )
    found = check(evaluate(rows, tmp_path), "unknown_users")
    assert found.status == "warned"
    assert "40 of them differ from an id of the log by case" in trust.found(found)


@pytest.mark.full
def test_strict_means_the_checks_of_the_trial_too(assignments: Rows, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for rows in (one_arm(assignments), both_arms(assignments)):
        refused(
            StrictError,
            "--strict",
            lambda rows=rows: evaluate(rows, tmp_path, strict=True, out=out),
        )
    assert not out.exists()


# The prediction ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The prediction of the week before the launch, from a log that ends there."""
    folder = tmp_path_factory.mktemp("before")
    log = folder / "before.parquet"
    pl.read_parquet(LOG).filter(pl.col("timestamp") < LAUNCH).write_parquet(log)
    resume_gap.analyze(log, gap="30m", out=folder / "report")
    return folder / "report" / "prediction.json"


def test_the_prediction_stands_beside_the_measured(
    assignments: Rows, tmp_path: Path, before: Path
) -> None:
    out = tmp_path / "report"
    found = evaluate(assignments, tmp_path, prediction=str(before), out=out, gap="auto")
    said = {row.name: row for row in found.evaluation.predicted}
    content = json.loads(before.read_text())
    assert found.threshold.seconds == content["threshold"]["seconds"] == 1800
    assert found.threshold.reason == "prediction"
    mean = said["reorientation_mean_seconds"]
    assert mean.predicted.estimate == content["reorientation_mean"]["estimate"]
    assert mean.measured.estimate == pytest.approx(154.49058608073234)
    assert mean.n_measured == 1147
    assert {"hit", "saving_at_most_seconds", "scenario:middle"} <= set(said)
    assert said["scenario:middle"].measured.estimate == -found.evaluation.primary.estimate
    assert (out / "prediction.json").read_bytes() == before.read_bytes()


@pytest.mark.full
def test_what_is_worth_it_may_be_out_of_reach(
    assignments: Rows, tmp_path: Path, before: Path
) -> None:
    """What was sealed before the launch is under the two minutes that are asked for here."""
    out = tmp_path / "report"
    found = evaluate(assignments, tmp_path, prediction=str(before), worth=120, out=out)
    seen = found.evaluation.futility
    assert seen is not None
    assert seen.is_futile
    assert seen.upper_seconds is not None
    assert 0 < seen.upper_seconds < seen.worth_seconds == 120
    content = json.loads((out / "summary.json").read_text())
    assert content["evaluation"]["futility"]["is_futile"]
    assert "Futile: " in (out / "report.html").read_text()


@pytest.mark.full
def test_a_prediction_of_the_trial_itself_is_none(assignments: Rows, tmp_path: Path) -> None:
    out = tmp_path / "report"
    resume_gap.analyze(LOG, gap="20m", ignore=["marker_shown"], out=out)
    found = evaluate(assignments, tmp_path, out=out, gap="auto")
    assert found.evaluation.predicted == ()
    assert found.prediction is None
    assert "prediction_of_this_log" in {c.check for c in found.data_quality}
    assert found.threshold.source == "learned"


@pytest.mark.parametrize(
    ("until", "used"),
    [("2025-03-09", True), ("2025-03-10", True), ("2025-03-10T00:00:00.000001Z", False)],
)
@pytest.mark.full
def test_a_prediction_may_end_at_the_launch_and_not_after_it(
    assignments: Rows, tmp_path: Path, until: str, used: bool
) -> None:
    """Everybody is assigned on 10 March at midnight."""
    assert assignments["assigned_at"].min() == LAUNCH
    resume_gap.analyze(LOG, gap="30m", until=until, out=tmp_path / "before")
    before = str(tmp_path / "before" / "prediction.json")
    found = evaluate(assignments, tmp_path, prediction=before, gap="auto")
    assert (found.prediction is not None) == used
    assert ("prediction_of_this_log" in {c.check for c in found.data_quality}) != used


@pytest.mark.full
def test_a_prediction_outlives_its_report(tmp_path: Path) -> None:
    out = tmp_path / "report"
    workday = SAMPLES / "workday.parquet"
    resume_gap.analyze(workday, out=out)
    sealed = (out / "prediction.json").read_bytes()
    resume_gap.plan(workday, out=out)
    assert json.loads((out / "summary.json").read_text())["command"] == "plan"
    assert (out / "prediction.json").read_bytes() == sealed


@pytest.mark.full
def test_another_limit_than_the_predictions_is_said(
    assignments: Rows, tmp_path: Path, before: Path
) -> None:
    found = evaluate(assignments, tmp_path, prediction=str(before), gap="20m")
    assert "other_threshold" in {c.check for c in found.data_quality}


def test_a_prediction_that_was_changed_is_refused(
    assignments: Rows, tmp_path: Path, before: Path
) -> None:
    path = tmp_path / "prediction.json"
    path.write_text(before.read_text().replace('"seconds": 1800.0', '"seconds": 60.0'))
    refused(
        DataError,
        "was changed after it was written",
        lambda: evaluate(assignments, tmp_path, prediction=str(path)),
    )


@pytest.mark.full
def test_the_limit_is_learned_before_the_first_assignment(
    assignments: Rows, tmp_path: Path
) -> None:
    """What comes after, whatever it is, does not move it."""
    log = pl.read_parquet(LOG)
    path = tmp_path / "log.parquet"
    other = (
        pl.when(pl.col("timestamp") > LAUNCH)
        .then(LAUNCH + (pl.col("timestamp") - LAUNCH) * 2)
        .otherwise(pl.col("timestamp"))
    )
    log.with_columns(timestamp=other).write_parquet(path)
    one = evaluate(assignments, tmp_path, gap="auto", marker={}, ignore=["marker_shown"])
    two = evaluate(assignments, tmp_path, gap="auto", marker={}, ignore=["marker_shown"], log=path)
    assert one.threshold.source == two.threshold.source == "learned"
    assert one.threshold.seconds == two.threshold.seconds


# Assignments in the log --------------------------------------------------------------------


def in_the_log(assignments: Rows, folder: Path, event: str, **columns: pl.Expr) -> Path:
    """The log with an assignment event at each user's first return after the launch."""
    log = pl.read_parquet(LOG)
    rows = assigned_a_minute_late(assignments).select(
        "user_id",
        (pl.col("assigned_at") - timedelta(seconds=60)).alias("timestamp"),
        pl.lit(event).alias("event"),
        *(
            (value if isinstance(value, pl.Expr) else pl.lit(value)).alias(name)
            for name, value in columns.items()
        ),
    )
    path = folder / "log.parquet"
    pl.concat(
        [log, rows.cast({"timestamp": log.schema["timestamp"]})], how="diagonal"
    ).write_parquet(path)
    return path


VARIANT = pl.col("variant")
SHAPES: dict[str, tuple[str, dict[str, Any]]] = {
    "segment": ("Experiment Viewed", {"experiment_id": "arrow", "variation_name": VARIANT}),
    "growthbook": ("experiment_viewed", {"experiment_id": "arrow", "variation_id": VARIANT}),
    "posthog": (
        "$feature_flag_called",
        {
            "properties": pl.format(
                '{"$feature_flag": "arrow", "$feature_flag_response": "{}"}'.replace(
                    '{"$', "<$"
                ).replace('"}', ">"),
                VARIANT,
            )
            .str.replace("<$", '{"$', literal=True)
            .str.replace(">", '"}', literal=True)
        },
    ),
    "amplitude": (
        "$exposure",
        {"event_properties": pl.struct(pl.lit("arrow").alias("flag_key"), VARIANT)},
    ),
    "mixpanel": (
        "$experiment_started",
        {
            "properties": pl.struct(
                pl.lit("arrow").alias("Experiment name"), VARIANT.alias("Variant name")
            )
        },
    ),
    "snowplow": ("Experiment Viewed", {"se_label": "arrow", "se_property": VARIANT}),
    "opentelemetry": (
        "feature_flag.evaluation",
        {"feature_flag.key": "arrow", "feature_flag.result.variant": VARIANT},
    ),
}


@pytest.mark.parametrize(
    "shape",
    [name if name == "posthog" else pytest.param(name, marks=pytest.mark.full) for name in SHAPES],
)
def test_assignment_events_of_the_trackers(assignments: Rows, tmp_path: Path, shape: str) -> None:
    event, columns = SHAPES[shape]
    log = in_the_log(assignments, tmp_path, event, **columns)
    found = resume_gap.evaluate(
        log,
        experiment="arrow",
        gap="30m",
        marker=SHOWN,
        map={"user_id": "user_id", "event": "event"},
    )
    trust = found.evaluation.trust
    assert trust.source == "assignment events of arrow"
    assert (trust.triggered_control, trust.triggered_treatment) == (79, 76)
    # Users were assigned at their first return, over several days, and are compared within blocks
    # of days: the control's mean is no longer the plain 90.4 s, but near it.
    assert found.evaluation.primary.control == pytest.approx(90.4, abs=2.0)
    assert found.rows.dropped["assignment_event"] == 160
    assert "marker_event" in found.rows.dropped


def test_another_experiment_is_not_this_one(assignments: Rows, tmp_path: Path) -> None:
    event, columns = SHAPES["segment"]
    log = in_the_log(assignments, tmp_path, event, **columns)
    refused(
        DataError,
        "no assignment event of the experiment 'other'",
        lambda: resume_gap.evaluate(log, experiment="other", gap="30m"),
    )


@pytest.mark.full
def test_the_variant_may_be_a_column_of_the_log(assignments: Rows, tmp_path: Path) -> None:
    log = pl.read_parquet(LOG).join(assignments, on="user_id", how="left")
    after = pl.when(pl.col("timestamp") >= pl.col("assigned_at")).then(pl.col("variant"))
    path = tmp_path / "log.parquet"
    log.with_columns(variant=after).drop("assigned_at").write_parquet(path)
    found = resume_gap.evaluate(path, gap="30m", marker=SHOWN).evaluation
    assert found.trust.source == "the log's column of the variant"
    # Within blocks of days, as where the assignments are events of the log.
    assert found.primary.control == pytest.approx(90.4, abs=2.0)
    assert isinstance(found.primary, Effect)


# Launches that are not alike over time ------------------------------------------------------


def staged(assignments: Rows, *, later_treated: bool = True) -> Rows:
    """A launch over four days: first nearly nobody is treated, at last nearly everybody."""
    number = pl.int_range(pl.len()).over("variant")
    late, early = 4 - number % 7 // 2, number % 8 // 3
    day = pl.when(pl.col("variant") == "control").then(early).otherwise(late)
    return assignments.with_columns(
        assigned_at=pl.col("assigned_at") + pl.duration(days=day if later_treated else number % 4)
    )


UNMARKED: dict[str, Any] = {"marker": {}, "ignore": ["marker_shown"]}
"""Its markers were shown from the launch on."""


def test_a_split_that_changes_over_time_withholds_the_verdict(
    assignments: Rows, tmp_path: Path
) -> None:
    found = evaluate(staged(assignments), tmp_path, **UNMARKED)
    over_time = check(found, "allocation_over_time")
    assert (over_time.status, over_time.code) == ("failed", "changes")
    assert found.evaluation.verdict.word == "withheld"
    assert "--stratify-by-day" in reason(found)
    nothing_looks_like_a_result(found.evaluation)


def test_users_may_be_compared_within_days_of_assignment(assignments: Rows, tmp_path: Path) -> None:
    found = evaluate(staged(assignments), tmp_path, stratify_by_day=True, **UNMARKED)
    over_time = check(found, "allocation_over_time")
    assert (over_time.status, over_time.code) == ("warned", "by_day")
    assert found.evaluation.verdict.word != "withheld"
    assert found.evaluation.primary.estimate is not None
    # A measure that cannot be compared within days is left out.
    rates = [g.effect for g in found.evaluation.guardrails if g.effect.unit == "share"]
    assert {effect.reason for effect in rates} == {"allocation_changed"}


@pytest.mark.full
def test_a_steady_split_over_days_passes(assignments: Rows, tmp_path: Path) -> None:
    found = evaluate(staged(assignments, later_treated=False), tmp_path, **UNMARKED)
    assert check(found, "allocation_over_time").status == "passed"
    assert found.evaluation.primary.estimate is not None


def changed_log(folder: Path, change: Callable[[Rows], Rows]) -> Path:
    path = folder / "changed.parquet"
    change(pl.read_parquet(LOG)).write_parquet(path)
    return path


def test_markers_before_the_assignment_withhold_the_verdict(
    assignments: Rows, tmp_path: Path, whole: Evaluated
) -> None:
    """Two treated users saw the marker a day before; one would be 1.25 % of 80, too."""

    def early(log: Rows) -> Rows:
        treated = assignments.filter(pl.col("variant") == "treatment")["user_id"].head(2)
        rows = log.filter(pl.col("event") == "marker_shown").unique("user_id", maintain_order=True)
        rows = rows.filter(pl.col("user_id").is_in(treated.implode())).with_columns(
            timestamp=pl.lit(LAUNCH - timedelta(days=1)).cast(log.schema["timestamp"])
        )
        return pl.concat([log, rows])

    assert check(whole, "early_markers").status == "passed"
    found = evaluate(assignments, tmp_path, log=changed_log(tmp_path, early))
    assert check(found, "early_markers").status == "failed"
    assert check(found, "early_markers").figures["users"] == 2
    assert "saw a marker before their assignment" in reason(found)


def restoring(assignments: Rows, seconds: float) -> Callable[[Rows], Rows]:
    """The feature writes an edit by itself so long after each marker."""

    def change(log: Rows) -> Rows:
        shown = log.filter(pl.col("event") == "marker_shown")
        written = shown.with_columns(
            event=pl.lit("edit"),
            timestamp=pl.col("timestamp") + timedelta(seconds=seconds),
        )
        return pl.concat([log, written])

    assert assignments.height
    return change


def test_work_that_the_feature_writes_withholds_the_verdict(
    assignments: Rows, tmp_path: Path
) -> None:
    log = changed_log(tmp_path, restoring(assignments, 0.2))
    found = evaluate(assignments, tmp_path, log=log)
    step = check(found, "first_step")
    assert (step.status, step.code) == ("failed", "written")
    events = step.figures["events"]
    assert isinstance(events, tuple)
    assert events[0] == "edit"
    assert "--ignore edit" in reason(found)
    nothing_looks_like_a_result(found.evaluation)


@pytest.mark.full
def test_work_soon_after_the_marker_is_warned_about(assignments: Rows, tmp_path: Path) -> None:
    """Later than anybody can be sure of; a few seconds after the return."""
    log = changed_log(tmp_path, restoring(assignments, 2.0))
    step = check(evaluate(assignments, tmp_path, log=log), "first_step")
    assert (step.status, step.code) == ("warned", "unclear")
    assert check(evaluate(assignments, tmp_path), "first_step").status == "passed"


@pytest.mark.full
def test_an_effect_that_only_written_work_makes_is_withheld(
    assignments: Rows, truth: Rows, tmp_path: Path
) -> None:
    """Nobody here saw a marker; half of them find an edit written some seconds after a return."""
    control = assignments.filter(pl.col("variant") == "control")
    turned = pl.when(pl.int_range(pl.len()) % 2 > 0).then(pl.lit("treatment"))
    arms = control.with_columns(turned.otherwise(pl.lit("control")).alias("variant"))
    treated = arms.filter(pl.col("variant") == "treatment").select("user_id")
    written = truth.filter(pl.col("return_at") >= LAUNCH).join(treated, on="user_id", how="semi")

    def restored(log: Rows) -> Rows:
        after = pl.duration(milliseconds=2_000 + pl.int_range(pl.len()) * 977 % 7_000)
        rows = written.select(
            "user_id", timestamp=pl.col("return_at") + after, event=pl.lit("write_note")
        )
        rest = log.filter(pl.col("event") != "marker_shown")
        return pl.concat([rest, rows.cast({"timestamp": log["timestamp"].dtype})], how="diagonal")

    found = evaluate(arms, tmp_path, log=changed_log(tmp_path, restored), marker=None)
    step = check(found, "first_step")
    assert (step.status, step.code) == ("failed", "only_at_once")
    assert step.figures["events"][:1] == ("write_note",)
    nothing_looks_like_a_result(found.evaluation)


def test_a_log_that_begins_at_the_launch_is_warned_about(assignments: Rows, tmp_path: Path) -> None:
    log = changed_log(tmp_path, lambda rows: rows.filter(pl.col("timestamp") >= LAUNCH))
    found = evaluate(assignments, tmp_path, log=log)
    begins = check(found, "log_begins_late")
    assert (begins.status, begins.code) == ("warned", "no_history")
    assert found.evaluation.verdict.word != "withheld"
    assert found.evaluation.primary.flag == "first_return_seen"


@pytest.mark.full
def test_new_users_have_no_history(assignments: Rows, tmp_path: Path) -> None:
    log = changed_log(tmp_path, lambda rows: rows.filter(pl.col("timestamp") >= LAUNCH))
    new = evaluate(assignments, tmp_path, log=log, new_users=True)
    assert check(new, "log_begins_late").code == "new_users"
    assert new.evaluation.primary.flag is None
