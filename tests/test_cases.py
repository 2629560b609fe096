"""Logs modeled on public bug reports: each is measured right, or refused with what to do."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import resume_gap
from resume_gap.errors import ResumeGapError

OWN = Path(__file__).parent / "cases"
"""Small ones, which every checkout has."""
SHARED = Path(os.environ.get("RESUME_GAP_CASES", Path(__file__).parents[2] / "shared" / "cases"))
"""All of them, where they stand beside the checkout."""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What is said of a log that can be read; None is not looked at.

    Attributes:
        case: Its folder.
        options: Given to `resume_gap.analyze`.
        returns: `counts.returns`.
        interruptions: `counts.interruptions`.
        mean: Re-orientation time, rounded to whole seconds.
        hit: Of the best target rule that is a single element, in percent.
        word: The recommendation.
        columns: Event column to the file's column.
        dropped: Rows by reason, of those named.
        checks: Findings that must be there.
        quiet: Findings that must not be there.
        says: Parts of the findings' messages and actions.
        full: Whether it is long and like another one, and so read with `--full` only.
    """

    case: str
    options: dict[str, Any] = field(default_factory=dict)
    full: bool = False
    returns: int | None = None
    interruptions: int | None = None
    mean: int | None = None
    hit: int | None = None
    word: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    checks: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    says: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Refused:
    """What the one line says of a log that cannot be read.

    Attributes:
        case: Its folder.
        options: Given to `resume_gap.analyze`.
        says: Parts of the line.
    """

    case: str
    options: dict[str, Any] = field(default_factory=dict)
    says: tuple[str, ...]


BASE = {"returns": 1_740, "interruptions": 1_740, "mean": 22, "hit": 67, "word": "test"}

SMALL = {"returns": 700, "interruptions": 700, "mean": 22, "word": "test"}

MEASURED = (
    Measured(case="base", full=True, **BASE),
    Measured(case="role-route-change", full=True, **BASE),
    Measured(case="role-page-close", full=True, **BASE),
    Measured(
        case="role-notification-sent",
        full=True,
        returns=1_740,
        interruptions=1_740,
        mean=22,
        word="test",
    ),
    Measured(
        case="only-saves-logged",
        full=True,
        returns=1_740,
        interruptions=1_740,
        word="cannot_be_measured",
    ),
    Measured(case="away-application-backgrounded", **SMALL),
    Measured(
        case="heartbeat-hidden-tab",
        full=True,
        returns=200,
        checks=("machine_events",),
        says=("page_ping fills gaps by itself", "700 returns", "--ignore page_ping"),
    ),
    Measured(
        case="heartbeat-hidden-tab",
        full=True,
        options={"ignore": "page_ping"},
        quiet=("machine_events",),
        **SMALL,
    ),
    Measured(case="jsonl-as-log", returns=132, mean=22),
    Measured(
        case="xes-csv",
        returns=132,
        mean=22,
        columns={"user_id": "org:resource", "event": "concept:name", "task": "case:concept:name"},
    ),
    Measured(
        case="snowplow-generic-event",
        returns=132,
        mean=22,
        columns={
            "user_id": "domain_userid",
            "timestamp": "derived_tstamp",
            "event": "event_name",
            "received_at": "collector_tstamp",
        },
        checks=("source_recognized",),
    ),
    Measured(
        case="edx-payload-event",
        options={"user": "username"},
        returns=132,
        mean=22,
        columns={"event": "event_type"},
    ),
    Measured(
        case="mixpanel-ndjson",
        full=True,
        options={"user": "properties.distinct_id", "time": "properties.time"},
        returns=132,
        mean=22,
    ),
)
READ = "forms that are read: 2026-03-02 08:08:03"
GERMAN = {"user": "Benutzer", "time": "Zeitpunkt", "event": "Ereignis", "target": "Element"}
MOODLE = {"user": "Nombre completo del usuario", "time": "Hora", "event": "Nombre evento"}
MEASURED += (
    Measured(
        case="retry-event-id-shifted", full=True, dropped={"repeated_event_id": 2_469}, **BASE
    ),
    Measured(
        case="offline-flush-one-stamp",
        full=True,
        returns=1_740,
        word="cannot_be_measured",
        dropped={"duplicate_row": 0},
        checks=("batch_uploads",),
    ),
    Measured(
        case="id-literal-anonymous",
        full=True,
        returns=1_740,
        word="cannot_be_measured",
        dropped={"placeholder_user": 3_600},
        says=(
            "users called Anonymous (4.4%) are nobody's",
            "407 of 1,740 returns (23%) come within 60 s after one",
            "re-orientation time and threshold cannot be trusted without them",
            "log an id that a person has before signing in",
        ),
    ),
)
MEASURED += (
    Measured(
        case="one-event-8h-early", full=True, checks=("clock_off",), says=("--clock corrected",)
    ),
    Measured(
        case="one-event-8h-early",
        options={"clock": "corrected"},
        checks=("clock_corrected",),
        quiet=("clock_off",),
        **BASE,
    ),
)
MEASURED += (
    Measured(
        case="duration-ms",
        full=True,
        says=("'duration' is read as milliseconds from the time as the start",),
        quiet=("long_intervals", "duration_left_out"),
        **BASE,
    ),
)
MEASURED += (
    Measured(
        case="segment-page-rows-lost",
        dropped={"no_event": 0},
        says=("'event' is empty in 6,354 rows; there the event is read from 'type'",),
        **BASE,
    ),
    Measured(
        case="segment-page-rows-lost",
        full=True,
        options={"event": "event"},
        dropped={"no_event": 6_354},
        checks=("rows_dropped",),
    ),
    Measured(
        case="ga4-user-id-empty",
        full=True,
        options={"user": "user_pseudo_id"},
        returns=1_740,
        mean=22,
    ),
)
TINY = {"returns": 132, "mean": 22}
MEASURED += (
    Measured(case="csv-comma-millis", **TINY),
    Measured(case="csv-compact-iso", **TINY),
    Measured(case="csv-us-dates", options={"time_format": "%m/%d/%Y %I:%M:%S %p"}, **TINY),
    Measured(case="csv-german", options=GERMAN | {"time_format": "%d.%m.%Y %H:%M:%S,%f"}),
    Measured(case="csv-moodle-es", options=MOODLE | {"time_format": "%d/%m/%y, %H:%M"}),
    Measured(
        case="csv-cest-suffix",
        options={"time_format": "%Y-%m-%d %H:%M:%S CEST", "tz": "Europe/Berlin"},
        **TINY,
    ),
)
MEASURED += (
    Measured(case="csv-excel-serial", says=("day numbers of a spreadsheet",), **TINY),
    Measured(case="csv-german", options=GERMAN, returns=132),
    Measured(case="csv-moodle-es", checks=("source_recognized", "time_format_found")),
    Measured(case="mixpanel-ndjson", checks=("source_recognized",), **TINY),
)
REFUSED = (
    Refused(
        case="csv-us-dates",
        says=("3 February 2026", "2 March 2026", "--time-format '%m/%d/%Y %I:%M:%S %p'"),
    ),
    Refused(
        case="ga4-user-id-empty",
        options={"source": "plain"},
        says=("'user_pseudo_id' has a value in 79,784 of them: --user user_pseudo_id",),
    ),
    Refused(
        case="csv-cest-suffix",
        says=("'2026-03-02 08:07:43 CEST'", "zone abbreviation (CEST)", "--tz"),
    ),
    Refused(case="csv-relative-seconds", says=("numbers from 463.366", "count from a start")),
    Refused(case="xlsx", says=("is an Excel workbook; save the sheet as CSV",)),
    Refused(
        case="mixpanel-ndjson",
        options={"source": "plain"},
        says=("--user properties.distinct_id --time properties.time",),
    ),
    Refused(
        case="activitywatch-buckets",
        options={"source": "plain"},
        says=("the events lie under buckets.*.events", ".buckets[] |", "--user hostname"),
    ),
)


