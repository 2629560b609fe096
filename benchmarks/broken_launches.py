"""What `compare` says of the sample launches, whole and broken: writes docs/launch.md.

    python -m benchmarks.broken_launches docs/launch.md

The ways to break them are also those of tests/commands/test_compare_broken.py.
"""

import argparse
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import polars as pl

import resume_gap
from benchmarks.broken_trials import on_badge
from resume_gap.errors import ResumeGapError
from resume_gap.report.text.comparison import badge, because
from resume_gap.report.text.launch_remedies import whole as sentence
from resume_gap.results.compare import Compared, HorizonEffect

SAMPLES: Final = Path(__file__).parents[1] / "sample_events"
LAUNCH: Final = datetime(2025, 6, 23, tzinfo=UTC)
GIVEN: Final = {"marker": {"shown": ["marker_shown"]}, "gap": "30m"}
_PAUSE: Final = timedelta(minutes=30)
_SLOWER: Final = timedelta(seconds=6)
_WORK: Final = ("edit_cell", "update_field", "write_note", "rename_item")
_VISITS: Final = 3
"""Of a day that are moved; more would reach into the next."""
_LATER: Final = timedelta(seconds=30)
Break = Callable[[pl.DataFrame], pl.DataFrame]
_AFTER: Final = pl.col("timestamp") >= LAUNCH


def nothing(rows: pl.DataFrame) -> pl.DataFrame:
    """Nothing is broken."""
    return rows


def slower_pages(rows: pl.DataFrame) -> pl.DataFrame:
    """From the launch on, whatever follows the first event of a visit comes 6 s later."""
    rows = rows.sort("user_id", "timestamp", maintain_order=True)
    away = pl.col("timestamp").diff().over("user_id") > _PAUSE
    later = _AFTER & ~away.fill_null(value=True)
    at = pl.when(later).then(pl.col("timestamp") + _SLOWER).otherwise("timestamp")
    return rows.with_columns(timestamp=at)


def renamed_event(rows: pl.DataFrame) -> pl.DataFrame:
    """From the launch on, `edit_cell` is logged as `cell_edited`."""
    gone = _AFTER & (pl.col("event") == "edit_cell")
    return rows.with_columns(event=pl.when(gone).then(pl.lit("cell_edited")).otherwise("event"))


def sampled_event(rows: pl.DataFrame) -> pl.DataFrame:
    """From the launch on, three of four `scroll` are not logged."""
    scroll = _AFTER & (pl.col("event") == "scroll")
    return rows.filter(~scroll | (pl.int_range(pl.len()) % 4 == 0))


def other_people(rows: pl.DataFrame) -> pl.DataFrame:
    """From the launch on, half of the people have another id every day."""
    half = pl.col("user_id").str.contains("[02468]$")
    day = pl.col("timestamp").dt.strftime("-%m%d")
    other = pl.when(_AFTER & half).then(pl.col("user_id") + day)
    return rows.with_columns(user_id=other.otherwise("user_id"))


def longer_gaps(rows: pl.DataFrame) -> pl.DataFrame:
    """From the launch on, each visit of a day begins an hour later after the one before it."""
    rows = rows.sort("user_id", "timestamp", maintain_order=True)
    away = (pl.col("timestamp").diff().over("user_id") > _PAUSE).fill_null(value=True)
    day = pl.col("timestamp").dt.date()
    before = away.cum_sum().over("user_id", day) - 1
    later = pl.col("timestamp") + before.clip(0, _VISITS) * timedelta(hours=1)
    return rows.with_columns(timestamp=pl.when(_AFTER).then(later).otherwise("timestamp"))


def short_history(rows: pl.DataFrame) -> pl.DataFrame:
    """The log begins 20 days before the launch."""
    return rows.filter(pl.col("timestamp") >= LAUNCH - timedelta(days=20))


