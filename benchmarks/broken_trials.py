"""What `evaluate` says of the sample trial, whole and broken: writes docs/trial.md.

    python -m benchmarks.broken_trials docs/trial.md

The ways to break it are also those of tests/commands/test_evaluate.py.
"""

import argparse
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import polars as pl

import resume_gap
from resume_gap.errors import ResumeGapError
from resume_gap.report.text.check_remedies import found as sentence
from resume_gap.report.text.next_step import badge
from resume_gap.report.text.trust import reason
from resume_gap.results.evaluate import Evaluated

SAMPLES: Final = Path(__file__).parents[1] / "sample_events"
LOG: Final = SAMPLES / "marker_trial.parquet"
LAUNCH: Final = datetime(2025, 3, 10, tzinfo=UTC)
SHOWN: Final = {"shown": ["marker_shown"]}
Break = Callable[[pl.DataFrame], pl.DataFrame]


def assignments() -> pl.DataFrame:
    """Those of the sample."""
    return pl.read_csv(SAMPLES / "marker_trial_assignments.csv", try_parse_dates=True)


def one_arm(rows: pl.DataFrame) -> pl.DataFrame:
    """Only the control arm was exported."""
    return rows.filter(pl.col("variant") == "control")


def uneven_arms(rows: pl.DataFrame) -> pl.DataFrame:
    """Nine of ten users of the treatment arm were lost."""
    return rows.filter((pl.col("variant") == "control") | pl.col("user_id").str.ends_with("7"))


def unknown_ids(rows: pl.DataFrame) -> pl.DataFrame:
    """Two thirds of the ids are of another system."""
    other = pl.when(pl.int_range(pl.len()) % 3 > 0).then(pl.lit("x-") + pl.col("user_id"))
    return rows.with_columns(other.otherwise(pl.col("user_id")).alias("user_id"))


def some_unknown_ids(rows: pl.DataFrame) -> pl.DataFrame:
    """Six users were assigned and never came."""
    return pl.concat([rows, rows.head(6).with_columns(user_id="gone-" + pl.col("user_id"))])


def unknown_in_treatment(rows: pl.DataFrame) -> pl.DataFrame:
    """Half of the treatment arm's users have no events."""
    gone = (pl.col("variant") == "treatment") & pl.col("user_id").str.contains("[02468]$")
    other = pl.when(gone).then(pl.lit("x-") + pl.col("user_id")).otherwise(pl.col("user_id"))
    return rows.with_columns(other.alias("user_id"))


def both_arms(rows: pl.DataFrame) -> pl.DataFrame:
    """Eight users are in both arms."""
    turned = {"control": "treatment", "treatment": "control"}
    return pl.concat([rows, rows.head(8).with_columns(pl.col("variant").replace(turned))])


def twelve_users(rows: pl.DataFrame) -> pl.DataFrame:
    """A trial of twelve."""
    return pl.concat(
        [rows.filter(pl.col("variant") == arm).head(6) for arm in ("control", "treatment")]
    )


def assigned_last(rows: pl.DataFrame) -> pl.DataFrame:
    """Everybody was assigned when the log was over."""
    return rows.with_columns(assigned_at=pl.lit(datetime(2025, 3, 24, tzinfo=UTC)))


def assigned_a_minute_late(rows: pl.DataFrame) -> pl.DataFrame:
    """Each assignment is logged a minute after the first return at which the rule fires."""
    truth = pl.read_parquet(SAMPLES / "marker_trial_truth" / "interruptions.parquet")
    back = (
        truth.filter((pl.col("return_at") >= LAUNCH) & (pl.col("gap_seconds") > 1800))
        .group_by("user_id")
        .agg(pl.col("return_at").min() + timedelta(seconds=60))
    )
    joined = rows.join(back, on="user_id", how="left", maintain_order="left")
    return joined.select(
        "user_id", "variant", pl.coalesce("return_at", "assigned_at").alias("assigned_at")
    )


def half_the_dates(rows: pl.DataFrame) -> pl.DataFrame:
    """Every second date is written as 10.03.2025."""
    german = pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit("10.03.2025 00:00"))
    return rows.cast(pl.String).with_columns(assigned_at=german.otherwise(pl.col("assigned_at")))


def ids_in_capitals(rows: pl.DataFrame) -> pl.DataFrame:
    """Every fourth id is written in capitals."""
    fourth = pl.int_range(pl.len()) % 4 == 0
    return rows.with_columns(
        user_id=pl.when(fourth)
        .then(pl.col("user_id").str.to_uppercase())
        .otherwise(pl.col("user_id"))
    )