def log_of(case: str) -> str:
    """The log of a case; the test is skipped where it is not there."""
    for folder in (OWN / case, SHARED / case):
        found = [path for path in folder.glob("*") if path.name != "README.md"]
        if found:
            return str(found[0])
    pytest.skip("the logs of bug reports do not stand beside the checkout")


@pytest.mark.real_logs
@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=f"{case.case} {' '.join(case.options)}".strip(),
            marks=pytest.mark.full if case.full else (),
        )
        for case in MEASURED
    ],
)
def test_log_is_measured_right(case: Measured) -> None:
    found = resume_gap.analyze(log_of(case.case), **case.options)
    checks = {check.check for check in found.data_quality}
    said = "\n".join(f"{check.message}: {check.action}" for check in found.data_quality)
    mean = found.reorientation.mean.estimate
    hits = [one.hit for one in found.marker.policies if one.name == "last_touched"]
    measured = {
        "returns": found.counts.returns,
        "interruptions": found.counts.interruptions,
        "mean": None if mean is None else round(mean),
        "hit": round(100 * hits[0]) if hits and hits[0] is not None else None,
        "word": found.marker.recommendation.word,
    }
    expected = {name: getattr(case, name) for name in measured}
    asked = {name: value for name, value in expected.items() if value is not None}
    assert {name: measured[name] for name in asked} == asked, said
    assert {name: found.columns[name] for name in case.columns} == case.columns
    assert {name: found.rows.dropped.get(name, 0) for name in case.dropped} == case.dropped
    assert set(case.checks) <= checks, said
    assert not set(case.quiet) & checks, said
    for part in case.says:
        assert part in said


@pytest.mark.parametrize("case", REFUSED, ids=lambda c: f"{c.case} {' '.join(c.options)}".strip())
def test_log_is_refused_with_what_to_do(case: Refused) -> None:
    with pytest.raises(ResumeGapError) as caught:
        resume_gap.analyze(log_of(case.case), **case.options)
    line = str(caught.value)
    assert "\n" not in line
    for part in case.says:
        assert part in line


@pytest.mark.real_logs
def test_a_trial_whose_ids_change_at_the_login_is_withheld() -> None:
    found = resume_gap.evaluate(
        log_of("trial-flips-after-login"),
        experiment="resume-marker",
        marker={"shown": ["marker_shown"]},
    ).evaluation
    assert found.verdict.word == "withheld"
    (failed,) = (check for check in found.trust.checks if check.status == "failed")
    assert failed.name == "both_arms"
    assert round(100 * float(failed.figures["share"]), 1) == 14.4  # type: ignore[arg-type]