def two_months(rows: pl.DataFrame) -> pl.DataFrame:
    """The log begins 60 days before the launch."""
    return rows.filter(pl.col("timestamp") >= LAUNCH - timedelta(days=60))


def nine_days(rows: pl.DataFrame) -> pl.DataFrame:
    """The log ends nine days after the launch."""
    return rows.filter(pl.col("timestamp") < LAUNCH + timedelta(days=9))


ONE_DATE: Final[tuple[tuple[str, Break, dict[str, Any]], ...]] = (
    ("One date, as it is", nothing, {}),
    ("Something else on the same day", slower_pages, {}),
    ("An event is renamed", renamed_event, {"productive": ["*edit*", "update_field", "submit"]}),
    ("An event is sampled", sampled_event, {}),
    ("The marker's event is not named", nothing, {"marker": {}}),
    ("Other people", other_people, {}),
    ("Longer gaps", longer_gaps, {}),
    ("A date two weeks late", nothing, {"launch": "2025-07-07"}),
    ("Twenty days of history", short_history, {}),
    ("Two months of history", two_months, {}),
    ("Nine days after the launch", nine_days, {}),
    ("Every return counts, so there is no control", nothing, {"all_returns": True}),
    ("A date outside the log", nothing, {"launch": "2025-01-06"}),
)
"""Title, what is done to the log, options."""


def never_dropped(rows: pl.DataFrame) -> pl.DataFrame:
    """Units that never got the marker are not in the file."""
    return rows.drop_nulls("launched_at")


def nine_units(rows: pl.DataFrame) -> pl.DataFrame:
    """The file names nine units."""
    return rows.sort(pl.col("launched_at").is_null(), "unit").gather(
        [0, 2, 4, 6, 8, -1, -2, -3, -4]
    )


def same_day(rows: pl.DataFrame) -> pl.DataFrame:
    """Every unit has the same date."""
    return rows.with_columns(launched_at=pl.lit("2025-05-12T00:00:00Z"))


def other_units(rows: pl.DataFrame) -> pl.DataFrame:
    """The units are called by another system."""
    return rows.with_columns(unit="crm-" + pl.col("unit"))


def swapped_dates(rows: pl.DataFrame) -> pl.DataFrame:
    """The dates are in the wrong rows."""
    return rows.with_columns(launched_at=pl.col("launched_at").reverse())


def slow_before(rows: pl.DataFrame) -> pl.DataFrame:
    """In the two weeks before a team's launch, work that was left open goes on 30 s later."""
    units = pl.read_csv(SAMPLES / "rollout_rollout.csv", try_parse_dates=True)
    launched = rows.join(units, left_on="team", right_on="unit", how="left", maintain_order="left")
    launched = launched.sort("user_id", "timestamp", maintain_order=True)
    until = pl.col("launched_at") - pl.col("timestamp")
    last = until.is_between(timedelta(0), timedelta(weeks=2)).fill_null(value=False)
    away = (pl.col("timestamp").diff().over("user_id") > _PAUSE).fill_null(value=True)
    left_open = pl.col("event").shift().over("user_id").is_in(_WORK)
    visits = launched.with_columns(visit=away.cum_sum().over("user_id"), away=away, open=left_open)
    later = last & ~pl.col("away") & pl.col("open").first().over("user_id", "visit")
    at = pl.when(later).then(pl.col("timestamp") + _LATER).otherwise("timestamp")
    return visits.with_columns(timestamp=at).select(rows.columns)


_OF_LOG: Final = (slow_before,)
"""What is done to the log of the roll-out rather than to its file."""
ROLLOUT: Final[tuple[tuple[str, Break, dict[str, Any]], ...]] = (
    ("A roll-out, as it is", nothing, {}),
    ("All units launched", never_dropped, {}),
    ("Nine units", nine_units, {}),
    ("Dates in the wrong rows", swapped_dates, {}),
    ("Three weeks before the first launch", nothing, {"since": "2025-04-14"}),
    ("Everybody on the same day", same_day, {}),
    ("Units of another system", other_units, {}),
    ("Users as units", nothing, {"rollout_by": None}),
    ("Slow right before the launch", slow_before, {}),
)
"""Title, what is done to the roll-out, options."""


