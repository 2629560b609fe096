"""The fields that all results share: what was read, how, and what is odd about it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from resume_gap import __version__, constants
from resume_gap.analysis import inactivity, summaries
from resume_gap.analysis.sensitivity import sensitive
from resume_gap.commands.context import Job, Log, LogReturns
from resume_gap.quality import (
    agents,
    copies,
    day_ids,
    early_touches,
    echoes,
    element_days,
    first_work,
    gap_edges,
    identity,
    impressions,
    lookalikes,
    people,
    renamed,
    role_names,
    session_ids,
    session_shapes,
    sign_in,
    task_ends,
    timed_ends,
    timestamps,
    visit_sets,
)
from resume_gap.quality.comparison import Decide, SampleMeasurement
from resume_gap.quality.dropped import dropped_checks
from resume_gap.quality.heartbeats import machine_checks
from resume_gap.report.text.findings.table import worded
from resume_gap.results.common import US, Check, Input, UnhashedInput
from resume_gap.results.run import (
    GeneratedFrom,
    Methods,
    Roles,
    SensitivityRow,
    Threshold,
)
from resume_gap.sources import Source
from resume_gap.sources.role_advice import undecided_check


def roles_of(log: Log) -> Roles:
    """The roles taken."""
    return summaries.roles(log.intake, log.tally.kinds, log.tally.used, log.names)


def shared(
    job: Job,
    log: Log,
    seen: LogReturns,
    *,
    command: str,
    sensitivity: tuple[SensitivityRow, ...],
    checks: Sequence[Check],
    beside: tuple[Input, ...] = (),
    decide: Decide | None = None,
) -> dict[str, Any]:
    """The fields of `Run`, by name."""
    job.announce("checking the data")
    roles = roles_of(log)
    own = _checks(job, log, seen, roles, decide)
    found = [*job.source.checks, *log.intake.checks, *checks, *own]
    return {
        "tool_version": __version__,
        "command": command,
        "generated_from": GeneratedFrom(
            inputs=inputs_of(job.source, log.intake.spans),
            settings=job.settings.shown(command),
            beside=beside,
        ),
        "rows": log.ledger,
        "columns": dict(job.source.columns),
        "roles": roles,
        "resolution": log.resolution,
        "threshold": _threshold(seen.learned, sensitivity, log.names.may_show),
        "counts": summaries.counts(seen.frame, seen.returns.user_sums),
        "reorientation": seen.reorientation,
        "measurability": seen.measurability,
        "data_quality": tuple(sorted(map(worded, found), key=_by_severity)),
        "methods": Methods(
            constants={
                name: f"{value.value:g} {value.unit}".strip() + f" - {value.reason}"
                for name, value in constants.published()
            },
        ),
    }


def _checks(
    job: Job, log: Log, seen: LogReturns, roles: Roles, decide: Decide | None
) -> list[Check]:
    """What is odd about the stamps, the people, the roles and the machines of a log."""
    sums = seen.returns.user_sums
    suspects, restless = people.suspicious_users(sums, log.stats)
    names = summaries.pseudonyms(
        job.runner, job.settings, [*suspects["user_no"], *restless["user_no"]]
    )
    sampled = SampleMeasurement(
        sample=log.tally.sample,
        event_names=summaries.event_names(log.intake),
        shown=log.names,
        resolution_seconds=log.resolution.seconds,
        resampling=seen.resampling,
        is_sent_on_timer=seen.timer.streams > 0,
        decide=decide,
    )
    return [
        *log.end.checks,
        *timestamps.stamp_checks(
            log.tally, log.resolution, has_sequence=bool(job.source.columns.get("sequence"))
        ),
        *people.people_checks(
            suspects,
            restless,
            names,
            users=sums.height,
            events=int(sums["events"].sum()),
            unlisted=people.unlisted(job.runner, restless),
        ),
        *people.id_checks(job.runner),
        *day_ids.day_id_checks(sums),
        *identity.identity_checks(sums, resolution_seconds=log.resolution.seconds),
        *seen.identity,
        *seen.sending,
        *session_ids.session_checks(
            job.runner,
            log.intake.roles,
            rows=log.intake.read,
            threshold_us=seen.learned.threshold_us,
        ),
        *dropped_checks(
            log.ledger,
            seen.lost,
            job.source.look.advice,
            log.intake.placeholders,
        ),
        *copies.copy_checks(
            log.intake.spans, [one.path for one in job.source.inputs], log.tally.alike
        ),
        *timestamps.batch_checks(log.stats),
        *timestamps.interval_checks(log.stats),
        *lookalikes.name_checks(
            summaries.roles_by_name(log.intake),
            (
                *job.settings.productive,
                *job.settings.complete,
                *job.settings.away,
                *job.settings.ignore,
            ),
            log.names,
        ),
        *role_names.role_checks(roles, has_productive=log.has_productive),
        *_no_task_ends(job, log, roles),
        *_undecided(log),
        *gap_edges.idle_checks(job.runner, sampled, roles.away),
        *machine_checks(job.runner, sampled),
        *session_shapes.shape_checks(job.runner, sampled),
        *first_work.first_work_checks(job.runner, sampled),
        *impressions.impression_checks(job.runner, sampled),
        *sign_in.sign_in_checks(job.runner, sampled),
        *early_touches.early_touch_checks(job.runner, sampled),
        *echoes.echo_checks(job.runner, sampled, suggested=roles.source == "suggested"),
        *visit_sets.set_checks(job.runner, sampled),
        *timed_ends.timed_end_checks(job.runner, sampled),
        *task_ends.task_end_checks(job.runner, sampled, suggested=roles.source == "suggested"),
        *element_days.element_checks(job.runner, sampled),
        *renamed.renamed_checks(job.runner, sampled),
        *agents.agent_checks(
            job.runner,
            sampled,
            roles,
            log.ledger.dropped.get("agent_event", 0),
            job.source.likely_agents,
        ),
    ]


def marker_in_log(log: Log) -> list[Check]:
    """That a log from before the marker seems to hold it, by the names of its events."""
    return role_names.marker_checks(roles_of(log), _rows_by_event(log), log.names.may_show)


def _no_task_ends(job: Job, log: Log, roles: Roles) -> list[Check]:
    """That no event ends a task although some are called so; a value of a column may, too."""
    if job.settings.complete or not log.has_productive:
        return []
    return role_names.end_checks(roles, _rows_by_event(log), log.names.may_show)


def _undecided(log: Log) -> list[Check]:
    """Names that only a reader can decide whether they are work."""
    choice = log.intake.roles
    if not choice.undecided:
        return []
    return [undecided_check(choice, _rows_by_event(log), log.names.may_show)]


def _rows_by_event(log: Log) -> dict[str, int]:
    return dict(log.intake.kinds.group_by("event").agg(pl.col("n").sum()).iter_rows())


def _threshold(
    learned: inactivity.Learned,
    grid: tuple[SensitivityRow, ...],
    may_show: Callable[[str], bool],
) -> Threshold:
    headline = next(row for row in grid if row.seconds == learned.threshold_us / US)
    figures = {
        "reorientation": "reorientation_mean_seconds",
        "excess": "excess_lower_seconds",
        "hit": "hit",
    }
    return Threshold(
        seconds=learned.threshold_us / US,
        source=learned.source,
        ci_lower=learned.ci_lower,
        ci_upper=learned.ci_upper,
        reason=learned.reason,
        figures=learned.figures,
        event=learned.event if learned.event is not None and may_show(learned.event) else None,
        night_seconds=learned.night_seconds,
        sensitive=tuple(
            sensitive(
                {name: [getattr(row, figure) for row in grid] for name, figure in figures.items()},
                {name: getattr(headline, figure) for name, figure in figures.items()},
            )
        ),
        sensitivity=grid,
    )


def inputs_of(source: Source, frame: pl.DataFrame) -> tuple[Input, ...]:
    """The files of a source with what they span.

    Args:
        source: The source.
        frame: One row per file that has rows: input_no, n, first_us, last_us.
    """
    spans = {row["input_no"]: row for row in frame.iter_rows(named=True)}
    found = []
    for number, item in enumerate(source.inputs):
        span: Mapping[str, Any] = spans.get(number, {"n": 0, "first_us": None, "last_us": None})
        known: dict[str, Any] = {
            "path": item.path,
            "sha256": item.sha256,
            "rows": int(span["n"]),
            "first_at": summaries.instant(span["first_us"]),
            "last_at": summaries.instant(span["last_us"]),
            "simulated": item.simulated,
        }
        found.append(
            Input(**known) if item.reason is None else UnhashedInput(**known, reason=item.reason)
        )
    return tuple(found)


def _by_severity(check: Check) -> tuple[int, str, str]:
    return ("error", "warn", "note").index(check.severity), check.check, check.message
