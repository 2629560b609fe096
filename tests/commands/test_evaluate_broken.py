"""A trial of known truth, broken in every way that people break one."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from factories.evaluated import check, nothing_looks_like_a_result, reason, refused

import resume_gap
from benchmarks.broken_trials import (
    LAUNCH,
    LOG,
    assigned_a_minute_late,
    assigned_in_teams,
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
from resume_gap.errors import DataError, InputError, StrictError, UsageError
from resume_gap.report.text import check_remedies, trust
from resume_gap.results.evaluate import Evaluated

Rows = pl.DataFrame
pytestmark = pytest.mark.usefixtures("few_draws", "undrawn")


WITHHELD: list[tuple[Callable[[Rows], Rows], str, str]] = [
    (one_arm, "assigned_ratio", "nobody to compare with"),
    (uneven_arms, "assigned_ratio", "sample ratio mismatch"),
    (assigned_in_teams, "unit_of_randomization", "assigned at the same instant"),
    (unknown_ids, "unknown_users", "no event in the log"),
    (unknown_in_treatment, "unknown_users", "unevenly split"),
    (assigned_a_minute_late, "assigned_late", "at the return itself"),
]


@pytest.mark.parametrize(
    ("broken", "name", "words"),
    [pytest.param(*one, id=one[0].__name__) for one in WITHHELD],
)
@pytest.mark.full  # the checks are those of tests/trial/test_assignment_checks.py
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


@pytest.mark.full  # sums of three arms are compared with tests/oracles/trial.py
def test_a_sham_arm_is_held_against_both_others(
    assignments: Rows, truth: Rows, tmp_path: Path
) -> None:
    """Every third user of either arm has a sham that nobody notices, or so they are labelled."""
    third = pl.int_range(pl.len()) % 3 == 0
    rows = assignments.with_columns(
        variant=pl.when(third).then(pl.lit("Sham")).otherwise(pl.col("variant"))
    )
    with pytest.raises(UsageError, match="--sham"):
        evaluate(rows, tmp_path, allocation="2/1/1")
    found = evaluate(rows, tmp_path, sham="sham", unit="user")
    sham = found.evaluation.sham
    assert sham is not None
    assert (sham.name, sham.reason) == ("Sham", None)
    assert found.evaluation.trust.other_variants == 0
    arms = rows.group_by("variant").len()
    assert check(found, "assigned_ratio").figures["sham"] == dict(arms.iter_rows())["Sham"]
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
    assert "--marker shown=marker_shown" in check_remedies.found(check(found, "one_arm_events"))
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


@pytest.mark.full  # the verdict is that of tests/trial/test_verdict.py
def test_twelve_users_get_no_result(assignments: Rows, tmp_path: Path) -> None:
    found = evaluate(twelve_users(assignments), tmp_path)
    assert found.evaluation.verdict.word == "not_enough_data"
    assert "each arm needs 25" in reason(found)
    assert found.evaluation.trust.unassigned_users == 148
    nothing_looks_like_a_result(found.evaluation)


@pytest.mark.full  # the verdict is that of tests/trial/test_verdict.py
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
def test_a_platform_that_nobody_mapped_is_where_users_are_missing(
    assignments: Rows, tmp_path: Path
) -> None:
    """Half of the users are on tablets, of whom treatment lost everybody; `os` is a mere column."""
    on_tablet = pl.col("user_id").str.slice(-1).is_in(["1", "3", "5", "7", "9"])
    log = tmp_path / "log.parquet"
    system = pl.when(on_tablet).then(pl.lit("tablet")).otherwise(pl.lit("web"))
    pl.read_parquet(LOG).with_columns(os=system).write_parquet(log)
    rows = assignments.filter(~on_tablet | (pl.col("variant") == "control"))
    found = evaluate(rows, tmp_path, log=log)
    (place,) = check(found, "assigned_ratio").figures["places"]  # type: ignore[misc]
    assert (place.column, place.value, place.treatment) == ("os", "tablet", 0)


@pytest.mark.full
def test_a_third_variant_is_left_out(assignments: Rows, tmp_path: Path) -> None:
    third = pl.when(pl.col("user_id") < "u0010").then(pl.lit("other")).otherwise(pl.col("variant"))
    rows = assignments.with_columns(variant=third)
    with pytest.raises(DataError, match="write --treatment NAME"):
        evaluate(rows, tmp_path)
    found = evaluate(rows, tmp_path, control="control", treatment="treatment").evaluation
    assert found.trust.other_variants == 10
    assert found.trust.named_by == "given"


@pytest.mark.full  # other names are those of tests/trial/test_variants.py
def test_arms_are_recognized_by_their_names(assignments: Rows, tmp_path: Path) -> None:
    which = pl.col("variant").replace({"control": "A", "treatment": "B"})
    found = evaluate(assignments.with_columns(variant=which), tmp_path).evaluation
    assert found.trust.control_name == "A"
    assert found.trust.named_by == "inferred"
    assert found.trust.assigned_control == 82


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
    tried(DataError, r"is in the log \(assigned: '[^a-wyz0-8]*', in the log: '[^a-wyz0-8]*'", none)
    tried(UsageError, "not both", assignments, experiment="k")
    tried(UsageError, "looks", assignments, looks=0)
    tried(DataError, "counts as work", assignments, productive=["nothing_like_it"])
    refused(DataError, "--assignments FILE", lambda: resume_gap.evaluate(path))
    gone = tmp_path / "gone.csv"
    refused(InputError, "no such file", lambda: resume_gap.evaluate(path, assignments=str(gone)))


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
