"""Reports to trends: ordered by the time of their logs, each figure with its changes."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise

from resume_gap.results.common import NO_ESTIMATE, Estimate, Severity
from resume_gap.results.history import (
    CautionCode,
    History,
    HistoryCaution,
    LedgerEntry,
    Trend,
    TrendPoint,
    UnknownFigure,
)
from resume_gap.stats.apart import apart
from resume_gap.stats.interval import Interval
from resume_gap.trends.ledger import ledger
from resume_gap.trends.reports import FIGURES, ReadReport, moment

_NEVER = datetime.min.replace(tzinfo=UTC)
_NAMED = 3
"""Runs that a caution names."""


def line_up(
    reports: Iterable[ReadReport], *, tool_version: str, unreadable: Sequence[str] = ()
) -> History:
    """All reports as one history.

    Args:
        reports: In any order.
        tool_version: Of this tool.
        unreadable: Folders whose prediction file is broken or was changed.
    """
    ordered = sorted(reports, key=_when)
    trends = (_trend(name, ordered) for name in FIGURES)
    entries = ledger(ordered)
    return History(
        tool_version=tool_version,
        runs=tuple(one.run for one in ordered),
        trends=tuple(trend for trend in trends if trend.points or trend.unknown),
        ledger=entries,
        cautions=(*_cautions(ordered), *_of_predictions(entries, unreadable)),
    )


def _when(one: ReadReport) -> tuple[datetime, datetime, str]:
    """Runs without a time come first."""
    last, first = (
        _NEVER if at is None else moment(at) for at in (one.run.last_at, one.run.first_at)
    )
    return last, first, one.run.folder


def _trend(name: str, ordered: Sequence[ReadReport]) -> Trend:
    points: list[TrendPoint] = []
    for one in ordered:
        value = one.figures.get(name)
        if value is None:
            continue
        points.append(
            TrendPoint(
                run=one.run,
                value=value,
                change=_change(value, points[-1].value) if points else NO_ESTIMATE,
            )
        )
    several = len(points) > 1
    return Trend(
        name=name,
        unit=FIGURES[name].unit,
        points=tuple(points),
        unknown=_unknown(name, ordered),
        overall=_change(points[-1].value, points[0].value) if several else NO_ESTIMATE,
    )


def _unknown(name: str, ordered: Sequence[ReadReport]) -> tuple[UnknownFigure, ...]:
    """The runs that do not know a figure, by their reasons in the order of their first runs."""
    folders: dict[str | None, list[str]] = {}
    for one in ordered:
        if name in one.unknown:
            folders.setdefault(one.unknown[name], []).append(one.run.folder)
    return tuple(UnknownFigure(reason=reason, folders=tuple(f)) for reason, f in folders.items())


def _change(new: Estimate, old: Estimate) -> Estimate:
    return Estimate.of(apart(_interval(new), _interval(old)))


def _interval(one: Estimate) -> Interval:
    return Interval(one.estimate, one.ci_lower, one.ci_upper)


def _cautions(ordered: Sequence[ReadReport]) -> Iterable[HistoryCaution]:
    """What makes runs differ besides the product."""
    pairs = list(pairwise(ordered))
    shared = [b for a, b in pairs if a.logs & b.logs and not _apart(a, b)]
    same = [b for a, b in pairs if b in shared and a.run.command == b.run.command]
    yield from _caution("same_log", same)
    overlap = [b for a, b in pairs if b not in shared and not a.logs & b.logs and _overlap(a, b)]
    yield from _caution("logs_overlap", overlap)
    other_thresholds = [b for a, b in pairs if a.run.threshold_seconds != b.run.threshold_seconds]
    yield from _caution("threshold_differs", other_thresholds)
    changed = {
        name
        for a, b in pairs
        for name in a.settings.keys() & b.settings.keys()
        if a.settings[name] != b.settings[name]
    }
    others = [b for a, b in pairs if any(a.settings.get(n) != b.settings.get(n) for n in changed)]
    yield from _caution("settings_differ", others, sorted(changed))
    versions = [b for a, b in pairs if a.run.tool_version != b.run.tool_version]
    yield from _caution("version_differs", versions)


def _apart(one: ReadReport, other: ReadReport) -> bool:
    """Whether the second run uses only what comes after all that the first one does."""
    last, first = one.run.last_at, other.run.first_at
    return last is not None and first is not None and moment(last) < moment(first)


def _overlap(one: ReadReport, other: ReadReport) -> bool:
    """Whether the logs of two runs share days; both know theirs."""
    last, first = one.run.last_at, other.run.first_at
    return last is not None and first is not None and moment(first) < moment(last)


def _caution(
    check: CautionCode, about: Sequence[ReadReport], names: Sequence[str] = ()
) -> Iterable[HistoryCaution]:
    if about:
        yield _about(check, [one.run.folder for one in about], names=names)


def _about(
    check: CautionCode,
    folders: Sequence[str],
    *,
    severity: Severity = "warn",
    names: Sequence[str] = (),
) -> HistoryCaution:
    """A caution that names the first folders and counts the others."""
    return HistoryCaution(
        check=check,
        severity=severity,
        folders=tuple(folders[:_NAMED]),
        runs=len(folders),
        names=tuple(names),
    )


def _of_predictions(
    entries: Sequence[LedgerEntry], unreadable: Sequence[str]
) -> Iterable[HistoryCaution]:
    """Prediction files that cannot be trusted, and those that stand in none of the folders."""
    if unreadable:
        yield _about("prediction_unreadable", unreadable)
    elsewhere = [one.measured_in for one in entries if one.measured_in and not one.predicted_in]
    if elsewhere:
        yield _about("prediction_elsewhere", elsewhere, severity="note")