def one_date(broken: Break, folder: Path, **options: Any) -> Compared:  # noqa: ANN401
    """The sample of one date with a broken log."""
    path = folder / "launch.parquet"
    broken(pl.read_parquet(SAMPLES / "launch.parquet")).write_parquet(path)
    return resume_gap.compare(str(path), **(GIVEN | {"launch": "2025-06-23"} | options))


def rolled_out(broken: Break, folder: Path, **options: Any) -> Compared:  # noqa: ANN401
    """The sample of a roll-out with a broken file, or a broken log."""
    path, log = folder / "rollout.csv", folder / "rollout.parquet"
    of_log, of_file = (broken, nothing) if broken in _OF_LOG else (nothing, broken)
    of_log(pl.read_parquet(SAMPLES / "rollout.parquet")).write_parquet(log)
    of_file(pl.read_csv(SAMPLES / "rollout_rollout.csv")).write_csv(path)
    given = GIVEN | {"rollout": str(path), "rollout_by": "team"} | options
    return resume_gap.compare(str(log), **given)


_INTRODUCTION: Final = """\
Generated by `python -m benchmarks.broken_launches docs/launch.md` from the two samples without a
trial; the inactivity threshold is the product's 30 minutes. sample_events/README.md says what is
planted. All of it is before/after, not causal. In bold is the verdict of `summary.json`; behind it,
in italics, what the badge of the report says.
"""


def page() -> str:
    """The document."""
    parts = ["# The sample launches, whole and broken\n", _INTRODUCTION]
    for run, breaks in ((one_date, ONE_DATE), (rolled_out, ROLLOUT)):
        for title, broken, options in breaks:
            given = ", ".join(f"{name}={value}" for name, value in options.items())
            shown = f" `{given}`." if given else ""
            parts.append(f"## {title}\n\n{broken.__doc__ or ''}{shown}\n")
            with tempfile.TemporaryDirectory() as folder:
                try:
                    parts.append(_summary(run(broken, Path(folder), **options)))
                except ResumeGapError as error:
                    parts.append(f"Refused: {str(error).replace(f'{folder}/', '')}\n")
    return "\n".join(parts)


def _summary(found: Compared) -> str:
    launch = found.comparison
    lines = [f"**{launch.verdict.word}** ({on_badge(badge(found))}): {because(found)}\n"]
    lines += [
        _effect(one) for one in (launch.primary, *launch.horizons) if one.estimate is not None
    ]
    if launch.primary.estimate is None:
        lines.append(f"- no figure (`{launch.primary.reason}`)")
    if launch.second is not None and launch.second.estimate is not None:
        lines.append(f"- another method: {_interval(launch.second)}")
    lines += [
        f"- {one.name}, {one.status}: {sentence(one)}"
        for one in launch.trust.checks
        if one.status in ("failed", "warned")
    ]
    return "\n".join(lines) + "\n"


def _effect(one: HorizonEffect) -> str:
    over = "with the marker" if one.horizon_days is None else f"over {one.horizon_days} days"
    p = f", p = {one.p:.3f} among {one.placebos}" if one.p is not None else ", no p-value"
    return f"- {over}: {one.measured:.1f} s, expected {one.expected:.1f} s, {_interval(one)}{p}"


def _interval(one: Any) -> str:  # noqa: ANN401 - either kind of estimate
    ends = "" if one.ci_lower is None else f" [{one.ci_lower:+.1f}, {one.ci_upper:+.1f}]"
    return f"{one.estimate:+.1f} s{ends}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.parse_args().page.write_text(page(), encoding="utf-8")