def assigned_in_teams(rows: pl.DataFrame) -> pl.DataFrame:
    """Teams of four people were assigned as wholes, each at a second of its own."""
    team = pl.int_range(pl.len()).over("variant") // 4
    second = 2 * team + (pl.col("variant") == "treatment")
    return rows.with_columns(assigned_at=pl.col("assigned_at") + pl.duration(seconds=second))


def whole(rows: pl.DataFrame) -> pl.DataFrame:
    """Nothing is broken."""
    return rows


BREAKS: Final[tuple[tuple[str, Break, dict[str, Any]], ...]] = (
    ("The trial as it is", whole, {}),
    ("The same, looked at on 28 days", whole, {"looks": 28}),
    ("Marker events of one arm, not named", whole, {"marker": {}}),
    ("Arms named the wrong way round", whole, {"control": "treatment", "treatment": "control"}),
    ("Nine of ten treated users lost", uneven_arms, {}),
    ("One arm only", one_arm, {}),
    ("Users in both arms", both_arms, {}),
    ("Teams assigned as wholes", assigned_in_teams, {}),
    ("Six assigned users never came", some_unknown_ids, {}),
    ("Two thirds of the ids unknown", unknown_ids, {}),
    ("Half of the treated without events", unknown_in_treatment, {}),
    ("Half of the dates unreadable", half_the_dates, {}),
    ("Ids in capitals", ids_in_capitals, {}),
    ("The log begins at the launch", whole, {"since": "2025-03-10"}),
    ("Twelve users", twelve_users, {}),
    ("Assigned after the last return", assigned_last, {}),
    ("Assigned a minute after the return", assigned_a_minute_late, {}),
)


def evaluate(
    rows: pl.DataFrame,
    folder: Path,
    *,
    log: Path = LOG,
    **options: Any,  # noqa: ANN401
) -> Evaluated:
    """The sample log, or another, with these assignments."""
    path = folder / "assignments.csv"
    rows.write_csv(path)
    given = {"gap": "30m", "marker": SHOWN} | options
    return resume_gap.evaluate(log, assignments=str(path), **given)


_INTRODUCTION: Final = """\
Generated by `python -m benchmarks.broken_trials docs/trial.md`: 160 simulated people, half of them
with a marker from the second week on; the inactivity threshold is the product's 30 minutes.
sample_events/README.md says what is planted. In bold is the verdict of `summary.json`; behind it,
in italics, what the badge of the report says, where side effects matter, too.
"""


def on_badge(badge: tuple[str, str]) -> str:
    """What a badge says, its word in italics."""
    word, beside = badge
    return f"*{word}*, {beside}" if beside else f"*{word}*"


def page() -> str:
    """The document."""
    parts = ["# The sample trial, whole and broken\n", _INTRODUCTION]
    for title, broken, options in BREAKS:
        options_given = (
            f"`{', '.join(f'{k}={v}' for k, v in options.items())}`. " if options else ""
        )
        parts.append(f"## {title}\n\n{broken.__doc__ or ''} {options_given}".rstrip() + "\n")
        with tempfile.TemporaryDirectory() as folder:
            try:
                found = evaluate(broken(assignments()), Path(folder), **options)
            except ResumeGapError as error:
                parts.append(f"Refused: {str(error).replace(folder, '')}\n")
                continue
        parts.append(_summary(found))
    return "\n".join(parts)


def _summary(found: Evaluated) -> str:
    trial, trust = found.evaluation, found.evaluation.trust
    effect = trial.primary
    why = reason(trial.verdict, trust.checks)
    lines = [f"**{trial.verdict.word}** ({on_badge(badge(found))}): {why}\n"]
    lines.append(
        f"- assigned {trust.assigned_control} and {trust.assigned_treatment}, interrupted"
        f" afterwards {trust.triggered_control} and {trust.triggered_treatment}"
    )
    if effect.estimate is None:
        lines.append(f"- first return: no effect (`{effect.reason}`)")
    else:
        lines.append(
            f"- first return: {effect.control:.1f} s in control, {effect.treatment:.1f} s in"
            f" treatment, difference {effect.estimate:+.1f} s [{effect.ci_lower:+.1f},"
            f" {effect.ci_upper:+.1f}], counted up to {effect.cap_seconds:.0f} s"
        )
    lines += [
        f"- counted up to {row.seconds:.0f} s: {row.estimate:+.1f} s [{row.ci_lower:+.1f},"
        f" {row.ci_upper:+.1f}], {row.word}"
        for row in trial.caps
        if row.estimate is not None and row.seconds != effect.cap_seconds
    ]
    lines += [
        f"- {c.name}, {c.status}: {sentence(c)}"
        for c in trust.checks
        if c.status in ("failed", "warned")
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.parse_args().page.write_text(page(), encoding="utf-8")
